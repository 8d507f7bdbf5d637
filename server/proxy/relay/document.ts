import { editJson } from '../bytes/json-edit.ts';
import { scanJson } from '../bytes/json-scan.ts';
import { createStreamGuard } from '../bytes/stream-guard.ts';
import type { Break } from '../upstream/dispatch.ts';
import { answerHeaders } from '../upstream/headers.ts';
import { costEdits, costHeaders } from './cost-fields.ts';
import { type Answer, type Forwarded, type Forwarding, lost } from './forwarded.ts';

/** Largest answer in one piece; a larger one counts as broken, because it cannot be read. */
const ANSWER_LIMIT_BYTES = 64 * 1024 * 1024;

/** Relays an answer that comes in one piece: its cost stands in the headers, so it waits as a whole. */
export async function relayDocument(forwarding: Forwarding, answer: Answer): Promise<Forwarded> {
  const { exchange, operation, quote, scrubber } = forwarding;
  const collected = await collect(answer, ANSWER_LIMIT_BYTES);
  if (collected.kind === 'broken') return lost(forwarding, collected.reason);
  const text = collected.bytes.toString('utf8');
  const reported = operation.readAnswer(text, quote.provider);
  if (operation.charge === 'metered' && reported === undefined && !isJson(text)) {
    return lost(forwarding, 'malformed');
  }
  const headers = answerHeaders(answer.headers, forwarding.isOwnKey, scrubber.carries);
  return {
    kind: 'complete',
    reported,
    async deliver(cost) {
      const edits = costEdits(operation.costPath, cost);
      const body = scrubber.scrub(edits.length === 0 ? collected.bytes : editJson(scanJson(collected.bytes), edits));
      // A stream that comes as one list has its text in pieces too.
      const clean = quote.facts.streamed ? guarded(body, scrubber.spellings) : body;
      exchange.caller.answer(answer.status, { ...headers, ...costHeaders(cost) }, clean);
    },
  };
}

type Collected =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'broken'; readonly reason: Break | 'malformed' };

/** The whole body, if it comes whole and is no larger than the limit. */
export async function collect(answer: Answer, limitBytes: number): Promise<Collected> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = await answer.next();
    if (piece.kind === 'broken') return piece;
    if (piece.kind === 'end')
      return { kind: 'whole', bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) };
    length += piece.bytes.length;
    if (length > limitBytes) {
      answer.abandon();
      return { kind: 'broken', reason: 'malformed' };
    }
    chunks.push(piece.bytes);
  }
}

function guarded(body: Buffer, secrets: readonly string[]): Buffer {
  const guard = createStreamGuard(secrets);
  return Buffer.concat([...guard.pass([body]), ...guard.end()]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

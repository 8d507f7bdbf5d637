import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { isObject, type JsonObject } from './apis/wire-values.ts';
import { isEncoded } from './headers.ts';
import { type Structure, type StructureLimits, scanStructure } from './json-structure.ts';
import type { ScannedJson } from './json-text.ts';
import { type Refusal, refusal } from './refusals.ts';

export interface RequestBody {
  readonly kind: 'body';
  /**
   * As the caller sent it, with no key twice in any object at any depth. It is forwarded with nothing changed but what the
   * proxy puts in.
   */
  readonly text: ScannedJson;
  readonly json: JsonObject;
}

type BodyOutcome = RequestBody | { readonly kind: 'abandoned' } | Refusal;

/**
 * No call of any API comes near them. What reads a body by recursion stays far from the end of the stack, and one call does
 * not take the time and the memory of all others: the longest lists, tokens to be embedded, have 300,000 numbers, and the
 * longest conversations have some ten thousand members.
 */
const LIMITS: StructureLimits = { levels: 500, values: 1_000_000, members: 100_000 };
const EXCESS: Readonly<Record<keyof StructureLimits, string>> = {
  levels: `The body is nested deeper than ${LIMITS.levels} levels.`,
  values: `The body has more than ${LIMITS.values} values.`,
  members: `The objects of the body have more than ${LIMITS.members} members.`,
};
/** Other calls get their turn after so many characters: two milliseconds. */
const CHARACTERS_AT_ONCE = 128 * 1024;

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** Reads a JSON object within the limit: 413 comes before 415, and 415 before 400. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<BodyOutcome> {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > limitBytes) return tooLarge(request);
  if (!JSON_TYPE.test(headers['content-type'] ?? '') || isEncoded(headers)) {
    return refusal('unsupported_media_type');
  }
  const bytes = await collectBody(request, limitBytes);
  if (bytes === 'too large') return tooLarge(request);
  if (bytes === 'broken off') return { kind: 'abandoned' };
  return parse(bytes);
}

async function parse(bytes: Buffer): Promise<RequestBody | Refusal> {
  if (!isUtf8(bytes)) return refusal('malformed_json');
  const text = bytes.toString('latin1');
  const structure = await readStructure(text);
  if (structure.kind === 'excess') return refusal('invalid_request', { message: EXCESS[structure.of] });
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return refusal('malformed_json');
  }
  if (!isObject(json)) return refusal('malformed_json');
  const { duplicate, root } = structure;
  // Parsers disagree on which of two values counts: the one that was priced might not be the one that runs.
  if (duplicate !== undefined) return refusal('invalid_request', { message: `${duplicate}: must not be given twice.` });
  return { kind: 'body', text: { bytes, text, root }, json };
}

async function readStructure(text: string): Promise<Structure> {
  const scan = scanStructure(text, LIMITS);
  for (;;) {
    const structure = scan.advance(CHARACTERS_AT_ONCE);
    if (structure !== undefined) return structure;
    await setImmediate();
  }
}

/** The rest of the body is read and dropped, so that the caller gets to see the response. */
function tooLarge(request: IncomingMessage): Refusal {
  request.resume();
  return refusal('payload_too_large', { headers: { connection: 'close' } });
}

function collectBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve('too large');
      }
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => resolve('broken off'));
    request.once('close', () => resolve('broken off'));
  });
}

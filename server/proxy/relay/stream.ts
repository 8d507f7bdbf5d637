import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Micro } from '../../money/microcredits.ts';
import { join } from '../bytes/join.ts';
import { editJson } from '../bytes/json-edit.ts';
import { scanJson } from '../bytes/json-scan.ts';
import { createEventSplitter, type EventSplitter, EventTooLarge } from '../bytes/sse.ts';
import { createStreamGuard } from '../bytes/stream-guard.ts';
import { errorFrame } from '../exchange.ts';
import type { StreamEvent, StreamReader } from '../providers/operation.ts';
import type { Break } from '../upstream/dispatch.ts';
import { answerHeaders } from '../upstream/headers.ts';
import { costEdits } from './cost-fields.ts';
import { type Answer, type Forwarded, type Forwarding, lossRefusal } from './forwarded.ts';

/** Largest event; more without a blank line is no stream of events. */
const EVENT_LIMIT_BYTES = 16 * 1024 * 1024;

/** An event that waits for settlement, and where in its data the cost goes. */
interface HeldEvent {
  readonly event: StreamEvent;
  readonly costPath: readonly string[] | undefined;
}

/** How a stream came to its end, or to the point behind which only its end is left. */
type StreamStop =
  | { readonly kind: 'terminal' | 'end' }
  | { readonly kind: 'broken'; readonly reason: Break | 'malformed' };

/** Relays a stream event by event, as fast as its caller reads, up to the end that waits for settlement. */
export async function relayStream(forwarding: Forwarding, answer: Answer): Promise<Forwarded> {
  const { exchange, operation, quote, isOwnKey, scrubber } = forwarding;
  const { caller } = exchange;
  caller.start(answer.status, answerHeaders(answer.headers, isOwnKey, scrubber.carries));
  const reader = operation.readStream(quote.facts, quote.provider);
  const splitter = createEventSplitter(EVENT_LIMIT_BYTES);
  const held: HeldEvent[] = [];
  const rest: Buffer[] = [];
  const guard = createStreamGuard(scrubber.spellings);
  const { adapt } = exchange.envelope;
  const send = (events: readonly Buffer[]) =>
    caller.write(scrubber.scrub(join(guard.pass(adapt === undefined ? events : events.map(adapt)))));
  /** Whole events that tell nothing of usage, end or failure and spell no secret, as nearly all do: they are taken uncut. */
  function isPlain(bytes: Buffer): boolean {
    if (adapt !== undefined || held.length > 0) return false;
    const text = bytes.toString('latin1');
    return !reader.concerns(text) && guard.isClear(text) && !scrubber.carries(text) && splitter.skim(text);
  }
  const stop = await passEvents({ answer, reader, splitter, held, rest, isPlain, write: caller.write, send });

  async function flush(cost: Micro | undefined): Promise<void> {
    await send([...held.map(({ event, costPath }) => withCost(event, costPath, cost)), ...rest]);
    await caller.write(scrubber.scrub(join(guard.end())));
  }

  const isWhole = stop.kind === 'terminal' || (stop.kind === 'end' && reader.isWhole());
  async function deliver(cost?: Micro): Promise<void> {
    await flush(cost);
    if (stop.kind === 'terminal') await passRest(forwarding, answer);
    const told = reader.failure()?.raw.toString('utf8');
    // A clean end in the middle would be taken for the end of the answer.
    const own = isWhole || told !== undefined ? undefined : errorFrame(exchange, lossRefusal(lossOf(stop)));
    if (own !== undefined) await caller.write(own);
    await echoFailure(forwarding, told ?? own);
    caller.end();
  }
  if (isWhole || reader.isFinal()) return { kind: 'complete', reported: reader.reported(), deliver };
  const reason = stop.kind === 'broken' ? stop.reason : 'ended_without_usage';
  return { kind: 'unknown', reason, deliver: () => deliver() };
}

function lossOf(stop: StreamStop): Break | 'malformed' {
  return stop.kind === 'broken' ? stop.reason : 'malformed';
}

/** Long enough for a caller to have read what was sent before. */
const APART_MS = 25;

/** Says a failure once more for SDKs that overlook it among events, in a piece of its own as far as sockets leave it one. */
async function echoFailure({ exchange, scrubber }: Forwarding, failure: string | undefined): Promise<void> {
  const { caller, envelope } = exchange;
  if (failure === undefined || envelope.echo === undefined || caller.isGone()) return;
  await sleep(APART_MS);
  await setImmediate();
  await caller.write(scrubber.scrub(Buffer.from(envelope.echo(failure))));
}

interface Passing {
  readonly answer: Answer;
  readonly reader: StreamReader;
  readonly splitter: EventSplitter;
  /** Filled with what waits for settlement. */
  readonly held: HeldEvent[];
  /** Filled with what came behind the end of the answer. */
  readonly rest: Buffer[];
  isPlain(bytes: Buffer): boolean;
  write(bytes: Buffer): Promise<void> | undefined;
  send(events: readonly Buffer[]): Promise<void> | undefined;
}

async function passEvents(passing: Passing): Promise<StreamStop> {
  const { answer, splitter } = passing;
  for (;;) {
    const piece = await answer.next();
    if (piece.kind === 'broken') return piece;
    if (piece.kind === 'end') {
      const last = splitter.end();
      const isTerminal = last !== undefined && (await passOn(passing, [last]));
      return { kind: isTerminal ? 'terminal' : 'end' };
    }
    if (passing.isPlain(piece.bytes)) {
      await passing.write(piece.bytes);
      continue;
    }
    try {
      if (await passOn(passing, splitter.push(piece.bytes))) {
        const unread = splitter.end();
        if (unread !== undefined) passing.rest.push(unread.raw);
        return { kind: 'terminal' };
      }
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      answer.abandon();
      return { kind: 'broken', reason: 'malformed' };
    }
  }
}

/** Sends events on, or holds them; true when the one that ends the answer is among them. */
async function passOn(passing: Passing, events: readonly StreamEvent[]): Promise<boolean> {
  const { reader, held, rest, send } = passing;
  const out: Buffer[] = [];
  const release = () => out.push(...held.splice(0).map(({ event }) => event.raw));
  let isTerminal = false;
  for (const event of events) {
    if (isTerminal) {
      rest.push(event.raw);
      continue;
    }
    const fate = reader.read(event);
    if (fate.kind === 'hide') continue;
    if (fate.kind === 'end') isTerminal = true;
    // Comments do not tell whether what is held was the last: they wait with it.
    if (held.length > 0 && (fate.kind === 'hold' || (fate.kind === 'pass' && event.data !== ''))) release();
    if (fate.kind !== 'pass' || held.length > 0)
      held.push({ event, costPath: 'costPath' in fate ? fate.costPath : undefined });
    else out.push(event.raw);
  }
  await send(out);
  return isTerminal;
}

/** What a provider sends behind the end of its answer: nothing, or blank lines. */
async function passRest({ exchange, scrubber }: Forwarding, answer: Answer): Promise<void> {
  for (;;) {
    const piece = await answer.next();
    if (piece.kind !== 'bytes') return;
    await exchange.caller.write(scrubber.scrub(piece.bytes));
  }
}

/** The event with the cost put into its data, where the data stands on one line as JSON. */
function withCost(event: StreamEvent, costPath: readonly string[] | undefined, cost: Micro | undefined): Buffer {
  const edits = costEdits(costPath, cost);
  if (edits.length === 0) return event.raw;
  const data = Buffer.from(event.data);
  const start = event.raw.indexOf(data);
  if (start === -1) return event.raw;
  const end = start + data.length;
  return Buffer.concat([event.raw.subarray(0, start), editJson(scanJson(data), edits), event.raw.subarray(end)]);
}

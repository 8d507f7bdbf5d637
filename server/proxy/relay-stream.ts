import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Micro } from '../money/microcredits.ts';
import { mayBeOutput } from './apis/failures.ts';
import { PASS, type StreamEvent, type StreamReader } from './apis/operation.ts';
import { type Forwarded, type Forwarding, lossRefusal } from './forwarding.ts';
import { responseHeaders } from './headers.ts';
import { editJson, scanJson } from './json-text.ts';
import { errorFrame } from './request-context.ts';
import { costEdits } from './settle.ts';
import { createEventSplitter, type EventSplitter, EventTooLarge, joinBuffers } from './sse.ts';
import { type Break, collect, type UpstreamResponse } from './upstream.ts';

/** The largest event. More without a blank line is not a stream of events. */
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

interface Relay {
  readonly forwarding: Forwarding;
  readonly response: UpstreamResponse;
  readonly reader: StreamReader;
  readonly splitter: EventSplitter;
  /** Whether something may have been generated: an event came that is not known to say nothing of it. */
  isBegun: boolean;
  /** Filled with what waits for settlement. */
  readonly held: HeldEvent[];
  /** Filled with what came behind the end of the response. */
  readonly rest: Buffer[];
}

/** Relays a stream as fast as its caller reads, up to the end that waits for settlement. */
export async function relayStream(forwarding: Forwarding, response: UpstreamResponse): Promise<Forwarded> {
  const { context, operation, quote, isOwnKey, scrubber } = forwarding;
  context.caller.start(response.status, responseHeaders(response.headers, isOwnKey, scrubber.carries));
  const reader = operation.readStream(quote.facts, quote.provider);
  const splitter = createEventSplitter(EVENT_LIMIT_BYTES);
  const relay: Relay = { forwarding, response, reader, splitter, isBegun: false, held: [], rest: [] };
  const stop = await passPieces(relay);
  const isWhole = stop.kind === 'terminal' || (stop.kind === 'end' && reader.isWhole());
  const deliver = (cost?: Micro) => deliverEnd(relay, stop, isWhole, cost);
  if (!relay.isBegun && reader.failure() !== undefined && reader.reported() === undefined) {
    return { kind: 'unspent', reason: 'failed_before_output', deliver: () => deliver() };
  }
  if (isWhole || reader.isFinal()) return { kind: 'complete', reported: reader.reported(), deliver };
  const reason = stop.kind === 'broken' ? stop.reason : 'ended_without_usage';
  return { kind: 'unknown', reason, told: reader.told?.() ?? reader.reported()?.consumption, deliver: () => deliver() };
}

async function passPieces(relay: Relay): Promise<StreamStop> {
  const { response, splitter } = relay;
  const { caller } = relay.forwarding.context;
  for (;;) {
    let piece = response.poll();
    if (piece === undefined) {
      caller.flush();
      piece = await response.next();
    }
    if (piece.kind === 'broken') return piece;
    try {
      const events = piece.kind === 'end' ? unfinished(splitter) : await passUncut(relay, piece.bytes);
      if (events.length > 0 && (await passEvents(relay, events))) {
        relay.rest.push(...unfinished(splitter).map(({ raw }) => raw));
        return { kind: 'terminal' };
      }
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      response.abandon();
      return { kind: 'broken', reason: 'malformed' };
    }
    if (piece.kind === 'end') return { kind: 'end' };
  }
}

function unfinished(splitter: EventSplitter): readonly StreamEvent[] {
  const last = splitter.end();
  return last === undefined ? [] : [last];
}

/**
 * Sends on uncut what has nothing of usage, end or failure and no key in it, which is nearly all of a stream: one look at
 * the bytes, and one write. Returns the events behind it.
 */
async function passUncut(relay: Relay, bytes: Buffer): Promise<readonly StreamEvent[]> {
  const { reader, splitter, held } = relay;
  const { context, scrubber } = relay.forwarding;
  if (context.envelope.adapt !== undefined || held.length > 0 || !relay.isBegun) return splitter.push(bytes);
  const text = bytes.toString('latin1');
  const plainBytes = scrubber.carries(text) ? 0 : splitter.skim(text, reader.find(text));
  if (plainBytes === bytes.length) {
    await context.caller.write(bytes);
    return [];
  }
  if (plainBytes > 0) await context.caller.write(bytes.subarray(0, plainBytes));
  return splitter.push(bytes.subarray(plainBytes));
}

/** Sends events on, or holds them; true when the one that ends the response is among them. */
async function passEvents(relay: Relay, events: readonly StreamEvent[]): Promise<boolean> {
  const { reader, held, rest } = relay;
  const out: Buffer[] = [];
  let isTerminal = false;
  for (const event of events) {
    if (isTerminal) {
      rest.push(event.raw);
      continue;
    }
    relay.isBegun ||= mayBeOutput(event.data);
    const fate = reader.find(event.raw.toString('latin1')) === -1 ? PASS : reader.read(event);
    if (fate.kind === 'hide') continue;
    if (fate.kind === 'end') isTerminal = true;
    // Comments do not tell whether what is held was the last: they wait with it.
    if (held.length > 0 && (fate.kind === 'hold' || (fate.kind === 'pass' && event.data !== ''))) {
      out.push(...held.splice(0).map((waiting) => waiting.event.raw));
    }
    if (fate.kind === 'pass' && held.length === 0) out.push(event.raw);
    else held.push({ event, costPath: 'costPath' in fate ? fate.costPath : undefined });
  }
  await send(relay, out);
  return isTerminal;
}

/** Each event is whole, so that a key in it is found wherever the network had cut it. */
function send({ forwarding }: Relay, events: readonly Buffer[]): Promise<void> | undefined {
  const { context, scrubber } = forwarding;
  const { adapt } = context.envelope;
  return context.caller.write(scrubber.scrub(joinBuffers(adapt === undefined ? events : events.map(adapt))));
}

async function deliverEnd(relay: Relay, stop: StreamStop, isWhole: boolean, cost: Micro | undefined): Promise<void> {
  const { reader, response, held, rest, forwarding } = relay;
  const { caller } = forwarding.context;
  await send(
    relay,
    held.map(({ event, costPath }) => withCost(event, costPath, cost)),
  );
  if (stop.kind === 'terminal') {
    // What a provider sends behind the end of its response: nothing, or blank lines.
    const behind = await collect(response, EVENT_LIMIT_BYTES);
    if (behind.kind === 'whole') rest.push(behind.bytes);
    if (rest.length > 0) await send(relay, rest);
  }
  const told = reader.failure()?.raw.toString('utf8');
  if (!isWhole && told === undefined) {
    // A clean end in the middle would be taken for the end of the response.
    const own = errorFrame(forwarding.context, lossRefusal(stop.kind === 'broken' ? stop.reason : 'malformed'));
    await caller.write(own);
    await echoFailure(forwarding, own);
  } else if (told !== undefined) await echoFailure(forwarding, told);
  caller.end();
}

/** Long enough for a caller to have read what was sent before. */
const APART_MS = 25;

/** Says a failure once more for SDKs that overlook it among events, in a piece of its own as far as sockets leave it one. */
async function echoFailure({ context, scrubber }: Forwarding, failure: string): Promise<void> {
  const { caller, envelope } = context;
  if (envelope.echo === undefined || caller.isGone()) return;
  await sleep(APART_MS);
  await setImmediate();
  await caller.write(scrubber.scrub(Buffer.from(envelope.echo(failure))));
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

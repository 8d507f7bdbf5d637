import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type Answer, textOf } from '../answers/answer.ts';
import { EVENT_STREAM } from '../answers/event-stream.ts';
import { type Pace, type PacedStream, pacedStream } from '../answers/pace.ts';

/** Writes the answer out, a stream at its pace. Resolves when it is written, or when the caller has left. */
export async function writeAnswer(response: ServerResponse, answer: Answer, pace: Pace): Promise<void> {
  const { status, headers } = answer;
  for (const [name, value] of Object.entries(headers)) if (!response.hasHeader(name)) response.setHeader(name, value);
  response.statusCode = status;
  const text = textOf(answer);
  if (text === undefined || headers['content-type'] !== EVENT_STREAM) {
    response.end(text);
    return;
  }
  await writeStream(response, pacedStream(text, pace));
}

async function writeStream(response: ServerResponse, { events, isCut }: PacedStream): Promise<void> {
  response.flushHeaders();
  for (const { afterMs, text } of events) {
    await pause(afterMs, response);
    if (response.destroyed) return;
    if (!response.write(text)) await orClosed(response, (signal) => once(response, 'drain', { signal }));
  }
  if (!isCut) response.end();
  // What is written still goes out; the end of the chunked body never comes.
  else response.socket?.destroySoon();
}

/** Waits, but not for a caller that has left. */
export async function pause(delayMs: number, response: ServerResponse): Promise<void> {
  if (delayMs > 0) await orClosed(response, (signal) => setTimeout(delayMs, undefined, { signal }));
}

/** Waits for something that a signal can call off, or for the connection to close, whichever comes first. */
async function orClosed(response: ServerResponse, start: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  if (response.destroyed) return;
  const closed = new AbortController();
  const close = () => closed.abort();
  response.once('close', close);
  try {
    await start(closed.signal);
  } catch (error) {
    if (!closed.signal.aborted) throw error;
  } finally {
    response.off('close', close);
  }
}

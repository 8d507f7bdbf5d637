import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Parcel } from './parcel.ts';

/**
 * Sends a parcel, respecting back-pressure. `onLastByte` is called just before the end is given away, so that what it
 * notes is there before the caller can see the end. When `signal` aborts, sending stops at once, timers are cleared and
 * the promise rejects with an `AbortError`.
 */
export async function deliver(
  parcel: Parcel,
  response: ServerResponse,
  signal: AbortSignal,
  onLastByte: () => void,
): Promise<void> {
  await pause(parcel.delayBeforeHeadersMs, signal);
  if (parcel.head !== undefined) response.writeHead(parcel.head.status, parcel.head.headers);
  for (const step of parcel.steps) {
    await pause(step.pauseMs, signal);
    for (const bytes of step.writes) {
      if (!response.write(bytes)) await once(response, 'drain', { signal });
    }
  }
  onLastByte();
  if (parcel.ending === 'end') response.end();
  else breakOff(response, parcel);
}

/** Ends the connection without ending the message, after what was written has left. */
function breakOff(response: ServerResponse, parcel: Parcel): void {
  if (parcel.head !== undefined) response.flushHeaders();
  response.socket?.destroySoon();
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}

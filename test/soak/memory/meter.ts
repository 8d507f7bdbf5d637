/**
 * Loaded into a platform's process before it starts: it tells its resident memory all the time, and on SIGUSR2 what is
 * left after collecting garbage. With `SOAK_HOARD` it keeps every byte that it ever answers, as a leak would.
 */
import { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 50;

function tell(what: 'rss' | 'settled'): void {
  process.stdout.write(`${what} ${process.memoryUsage.rss()}\n`);
}

setInterval(() => tell('rss'), EVERY_MS).unref();

process.on('SIGUSR2', async () => {
  // The last resort gives pages back that V8 keeps for later; what one collection frees, the next one gives back.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await sleep(EVERY_MS);
  }
  tell('settled');
});

if (process.env.SOAK_HOARD !== undefined) {
  const hoard: Buffer[] = [];
  const { write } = ServerResponse.prototype;
  ServerResponse.prototype.write = function (this: ServerResponse, ...given: Parameters<typeof write>) {
    hoard.push(Buffer.from(given[0]));
    return write.apply(this, given);
  } as typeof write;
}

import { createServer } from 'node:net';

/** Below the ports that systems give out by themselves: no other program gets it before the test listens on it. */
const FIRST = 10_240;
const LAST = 32_767;

/** A port of this machine that is free at the moment, and that the system does not give out by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

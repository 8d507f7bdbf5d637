import { createServer } from 'node:net';

/** Below what systems give to whoever asks for any port: nobody gets it between now and when it is listened on. */
const FIRST = 10_240;
const LAST = 32_767;

/** A port of this machine on which nobody listens at the moment, and which is given to nobody else by chance. */
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

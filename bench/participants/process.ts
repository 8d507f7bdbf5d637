import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ON_LAST_CORE } from '../cores.ts';
import type { Figures, Ready } from './participant.ts';

/** A participant in a process of its own. */
export interface Participant {
  readonly name: string;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attackerHeaders: Readonly<Record<string, string>>;
  figures(): Promise<Figures>;
  close(): Promise<void>;
}

const PATIENCE_MS = 240_000;

/**
 * Starts `FILE.ts` of this folder, on a core of its own but for the stub, which belongs to the load. What it logs goes
 * nowhere, what goes wrong is shown.
 */
export async function startParticipant(
  name: string,
  file: 'stub' | 'pipe' | 'undici' | 'unmetered' | 'mounted' | 'serve' | 'portkey' | 'express' | 'control-plane',
  args: readonly string[] = [],
): Promise<Participant> {
  const script = fileURLToPath(new URL(`${file}.ts`, import.meta.url));
  const place = file === 'stub' ? {} : ON_LAST_CORE;
  const child = fork(script, [...args], { ...place, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port, headers, attackerHeaders } = await nextMessage<Ready>(child, name);
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    headers,
    attackerHeaders,
    async figures() {
      if (!child.connected) throw new Error(`${name} has ended`);
      const answer = nextMessage<Figures>(child, name);
      // A message that does not arrive shows as an answer that does not come.
      child.send('figures', () => {});
      return answer;
    },
    async close() {
      if (!child.connected) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** A process speaks when it is ready and when it is asked, once each. Rejects when it ends instead, or is silent. */
function nextMessage<T extends Ready | Figures>(child: ChildProcess, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} does not answer`));
    }, PATIENCE_MS);
    const ended = () => {
      clearTimeout(late);
      reject(new Error(`${name} has ended`));
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      clearTimeout(late);
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

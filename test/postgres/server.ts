import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PostgresServer {
  /** Of a database in which everybody makes a schema of his own. */
  readonly url: string;
  stop(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));

/**
 * The server that `RIGKIT_TEST_DATABASE_URL` names, or one of our own, which ends with this process whatever happens to it.
 * `durable`: its commits reach the disk. Throws where there is none: nothing is skipped for want of a server.
 */
export async function startPostgres(options: { readonly durable?: boolean } = {}): Promise<PostgresServer> {
  const given = process.env.RIGKIT_TEST_DATABASE_URL;
  if (given) return { url: given, async stop() {} };
  const keeper = spawn(process.execPath, [KEEPER, ...(options.durable ? ['durable'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  const lines = createInterface({ input: keeper.stdout });
  const [url] = await Promise.race([
    once(lines, 'line'),
    ended.then(([code]) => {
      throw new Error(`no PostgreSQL to test with: its keeper ended with ${code}`);
    }),
  ]);
  return {
    url,
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}

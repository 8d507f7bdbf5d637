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
  return startOwnPostgres(options);
}

export interface OwnPostgres extends PostgresServer {
  /** Stops the server, which cuts its connections, and starts it again on the same data. */
  restart(): Promise<void>;
}

/** A server that nobody else uses, whatever is named. */
export async function startOwnPostgres(options: { readonly durable?: boolean } = {}): Promise<OwnPostgres> {
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
    async restart() {
      keeper.stdin.write('restart\n');
      await once(lines, 'line');
    },
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}

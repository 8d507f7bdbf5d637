import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PostgresServer {
  /** Of a database in which each user makes a schema of its own. */
  readonly url: string;
  stop(): Promise<void>;
}

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

/** A server for this caller alone, whatever `RIGKIT_TEST_DATABASE_URL` names. */
export async function startOwnPostgres(options: { readonly durable?: boolean } = {}): Promise<OwnPostgres> {
  const keeper = await startKeeper(options.durable ? ['durable'] : []);
  return {
    url: keeper.urls()[0],
    restart: () => keeper.order('restart'),
    stop: keeper.stop,
  };
}

/** A primary, and a standby that has on disk what the primary has acknowledged, for this caller alone. */
export interface PostgresPair {
  readonly primaryUrl: string;
  readonly standbyUrl: string;
  /** Kills the primary at once and promotes the standby: the primary has another URL then, and no standby. */
  failOver(): Promise<void>;
  /** Has the primary commit alone from now on, and the standby hear nothing more. */
  part(): Promise<void>;
  /** Kills the standby: until there is another, the primary acknowledges nothing. */
  forsake(): Promise<void>;
  /** Gives the primary a new standby. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgresPair(): Promise<PostgresPair> {
  const { urls, order, stop } = await startKeeper(['standby']);
  return {
    get primaryUrl() {
      return urls()[0];
    },
    get standbyUrl() {
      return urls()[1];
    },
    failOver: () => order('fail-over'),
    part: () => order('part'),
    forsake: () => order('forsake'),
    follow: () => order('follow'),
    stop,
  };
}

async function startKeeper(args: readonly string[]) {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('./keeper.ts', import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  const lines = createInterface({ input: keeper.stdout });
  let urls: readonly string[] = [];
  async function readUrls(): Promise<void> {
    const [line] = await Promise.race([
      once(lines, 'line'),
      ended.then(([code]) => {
        throw new Error(`no PostgreSQL to test with: its keeper ended with ${code}`);
      }),
    ]);
    urls = line.split(' ');
  }
  await readUrls();
  return {
    /** The primary's and the standby's; where there is none, it is empty. */
    urls: (): readonly [string, string] => [urls[0] ?? '', urls[1] ?? ''],
    /** Resolves when the order is carried out. */
    order(word: string): Promise<void> {
      keeper.stdin.write(`${word}\n`);
      return readUrls();
    },
    async stop(): Promise<void> {
      keeper.stdin.end();
      await ended;
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PostgresServer {
  /** Of a database in which everybody makes a schema of his own. */
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

/** A server that nobody else uses, whatever is named. */
export async function startOwnPostgres(options: { readonly durable?: boolean } = {}): Promise<OwnPostgres> {
  const keeper = await startKeeper('./keeper.ts', options.durable ? ['durable'] : []);
  return {
    url: keeper.said,
    restart: async () => void (await keeper.order('restart')),
    stop: keeper.stop,
  };
}

/** A primary, and a standby that has on disk what the primary has acknowledged: nobody else uses them. */
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
  const keeper = await startKeeper('./pair-keeper.ts');
  let urls = keeper.said.split(' ');
  const order = async (word: string) => {
    urls = (await keeper.order(word)).split(' ');
  };
  return {
    get primaryUrl() {
      return urls[0] ?? '';
    },
    get standbyUrl() {
      return urls[1] ?? '';
    },
    failOver: () => order('fail-over'),
    part: () => order('part'),
    forsake: () => order('forsake'),
    follow: () => order('follow'),
    stop: keeper.stop,
  };
}

interface Keeper {
  /** The line that it began with. */
  readonly said: string;
  /** Resolves with its answer. */
  order(word: string): Promise<string>;
  stop(): Promise<void>;
}

async function startKeeper(file: string, args: readonly string[] = []): Promise<Keeper> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  const lines = createInterface({ input: keeper.stdout });
  async function nextLine(): Promise<string> {
    const [line] = await Promise.race([
      once(lines, 'line'),
      ended.then(([code]) => {
        throw new Error(`no PostgreSQL to test with: its keeper ended with ${code}`);
      }),
    ]);
    return line;
  }
  return {
    said: await nextLine(),
    order(word) {
      keeper.stdin.write(`${word}\n`);
      return nextLine();
    },
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}

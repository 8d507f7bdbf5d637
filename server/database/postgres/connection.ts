import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg';
import { migrate, requireCurrentSchema } from './migrate.ts';
import { POOL_SIZE, type PostgresDatabaseOptions, STATEMENT_TIMEOUT_MS } from './options.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that does not answer at all is given up after this much more than it gives its statements. */
const SILENCE_MS = 5_000;

/**
 * Opens the pool, with the schema brought up to date first. Integers are read as bigint throughout: an amount never passes
 * through a float. Throws where a commit would not be durable.
 */
export async function connect(options: PostgresDatabaseOptions): Promise<Pool> {
  const { url, readonly = false, poolSize = POOL_SIZE, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  await withClient(toClientConfig(url), async (client) => {
    await requireFitness(client, !readonly);
    if (readonly) await requireCurrentSchema(client);
    else await migrate(client);
  });
  const pool = new Pool({
    ...toClientConfig(url),
    max: poolSize,
    // What is sent before an answer came shares its round trip.
    pipeline: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + SILENCE_MS,
    async onConnect(client) {
      await requireFitness(client, !readonly);
      if (readonly) await client.query('SET default_transaction_read_only = on');
    },
  });
  // A connection that breaks fails the statements that wait on it, and not the whole process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}

function toClientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'rigkit',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
}

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === types.builtins.INT8 ? BigInt : types.getTypeParser(oid, format as 'text');

async function withClient(config: ClientConfig, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(config);
  client.on('error', () => {});
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

/**
 * Refuses a server that would lose what it commits (a hold is safe before its call is forwarded), and for
 * who writes a standby too, whose rows may be old. An address that fails over may lead to another server with each connection.
 */
async function requireFitness(client: ClientBase, isWriter: boolean): Promise<void> {
  const { commit, standbys, readonly } = await readSettings(client);
  if (commit === 'off') {
    throw new Error('synchronous_commit is off in this database: a crash of it would lose money; set it to on');
  }
  if (commit === 'local' && standbys) {
    throw new Error('synchronous_commit is local in this database: its standby would lose money; set it to on');
  }
  if (isWriter && readonly === 'on') throw new Error('the database takes no writes: it is a standby, or read-only');
}

interface ServerSettings {
  readonly commit: string;
  /** Null where there is no such setting. */
  readonly standbys: string | null;
  readonly readonly: string;
}

async function readSettings(client: ClientBase): Promise<ServerSettings> {
  const { rows } = await client.query<ServerSettings>(`
    SELECT current_setting('synchronous_commit') AS commit, current_setting('transaction_read_only') AS readonly,
      current_setting('synchronous_standby_names', true) AS standbys`);
  if (rows[0] === undefined) throw new Error('the database does not tell its settings');
  return rows[0];
}

import { Client, type ClientConfig, Pool, types } from 'pg';
import { migrate, requireCurrentSchema } from './migrate.ts';
import { POOL_SIZE, type PostgresOptions, STATEMENT_TIMEOUT_MS } from './options.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that does not answer at all is given up after this much more than it gives its statements. */
const SILENCE_MS = 5_000;

/**
 * Opens the pool, with the schema brought up to date first. Integers are read as bigint throughout: an amount never passes
 * through a float. Throws where a commit would not be durable.
 */
export async function connect(options: PostgresOptions): Promise<Pool> {
  const { url, readonly = false, poolSize = POOL_SIZE, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  await withClient(configOf(url), async (client) => {
    await requireDurability(client);
    if (readonly) await requireCurrentSchema(client);
    else await migrate(client);
  });
  const pool = new Pool({
    ...configOf(url),
    max: poolSize,
    // What is sent before an answer came shares its round trip.
    pipeline: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + SILENCE_MS,
    ...(readonly && { onConnect: (client) => void client.query('SET default_transaction_read_only = on') }),
  });
  // A connection that breaks says so to whoever waits for its answer; and to nobody else, least of all the whole process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}

function configOf(url: string): ClientConfig {
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

/** A hold is on disk before its call is forwarded (metering property 5): not every server is set up for that. */
async function requireDurability(client: Client): Promise<void> {
  const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  if (rows[0]?.synchronous_commit !== 'off') return;
  throw new Error('synchronous_commit is off in this database: a crash of it would lose money; set it to on');
}

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTenant, PLENTY_MICRO, requireBalancedBooks, type Tenant } from '../../harness/accounts.ts';
import { chargeAt } from '../../harness/cost.ts';
import { type PlatformProcess, startPlatformProcess } from '../../harness/platform-process.ts';
import { openShared } from '../../harness/shared.ts';
import { until } from '../../harness/wait.ts';
import type { PartReport } from '../part.ts';
import { createPriceBook } from '../prices/price-book.ts';
import type { Settings } from '../settings.ts';
import { FOUNTAIN_USAGE, startFountain, type Wish } from './fountain.ts';

export interface MemoryOptions {
  /** Runs a platform that keeps every byte it answers: to see whether that would be noticed. */
  readonly hoards?: boolean;
}

const MEGABYTE = 1024 * 1024;
/** More than idle, that a long stream may leave behind. */
const LEFT_BEHIND = 30 * MEGABYTE;
/** More than idle, that a long stream may take while it lasts and its caller dawdles. */
const UNDER_WAY = 100 * MEGABYTE;
/** In all, while many slow streams are open. */
const MANY_STREAMS = 300 * MEGABYTE;

const BIG_CHUNK_BYTES = 4096;
/** Long enough for all of them to be open at once. */
const slowWish = (streams: number): Wish => ({ chunks: 8 + Math.ceil(streams / 33), chunkBytes: 100, everyMs: 200 });

/** Memory of a platform does not follow what passes through it: one long stream, and many slow ones at once. */
export async function runMemory(settings: Settings, options: MemoryOptions = {}): Promise<PartReport> {
  const { megabytes, streams } = settings.counts;
  const shared = await openShared();
  const fountain = await startFountain();
  let platform: PlatformProcess | undefined;
  try {
    const tenant = await createTenant(shared.store, 'memory', PLENTY_MICRO);
    platform = await startPlatformProcess({
      settings: {
        ...shared.settings,
        RIGKIT_OPENAI_BASE_URL: fountain.baseUrl,
        ...(options.hoards && { SOAK_HOARD: 'on' }),
      },
      nodeFlags: ['--expose-gc', '--import', fileURLToPath(new URL('./meter.ts', import.meta.url))],
    });
    const long = await measureLongStream(platform, tenant, megabytes);
    const manyBytes = await measureManyStreams(platform, tenant, streams);
    if (fountain.mostAtOnce < streams) throw new Error(`only ${fountain.mostAtOnce} streams were open at once`);
    await requireCharges(shared.store, tenant, streams + 2);
    return {
      counts:
        `${megabytes} MB in one stream: ${inMegabytes(long.leftBytes)} MB above idle after it, ` +
        `${inMegabytes(long.mostBytes)} MB during it; ${streams} slow streams at once: ${inMegabytes(manyBytes)} MB in all`,
    };
  } finally {
    await platform?.stop();
    fountain.close();
    await shared.close();
  }
}

async function measureLongStream(platform: PlatformProcess, tenant: Tenant, megabytes: number) {
  const wish = (size: number): Wish => ({
    chunks: Math.ceil((size * MEGABYTE) / BIG_CHUNK_BYTES),
    chunkBytes: BIG_CHUNK_BYTES,
    everyMs: 0,
  });
  // What is loaded and compiled at the first call belongs to an idle platform.
  await stream(platform, tenant, wish(4), 0);
  const idleBytes = await settledBytes(platform);
  const from = platform.output().length;
  await stream(platform, tenant, wish(megabytes), 700);
  const mostBytes = mostSince(platform, from) - idleBytes;
  const leftBytes = (await settledBytes(platform)) - idleBytes;
  require('left behind', leftBytes, LEFT_BEHIND);
  require('taken under way', mostBytes, UNDER_WAY);
  return { leftBytes, mostBytes };
}

async function measureManyStreams(platform: PlatformProcess, tenant: Tenant, streams: number): Promise<number> {
  const from = platform.output().length;
  await Promise.all(Array.from({ length: streams }, () => stream(platform, tenant, slowWish(streams), 0)));
  const mostBytes = mostSince(platform, from);
  require('taken by many streams', mostBytes, MANY_STREAMS);
  return mostBytes;
}

const agent = new Agent({ keepAlive: true });

/** Streams to its end, and throws unless that is the end of an answer. `dawdleMs`: read nothing at first. */
async function stream(platform: PlatformProcess, tenant: Tenant, wish: Wish, dawdleMs: number): Promise<void> {
  const messages = [{ role: 'user', content: JSON.stringify(wish) }];
  const body = JSON.stringify({ model: 'gpt-4o-mini', max_tokens: 4_000, stream: true, messages });
  const headers = { authorization: `Bearer ${tenant.workspaceKey}`, 'content-type': 'application/json' };
  const url = `${platform.proxy}/v1/chat/completions`;
  const outgoing = request(url, { agent, method: 'POST', headers }).end(body);
  const incoming = await new Promise<NodeJS.ReadableStream & AsyncIterable<Buffer>>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });
  await sleep(dawdleMs);
  let bytes = 0;
  let end = '';
  for await (const piece of incoming) {
    bytes += piece.length;
    end = (end + piece.subarray(-20).toString('latin1')).slice(-20);
  }
  if (!end.endsWith('data: [DONE]\n\n')) throw new Error(`a stream ends with ${JSON.stringify(end)}`);
  if (bytes < wish.chunks * wish.chunkBytes) throw new Error(`a stream lacks bytes: it has ${bytes}`);
}

/** Resident memory after everything that can be collected has been. */
async function settledBytes(platform: PlatformProcess): Promise<number> {
  const from = platform.output().length;
  process.kill(platform.pid, 'SIGUSR2');
  const found = () => /^settled (\d+)$/m.exec(platform.output().slice(from))?.[1];
  await until(
    () => found() !== undefined,
    () => 'the platform does not tell its memory',
  );
  return Number(found());
}

/** The most that was told since its output was `from` characters long. */
function mostSince(platform: PlatformProcess, from: number): number {
  return [
    ...platform
      .output()
      .slice(from)
      .matchAll(/^rss (\d+)$/gm),
  ].reduce((most, match) => Math.max(most, Number(match[1])), 0);
}

function require(what: string, bytes: number, limit: number): void {
  if (bytes > limit) throw new Error(`memory ${what}: ${inMegabytes(bytes)} MB, over ${inMegabytes(limit)} MB`);
}

function inMegabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

/** Streams of any size are charged for what they report, once each. */
async function requireCharges(
  store: Awaited<ReturnType<typeof openShared>>['store'],
  { accountId }: Tenant,
  count: number,
): Promise<void> {
  const told = { cached: 0, write5m: 0, write1h: 0, searches: 0 };
  const used = { input: FOUNTAIN_USAGE.prompt_tokens, output: FOUNTAIN_USAGE.completion_tokens, ...told };
  const each = chargeAt(createPriceBook({}, Date.now()).priceOf('openai', 'gpt-4o-mini', used.input), used);
  const charges = (await store.ledger(accountId)).filter(({ kind }) => kind === 'charge');
  if (charges.length !== count || charges.some(({ amountMicro }) => amountMicro !== -each)) {
    throw new Error(`${count} streams came to ${charges.length} charges, of which not all are ${each}`);
  }
  await requireBalancedBooks(store);
}

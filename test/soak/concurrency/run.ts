import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTenant, requireBalancedBooks, type Tenant } from '../../harness/accounts.ts';
import { type CallResult, call } from '../../harness/caller.ts';
import { chargeAt } from '../../harness/cost.ts';
import type { Defect } from '../../harness/defects.ts';
import { type PlatformProcess, startPlatformProcess } from '../../harness/platform-process.ts';
import { openShared, type Shared } from '../../harness/shared.ts';
import type { PartReport } from '../part.ts';
import { createPriceBook } from '../prices/price-book.ts';
import type { Settings } from '../settings.ts';
import { watchBalance } from './watch.ts';

export interface ConcurrencyOptions {
  /** How many of the processes that share a database are called, one number after the other. Default 1 and 4. */
  readonly processes?: readonly number[];
  readonly defect?: Defect;
  /** The database that they share. Default: an SQLite file of their own. */
  readonly databaseUrl?: string | undefined;
}

/** The calls that the account can pay for at the same time. */
const AFFORDED = 7;

/** How the provider answers: either costs all that was held, or certainly nothing. */
type Ending = 'charged' | 'released';

/**
 * Parallel calls on credit for exactly seven holds: seven are admitted, whichever process each of them reaches, and the
 * balance is never below zero.
 */
export async function runConcurrency(settings: Settings, options: ConcurrencyOptions = {}): Promise<PartReport> {
  const { rounds, parallel } = settings.counts;
  const { processes = [1, 4], defect, databaseUrl } = options;
  const shared = await openShared(databaseUrl);
  let platforms: readonly PlatformProcess[] = [];
  let polls = 0;
  try {
    platforms = await startAll(Math.max(...processes), { settings: shared.settings, defect });
    for (const count of processes) {
      for (let round = 0; round < rounds; round += 1) {
        for (const ending of ['charged', 'released'] as const) {
          const name = `${count}-${ending}-${round}`;
          polls += await runRound({ shared, platforms: platforms.slice(0, count), parallel, ending, name });
        }
      }
    }
  } finally {
    await Promise.all(platforms.map((platform) => platform.stop()));
    await shared.close();
  }
  const where = processes.map((count) => (count === 1 ? 'one process' : `${count} processes`)).join(' and in ');
  return {
    counts: `${2 * rounds} rounds of ${parallel} calls in ${where}: ${AFFORDED} at a time, balance read ${polls} times`,
  };
}

async function startAll(
  count: number,
  options: Parameters<typeof startPlatformProcess>[0],
): Promise<readonly PlatformProcess[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => startPlatformProcess(options)));
  const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) return running;
  await Promise.all(running.map((platform) => platform.stop()));
  throw failure.reason;
}

const agent = new Agent({ keepAlive: true });

const MODEL = 'gpt-4o-mini';
const OUTPUT_LIMIT = 500;

/** All bodies have one length, because the hold follows it. */
function encodeBody(name: string, number: number): Buffer {
  const content = `${name}-${String(number).padStart(6, '0')}`.padStart(40, '.');
  return Buffer.from(JSON.stringify({ model: MODEL, max_tokens: OUTPUT_LIMIT, messages: [{ role: 'user', content }] }));
}

function send(platform: PlatformProcess, tenant: Tenant, body: Buffer): Promise<CallResult> {
  const headers = { authorization: `Bearer ${tenant.workspaceKey}`, 'content-type': 'application/json' };
  return call({ agent, url: `${platform.proxy}/v1/chat/completions`, headers, body }).answer;
}

/** The most that one call can cost: a token for every byte of it, and its output limit. */
function worstCase(): { readonly inputTokens: number; readonly outputTokens: number; readonly costMicro: bigint } {
  const input = encodeBody('any', 0).length;
  const price = createPriceBook({}, Date.now()).priceOf('openai', MODEL, input);
  const told = { input, output: OUTPUT_LIMIT, cached: 0, write5m: 0, write1h: 0, searches: 0 };
  return { inputTokens: input, outputTokens: OUTPUT_LIMIT, costMicro: chargeAt(price, told) };
}

interface Round {
  readonly shared: Shared;
  readonly platforms: readonly PlatformProcess[];
  readonly parallel: number;
  readonly ending: Ending;
  readonly name: string;
}

async function runRound({ shared, platforms, parallel, ending, name }: Round): Promise<number> {
  const { store, stub } = shared;
  const { costMicro: holdMicro, ...usage } = worstCase();
  // One microcredit short of an eighth.
  const creditMicro = holdMicro * BigInt(AFFORDED + 1) - 1n;
  const tenant = await createTenant(store, name, creditMicro);
  stub.reset();
  const delayMs = { beforeHeaders: 30 };
  const respond = ending === 'charged' ? { delayMs, usage } : { delayMs, error: { status: 422 } };
  stub.script({ times: parallel, respond });

  const watch = watchBalance(store, platforms, tenant);
  const answers = await Promise.all(
    Array.from({ length: parallel }, (_, number) => {
      const platform = platforms[number % platforms.length];
      if (platform === undefined) throw new RangeError('no process');
      return send(platform, tenant, encodeBody(name, number));
    }),
  );
  await sleep(20);
  const seen = await watch.stop();

  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  const admitted = count(ending === 'charged' ? 200 : 422);
  const complain = (what: string) => new Error(`round ${name}: ${what}`);
  if (admitted + count(402) !== parallel) {
    throw complain(`answers with ${[...new Set(answers.map(({ status }) => status))].join(', ')}`);
  }
  if (ending === 'charged' && admitted !== AFFORDED) throw complain(`${admitted} admitted instead of ${AFFORDED}`);
  if (admitted < AFFORDED) throw complain(`only ${admitted} admitted`);
  if (stub.calls.length !== admitted) throw complain(`${stub.calls.length} forwarded on ${admitted} holds`);
  if (seen.leastMicro < 0n) throw complain(`the balance was seen at ${seen.leastMicro}`);
  if (seen.mostHolds > AFFORDED) throw complain(`${seen.mostHolds} holds were open at once`);
  const left = (await store.credits(tenant.accountId, Date.now())).remainingMicro;
  const expected = ending === 'charged' ? creditMicro - holdMicro * BigInt(AFFORDED) : creditMicro;
  if (left !== expected) throw complain(`${left} is left instead of ${expected}`);
  await requireBalancedBooks(store);
  return seen.polls;
}

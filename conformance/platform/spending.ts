import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { type HttpCall, parseBody } from '../http/http-call.ts';
import type { Callers } from './callers.ts';
import type { AccountName, Config } from './config.ts';

/** What a run has spent, against `spendCapCredits`. */
export interface Spending {
  /** Learns from what a check sent: a call of the proxy may have been charged, a balance that was asked for tells. */
  observe(calls: readonly HttpCall[]): void;
  /** Why no more may be spent; undefined: it may. Asks for a balance only where it may have changed. */
  refusal(): Promise<string | undefined>;
}

/** The accounts whose credits the suite can spend; the exhausted one has none. */
const SPENT_FROM: readonly AccountName[] = ['funded', 'other'];
const MICRO_PER_CREDIT = 1_000_000n;

const credits = z.object({ remaining_micro: z.int() });

/** Until a call has cost more, and so that a balance need not be asked for after each. */
const SUPPOSED_MICRO = 10n * MICRO_PER_CREDIT;

interface Payer {
  readonly name: AccountName;
  readonly caller: Caller;
  readonly authorization: string;
  /** As last seen; undefined: never. */
  balance: bigint | undefined;
  spent: bigint;
  /** Calls that may have been charged since. */
  unseenCalls: bigint;
  /** The most that such a call has cost it so far; undefined: no call was looked at yet. */
  dearestMicro: bigint | undefined;
}

/** Nothing was spent yet; the balances to start from are asked for before the first call. */
export function createSpending(config: Config, callers: Callers): Spending {
  const payers: readonly Payer[] = SPENT_FROM.filter((name) => config.accounts[name]?.apiKey !== undefined).map(
    (name) => ({
      name,
      caller: callers.account(name),
      authorization: `Bearer ${config.accounts[name]?.apiKey}`,
      balance: undefined,
      spent: 0n,
      unseenCalls: 0n,
      dearestMicro: undefined,
    }),
  );
  const capMicro = BigInt(Math.round(config.spendCapCredits * Number(MICRO_PER_CREDIT)));
  function see(payer: Payer, balance: bigint): void {
    const fell = (payer.balance ?? balance) - balance;
    // A new period, or a top-up: what is spent from here on counts.
    payer.spent = larger(payer.spent + fell, 0n);
    if (payer.unseenCalls > 0n)
      payer.dearestMicro = larger(payer.dearestMicro ?? SUPPOSED_MICRO, fell / payer.unseenCalls);
    payer.balance = balance;
    payer.unseenCalls = 0n;
  }

  function observe(calls: readonly HttpCall[]): void {
    for (const call of calls) {
      if (isCharged(config, call)) for (const payer of payers) payer.unseenCalls += 1n;
      const balance = readBalance(call);
      const owner = payers.find(({ authorization }) => authorization === sentAuthorization(call));
      if (owner !== undefined && balance !== undefined) see(owner, balance);
    }
  }

  const atMost = () =>
    payers.reduce(
      (sum, { spent, unseenCalls, dearestMicro = capMicro }) => sum + spent + unseenCalls * dearestMicro,
      0n,
    );

  async function refusal(): Promise<string | undefined> {
    for (const payer of payers) {
      if (payer.balance !== undefined && (payer.unseenCalls === 0n || atMost() < capMicro)) continue;
      const balance = readBalance(await payer.caller.get('/users/me/credits'));
      if (balance === undefined)
        return `the balance of accounts.${payer.name} cannot be read, so that \`spendCapCredits\` could not be kept`;
      see(payer, balance);
    }
    const spent = atMost();
    if (spent < capMicro) return undefined;
    return `the run has spent ${shownCredits(spent)} credits, and \`spendCapCredits\` is ${config.spendCapCredits}`;
  }

  return { observe, refusal };
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function readBalance(call: HttpCall): bigint | undefined {
  if (call.request.method !== 'GET' || !call.request.url.endsWith('/users/me/credits')) return undefined;
  const result = credits.safeParse(parseBody(call));
  return result.success ? BigInt(result.data.remaining_micro) : undefined;
}

function isCharged({ proxy }: Config, { request }: HttpCall): boolean {
  return proxy !== undefined && request.method !== 'GET' && request.url.startsWith(proxy.baseUrl);
}

function sentAuthorization({ request }: HttpCall): string | undefined {
  return request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}

/** Down to a hundredth, as the display of a balance. */
function shownCredits(micro: bigint): string {
  return (Number(micro) / Number(MICRO_PER_CREDIT)).toFixed(2);
}

import { z } from 'zod';
import type { AccountName, Config } from '../runner/config.ts';
import { type Exchange, jsonOf } from '../runner/exchange.ts';
import type { Callers } from './callers.ts';

/** What a run has spent, against `spendCapCredits`. */
export interface Spending {
  /** Learns from what a check sent: a call of the proxy may have been charged, a balance that was asked for tells. */
  observe(exchanges: readonly Exchange[]): void;
  /** Why no more may be spent; undefined: it may. Asks for a balance only where it may have changed. */
  refusal(): Promise<string | undefined>;
}

/** The accounts whose credits the suite can spend; the exhausted one has none. */
const SPENT_FROM: readonly AccountName[] = ['funded', 'other'];
const MICRO_PER_CREDIT = 1_000_000n;

const credits = z.object({ remaining_micro: z.int() });

/** Nothing was spent yet; the balances to start from are asked for before the first call. */
export function createSpending(config: Config, callers: Callers): Spending {
  const accounts = SPENT_FROM.filter((name) => config.accounts[name]?.apiKey !== undefined).map((name) => ({
    name,
    caller: callers.account(name),
    authorization: `Bearer ${config.accounts[name]?.apiKey}`,
    /** The balance, and the one before it; undefined: not known, or not any more. */
    balance: undefined as bigint | undefined,
    before: undefined as bigint | undefined,
    spent: 0n,
  }));
  const capMicro = BigInt(Math.round(config.spendCapCredits * Number(MICRO_PER_CREDIT)));

  function observe(exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) {
      if (isCharged(config, exchange)) for (const account of accounts) account.balance = undefined;
      const balance = balanceOf(exchange);
      const owner = accounts.find(({ authorization }) => authorization === sentAuthorization(exchange));
      if (owner !== undefined && balance !== undefined) owner.balance = balance;
    }
  }

  async function refusal(): Promise<string | undefined> {
    for (const account of accounts) {
      account.balance ??= balanceOf(await account.caller.get('/users/me/credits'));
      if (account.balance === undefined)
        return `the balance of accounts.${account.name} cannot be read, so that \`spendCapCredits\` could not be kept`;
      account.spent += (account.before ?? account.balance) - account.balance;
      // A new period, or a top-up: what is spent from here on counts.
      if (account.spent < 0n) account.spent = 0n;
      account.before = account.balance;
    }
    const spent = accounts.reduce((sum, account) => sum + account.spent, 0n);
    if (spent < capMicro) return undefined;
    return `the run has spent ${shownCredits(spent)} credits, and \`spendCapCredits\` is ${config.spendCapCredits}`;
  }

  return { observe, refusal };
}

function balanceOf(exchange: Exchange): bigint | undefined {
  if (exchange.request.method !== 'GET' || !exchange.request.url.endsWith('/users/me/credits')) return undefined;
  const result = credits.safeParse(jsonOf(exchange));
  return result.success ? BigInt(result.data.remaining_micro) : undefined;
}

function isCharged({ proxy }: Config, { request }: Exchange): boolean {
  return proxy !== undefined && request.method !== 'GET' && request.url.startsWith(proxy.baseUrl);
}

function sentAuthorization({ request }: Exchange): string | undefined {
  return request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}

/** Down to a hundredth, as the display of a balance. */
function shownCredits(micro: bigint): string {
  return (Number(micro) / Number(MICRO_PER_CREDIT)).toFixed(2);
}

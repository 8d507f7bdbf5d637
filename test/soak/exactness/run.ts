import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Store } from '../../../server/store.ts';
import { requireBalancedBooks } from '../../harness/accounts.ts';
import type { SiteOptions } from '../../harness/platform.ts';
import type { PartReport } from '../part.ts';
import { drawOperatorPrices, pricesFile } from '../prices/operator-prices.ts';
import { createPriceBook, type PriceBook } from '../prices/price-book.ts';
import type { Settings } from '../settings.ts';
import { type Accounts, openAccounts } from './accounts.ts';
import { sendBatch } from './batch.ts';
import { plans } from './draw-plan.ts';
import type { Plan } from './plan.ts';
import { chargedByLedger, findDrift, readStandings } from './standings.ts';
import { expectAll, findMistakes, show } from './verdict.ts';
import type { Side } from './wire.ts';

export interface ExactnessOptions {
  /** To see whether the oracle would notice a defect: no shrinking then. */
  readonly sabotage?: (store: Store) => Partial<Store>;
  /** The database of both platforms. Default: an SQLite file for each. */
  readonly databaseUrl?: string;
}

/** Requests that are under way at the same time, at most. */
const LARGEST_BATCH = 40;
const BATCHES_A_ROUND = 8;

interface Run {
  readonly bookAt: (at: number) => PriceBook;
  readonly sides: Readonly<Record<Side, Accounts>>;
  requests: number;
  settled: number;
  /** Ends of months, and calls that were under way then. */
  turns: number;
  underWay: number;
  /** By the oracle. */
  chargedMicro: bigint;
}

/**
 * Randomised requests of every shape through the proxy, over sockets: what each was charged, and what all of them were,
 * equals what an oracle of its own says, to the microcredit.
 */
export async function runExactness(settings: Settings, options: ExactnessOptions = {}): Promise<PartReport> {
  const prices = drawOperatorPrices(settings.seed);
  const secretKey = randomBytes(32).toString('base64');
  const siteOptions: SiteOptions = {
    prices: pricesFile(prices),
    ...(options.sabotage && { sabotage: options.sabotage }),
    ...(options.databaseUrl !== undefined && {
      settings: () => ({ RIGKIT_SECRET_KEY: secretKey, RIGKIT_DATABASE_URL: String(options.databaseUrl) }),
    }),
  };
  const direct = await openAccounts('direct', siteOptions);
  const openrouter = await openAccounts('openrouter', siteOptions);
  const run: Run = {
    bookAt: (at) => createPriceBook(prices, at),
    sides: { direct, openrouter },
    requests: 0,
    settled: 0,
    turns: 0,
    underWay: 0,
    chargedMicro: 0n,
  };
  try {
    const property = fc.asyncProperty(
      fc.constantFrom<Side>('direct', 'direct', 'openrouter'),
      fc.array(plans, { minLength: 1, maxLength: LARGEST_BATCH, size: 'max' }),
      turnsAfter,
      (side, batch, after) => judgeBatch(run, side, batch, after),
    );
    for (let round = 0; run.requests < settings.counts.requests; round += 1) {
      await fc.assert(property, {
        numRuns: BATCHES_A_ROUND,
        seed: settings.seed + round,
        endOnFailure: options.sabotage !== undefined,
      });
    }
    const inLedgers = (await chargedByLedger(direct)) + (await chargedByLedger(openrouter));
    if (inLedgers !== run.chargedMicro) throw new Error(`charged ${inLedgers} instead of ${run.chargedMicro}`);
  } finally {
    await direct.site.close();
    await openrouter.site.close();
  }
  const months = `${run.turns} ends of months with ${run.underWay} calls under way`;
  return {
    counts: `${run.requests} requests, ${run.settled} settled, ${months}, ${run.chargedMicro} microcredits charged, drift 0`,
  };
}

/** Whether the month ends under a batch, and after how many of its calls. */
const turnsAfter = fc.oneof(fc.constant(undefined), fc.constant(undefined), fc.nat(LARGEST_BATCH / 2));

async function judgeBatch(run: Run, side: Side, batch: readonly Plan[], after: number | undefined): Promise<void> {
  const accounts = run.sides[side];
  if (after !== undefined) accounts.calendar.toEndOfMonth();
  await accounts.refillThePoor();
  const before = await readStandings(accounts);
  const judged = expectAll(accounts, await sendBatch(accounts, batch, after), run.bookAt);
  run.turns += after === undefined ? 0 : 1;
  run.underWay += judged.filter(({ done: { hold } }) => hold && !sameMonth(hold)).length;
  const mistakes = (await findMistakes(accounts, judged)).map(
    ({ done, expected, complaint }) => `${complaint}; expected ${show(expected)}: ${show(done.plan)}`,
  );
  const wrong = [...mistakes, ...findDrift(accounts, before, await readStandings(accounts), judged)];
  if (wrong.length > 0) throw new Error(`on the ${side} side:\n${wrong.join('\n')}`);
  await requireBalancedBooks(accounts.site.store);
  run.requests += batch.length;
  for (const { expected } of judged) {
    if (expected.kind !== 'settled') continue;
    run.settled += 1;
    run.chargedMicro += expected.costMicro;
  }
}

function sameMonth({ createdAt, since }: { readonly createdAt: number; readonly since: number }): boolean {
  return new Date(createdAt).getUTCMonth() === new Date(since).getUTCMonth();
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../domain/store.ts';
import type { SubjectLimit } from '../../domain/subject-limits.ts';
import { balancedRemainder, type Cast, callOf, DAY, type NewSite, NOW, SECOND, tokens, useStage } from './stage.ts';

/** A soak raises the number of runs; a failure is replayed with its seed. */
const RUNS = Number(process.env.STORE_RUNS ?? 100);
const SEED = Number(process.env.STORE_SEED ?? 20_250_315);
const GRANT = 60n;
const LIMIT: SubjectLimit = { purpose: 'rate', windowSeconds: 20, unit: 'requests', amount: 3 };

type Step =
  | { readonly do: 'admit'; readonly micro: bigint; readonly mode: 'managed' | 'byok'; readonly limited: boolean }
  | { readonly do: 'settle'; readonly pick: number; readonly costMicro: bigint }
  | { readonly do: 'release'; readonly pick: number }
  | { readonly do: 'doubt'; readonly pick: number }
  | { readonly do: 'adjust'; readonly micro: bigint };

const pick = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('admit'),
      micro: fc.bigInt(0n, 30n),
      mode: fc.constantFrom('managed', 'managed', 'byok'),
      limited: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle'), pick, costMicro: fc.bigInt(0n, 40n) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('doubt'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('adjust'), micro: fc.bigInt(-20n, 20n) }) },
);
const gapMs = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 15 * SECOND }) },
  { weight: 1, arbitrary: fc.integer({ min: 20 * DAY, max: 70 * DAY }) },
);
/** Steps of one batch are sent at the same time, and may overtake one another. */
const history = fc.array(fc.record({ gapMs, steps: fc.array(step, { minLength: 1, maxLength: 8 }) }), {
  maxLength: 15,
});

interface Held {
  readonly id: string;
  readonly at: number;
  readonly amountMicro: bigint;
  readonly byok: boolean;
  readonly limited: boolean;
  closed: 'settled' | 'released' | undefined;
}

/** What the account must come to, told by the answers alone. */
class Model {
  remainingMicro = GRANT;
  spentMicro = 0n;
  requests = 0;
  month = 2;
  readonly holds: Held[] = [];

  turn(at: number): void {
    const date = new Date(at);
    const month = (date.getUTCFullYear() - 2025) * 12 + date.getUTCMonth();
    for (; this.month < month; this.month += 1) {
      this.remainingMicro = GRANT + (this.remainingMicro < 0n ? this.remainingMicro : 0n);
    }
  }

  close(hold: Held, how: 'settled' | 'released', costMicro: bigint): void {
    expect(hold.closed).toBeUndefined();
    hold.closed = how;
    this.remainingMicro += hold.amountMicro - costMicro;
    this.spentMicro += costMicro;
    if (how === 'settled') this.requests += 1;
  }
}

async function take(store: Store, cast: Cast, model: Model, step: Step, id: string, at: number): Promise<void> {
  if (step.do === 'adjust') {
    await store.adjustCredits(cast.accountId, step.micro, 'random', at);
    model.remainingMicro += step.micro;
    return;
  }
  if (step.do === 'admit') return admit(store, cast, model, step, id, at);
  const hold = model.holds[step.pick % Math.max(1, model.holds.length)];
  if (hold === undefined) return;
  if (step.do === 'doubt') {
    await store.markUncertain(hold.id, 'random', at);
  } else if (step.do === 'release') {
    const outcome = await store.release(hold.id, 'random', at);
    if (outcome.kind === 'done') model.close(hold, 'released', 0n);
  } else {
    const outcome = await store.settle({ holdId: hold.id, costMicro: step.costMicro, usage: tokens(3, 2), at });
    if (outcome.kind === 'settled') {
      expect(outcome.costMicro).toBe(hold.byok ? 0n : step.costMicro);
      model.close(hold, 'settled', outcome.costMicro);
    }
  }
}

async function admit(
  store: Store,
  cast: Cast,
  model: Model,
  step: Step & { do: 'admit' },
  id: string,
  at: number,
): Promise<void> {
  const subject = { name: 'alice', limits: [LIMIT] };
  const change = { mode: step.mode, at, ...(step.limited ? { subject } : {}) };
  const outcome = await store.admit(callOf(cast, id, step.micro, change));
  if (outcome.kind === 'insufficient_credits') expect(outcome.remainingMicro).toBeLessThan(outcome.requiredMicro);
  if (outcome.kind !== 'admitted') return;
  const amountMicro = step.mode === 'byok' ? 0n : step.micro;
  if (amountMicro > 0n) expect(outcome.remainingMicro).toBeGreaterThanOrEqual(0n);
  const { limited } = step;
  model.holds.push({ id, at, amountMicro, byok: step.mode === 'byok', limited, closed: undefined });
  model.remainingMicro -= amountMicro;
}

export function describeRandomRuns(newSite: NewSite): void {
  describe('a randomised run', () => {
    const stage = useStage(newSite);

    it(
      'leaves books that balance, after every batch of concurrent steps',
      async () => {
        const property = fc.asyncProperty(history, async (batches) => {
          const cast = await stage.cast(GRANT);
          const model = new Model();
          let at = NOW;
          for (const batch of batches) {
            at += batch.gapMs;
            model.turn(at);
            const now = at;
            const steps = batch.steps.map((step) => take(stage.store, cast, model, step, stage.name('hold'), now));
            await Promise.all(steps);
            expect((await stage.store.credits(cast.accountId, at)).remainingMicro).toBe(model.remainingMicro);
            expect(await balancedRemainder(stage.store, cast.accountId)).toBe(model.remainingMicro);
            const counted = model.holds.filter(
              (hold) => hold.limited && hold.closed !== 'released' && hold.at > now - LIMIT.windowSeconds * SECOND,
            );
            expect(counted.length).toBeLessThanOrEqual(3);
          }
          const { daily, byWorkspace } = await stage.store.usageOverview(cast.accountId, '2025-01-01');
          for (const rows of [daily, byWorkspace]) {
            expect(rows.reduce((sum, row) => sum + row.costMicro, 0n)).toBe(model.spentMicro);
            expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(model.requests);
          }
          const open = (await stage.store.openHolds()).filter((hold) => hold.accountId === cast.accountId);
          expect(open.map((hold) => hold.holdId).sort()).toEqual(
            model.holds.flatMap((hold) => (hold.closed === undefined ? [hold.id] : [])).sort(),
          );
        });
        await fc.assert(property, { numRuns: RUNS, seed: SEED });
      },
      60_000 + RUNS * 1000,
    );
  });
}

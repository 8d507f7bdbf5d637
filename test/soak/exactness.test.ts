import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../server/store.ts';
import { newTestDatabase } from '../harness/postgres/test-database.ts';
import { runExactness } from './exactness/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

describe(`randomised requests (seed ${settings.seed})`, () => {
  it('are charged what an independent oracle says, to the microcredit', async () => {
    const report = await runExactness(settings);
    expect(report.counts).toContain('drift 0');
  });

  it('are charged the same on PostgreSQL', async () => {
    const { url, drop } = await newTestDatabase();
    onTestFinished(drop);
    const report = await runExactness(settings, { databaseUrl: url });
    expect(report.counts).toContain('drift 0');
  });
});

describe('the oracle', () => {
  const defects: readonly [string, (store: Store) => Partial<Store>, RegExp][] = [
    [
      'one microcredit too much',
      ({ settle }) => ({ settle: (call) => settle({ ...call, costMicro: call.costMicro + 1n }) }),
      /booked .* expected/,
    ],
    [
      'a charge that loses its last digit',
      ({ settle }) => ({ settle: (call) => settle({ ...call, costMicro: (call.costMicro / 10n) * 10n }) }),
      /booked .* expected/,
    ],
    [
      'a hold of half of what a call can cost',
      ({ admit }) => ({ admit: (call) => admit({ ...call, amountMicro: call.amountMicro / 2n }) }),
      /held .* for what costs/,
    ],
    [
      'a hold of an earlier month that is given to this one',
      ({ settle, findHold, adjustCredits }) => ({
        async settle(call) {
          const hold = await findHold(call.holdId);
          const outcome = await settle(call);
          const isLate = hold !== undefined && call.at > hold.createdAt;
          const freedMicro = isLate ? hold.amountMicro - call.costMicro : 0n;
          if (hold !== undefined && freedMicro > 0n) await adjustCredits(hold.accountId, freedMicro, 'freed', call.at);
          return outcome;
        },
      }),
      /balance moved/,
    ],
    [
      'a hold that is never given back',
      () => ({ release: async () => ({ kind: 'done' }) }),
      /open and not uncertain|instead of/,
    ],
    [
      'a call of unknown cost that is let off',
      ({ release }) => ({ markUncertain: (holdId, reason, at) => release(holdId, reason, at) }),
      /open holds moved/,
    ],
    [
      'a call that is charged and not counted',
      ({ settle }) => ({ settle: (call) => settle({ ...call, usage: { ...call.usage, inputTokens: 0 } }) }),
      /usage by day moved/,
    ],
  ];

  it.each(defects)('notices %s', async (_defect, sabotage, complaint) => {
    const run = runExactness({ ...settings, counts: { ...settings.counts, requests: 40 } }, { sabotage });
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String((error as Error).cause)).toMatch(complaint);
  });
});

import { describe, expect, it } from 'vitest';
import type { Store } from '../../server/store.ts';
import { runExactness } from './exactness/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

describe(`randomised requests (seed ${settings.seed})`, () => {
  it('are charged what an independent oracle says, to the microcredit', async () => {
    const report = await runExactness(settings);
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

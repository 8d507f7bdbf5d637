import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distinctWindows,
  exceededLimits,
  lastingRefusal,
  resetsAt,
  type SubjectLimit,
  type SubjectRefusal,
  type WindowEntry,
  type WindowUse,
  windowStart,
} from './subject-limits.ts';

const NOW = 1_000_000_000;
const requests = (amount: number, windowSeconds: number, purpose: 'budget' | 'rate' = 'rate'): SubjectLimit => ({
  purpose,
  windowSeconds,
  unit: 'requests',
  amount,
});
const credits = (amountMicro: bigint, windowSeconds: number, purpose: 'budget' | 'rate' = 'budget'): SubjectLimit => ({
  purpose,
  windowSeconds,
  unit: 'credits',
  amountMicro,
});

/** What a store does: sums up each window, judges, and looks for the reset of what is exceeded. */
function judge(entries: readonly WindowEntry[], limits: readonly SubjectLimit[], amountMicro: bigint, at: number) {
  const within = (seconds: number) => entries.filter((entry) => entry.at > windowStart(seconds, at));
  const use = (seconds: number): WindowUse => {
    const counted = within(seconds);
    return { requests: BigInt(counted.length), micro: counted.reduce((sum, entry) => sum + entry.micro, 0n) };
  };
  const uses = new Map(distinctWindows(limits).map((seconds) => [seconds, use(seconds)]));
  return exceededLimits(limits, uses, amountMicro).map((exceeded) => ({
    limit: exceeded.limit,
    used: exceeded.used,
    resetsAt: resetsAt(exceeded, within(exceeded.limit.windowSeconds), at),
  }));
}

describe('subject limits', () => {
  it('admit up to the limit exactly, and refuse one more', () => {
    const entries = [{ at: NOW - 1, micro: 6n }];
    expect(judge(entries, [credits(10n, 60)], 4n, NOW)).toEqual([]);
    expect(judge(entries, [credits(10n, 60)], 5n, NOW)).toMatchObject([{ used: 6n }]);
    expect(judge(entries, [requests(2, 60)], 0n, NOW)).toEqual([]);
    expect(judge(entries, [requests(1, 60)], 0n, NOW)).toMatchObject([{ used: 1n }]);
  });

  it('forget a call when it is as old as the window', () => {
    expect(judge([{ at: NOW - 60_000, micro: 9n }], [requests(1, 60)], 1n, NOW)).toEqual([]);
    expect(judge([{ at: NOW - 59_999, micro: 9n }], [requests(1, 60)], 1n, NOW)).toHaveLength(1);
  });

  it('name the budgets before the rates, wherever they stand', () => {
    const entries = [{ at: NOW - 1, micro: 9n }];
    const refused = judge(entries, [requests(1, 60), credits(9n, 60)], 1n, NOW);
    expect(refused.map((refusal) => refusal.limit.purpose)).toEqual(['budget']);
  });

  it('reset when the oldest call that stands in the way leaves the window', () => {
    const entries = [
      { at: NOW - 30_000, micro: 2n },
      { at: NOW - 20_000, micro: 5n },
      { at: NOW - 10_000, micro: 3n },
    ];
    expect(judge(entries, [credits(10n, 60)], 4n, NOW)).toMatchObject([{ resetsAt: NOW + 40_000 }]);
    expect(judge(entries, [requests(3, 60)], 4n, NOW)).toMatchObject([{ resetsAt: NOW + 30_000 }]);
  });

  it('tell a call that would never fit to come back after a whole window', () => {
    expect(judge([], [credits(3n, 60)], 4n, NOW)).toMatchObject([{ used: 0n, resetsAt: NOW + 60_000 }]);
  });

  it('report the limit that lasts longest', () => {
    const refusals: [SubjectRefusal, ...SubjectRefusal[]] = [
      { limit: requests(1, 60), used: 1n, resetsAt: NOW + 1 },
      { limit: requests(9, 3600), used: 9n, resetsAt: NOW + 2 },
      { limit: requests(2, 60), used: 2n, resetsAt: NOW + 1 },
    ];
    expect(lastingRefusal(refusals).limit).toEqual(requests(9, 3600));
  });

  it('are a bug to judge without the use of their window', () => {
    expect(() => exceededLimits([requests(1, 60)], new Map(), 0n)).toThrow('60 s');
  });

  it('are never overrun in any window, and let a call in at the reset they name but not before', () => {
    const calls = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 9000 }), micro: fc.bigInt(0n, 8n) }), {
      maxLength: 40,
    });
    const limit = fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 })).map(([n, s]) => requests(n, s)),
      fc.tuple(fc.bigInt(8n, 20n), fc.integer({ min: 1, max: 30 })).map(([n, s]) => credits(n, s)),
    );
    fc.assert(
      fc.property(calls, limit, (wishes, only) => {
        const admitted: WindowEntry[] = [];
        let at = NOW;
        for (const { gap, micro } of wishes) {
          at += gap;
          const [refusal] = judge(admitted, [only], micro, at);
          if (refusal === undefined) admitted.push({ at, micro });
          else {
            expect(refusal.resetsAt).toBeGreaterThan(at);
            expect(judge(admitted, [only], micro, refusal.resetsAt)).toEqual([]);
            expect(judge(admitted, [only], micro, refusal.resetsAt - 1)).toHaveLength(1);
          }
        }
        for (const end of admitted) {
          const within = admitted.filter(
            (entry) => entry.at <= end.at && entry.at > windowStart(only.windowSeconds, end.at),
          );
          if (only.unit === 'requests') expect(within.length).toBeLessThanOrEqual(only.amount);
          else expect(within.reduce((sum, entry) => sum + entry.micro, 0n)).toBeLessThanOrEqual(only.amountMicro);
        }
      }),
    );
  });
});

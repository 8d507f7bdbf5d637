import { describe, expect, it } from 'vitest';
import { balances, outlook } from './trend.ts';

const spent = (...days: [string, bigint][]) => days.map(([day, costMicro]) => ({ day, costMicro }));

describe('the outlook', () => {
  it('takes the pace of the seven whole days before today, and of no other', () => {
    const days = spent(['2026-03-16', 700n], ['2026-03-17', 70n], ['2026-03-23', 70n], ['2026-03-24', 7_000n]);
    expect(outlook(days, 1_000n, '2026-03-24')).toEqual({ kind: 'lasts', paceMicro: 20n, leftAtResetMicro: 840n });
  });

  it('names the day on which nothing will be left', () => {
    const days = spent(['2026-03-20', 700n]);
    expect(outlook(days, 250n, '2026-03-24')).toEqual({ kind: 'runs_out', paceMicro: 100n, day: '2026-03-26' });
  });

  it('says nothing where nothing was spent, and that all is used up where it is', () => {
    expect(outlook([], 250n, '2026-03-24')).toEqual({ kind: 'idle' });
    expect(outlook([], 0n, '2026-03-24')).toEqual({ kind: 'used_up' });
    expect(outlook([], -1n, '2026-03-24')).toEqual({ kind: 'used_up' });
  });
});

describe('the balances', () => {
  it('go back from what remains now, day by day, to the grant', () => {
    const days = spent(['2026-02-28', 1_000n], ['2026-03-01', 30n], ['2026-03-03', 5n]);
    expect(balances(days, 65n, '2026-03-03')).toEqual([
      { day: '2026-02-28', remainingMicro: 100n },
      { day: '2026-03-01', remainingMicro: 70n },
      { day: '2026-03-02', remainingMicro: 70n },
      { day: '2026-03-03', remainingMicro: 65n },
    ]);
  });
});

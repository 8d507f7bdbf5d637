import { describe, expect, it } from 'vitest';
import { NOTHING } from '../figures/totals.ts';
import { columnAt, labelEvery, plotColumns } from './geometry.ts';

const AREA = { width: 300, height: 100 };
const segment = (key: string, costMicro: bigint) => ({ key, totals: { ...NOTHING, costMicro } });
const column = (...segments: ReturnType<typeof segment>[]) => ({
  startSeconds: 0,
  total: { ...NOTHING, costMicro: segments.reduce((total, one) => total + one.totals.costMicro, 0n) },
  segments,
});

describe('the plot', () => {
  it('stacks the parts of a column from the baseline to the height of its sum', () => {
    const [half, full] = plotColumns(
      [column(segment('a', 2_000_000n), segment('b', 3_000_000n)), column(segment('a', 10_000_000n))],
      'credits',
      AREA,
    ).columns;
    expect(half?.bars).toEqual([
      { key: 'a', y: 80, height: 20 },
      { key: 'b', y: 50, height: 30 },
    ]);
    expect(full?.bars).toEqual([{ key: 'a', y: 0, height: 100 }]);
  });

  it('leaves the smallest amount two pixels, and no amount none', () => {
    const [tiny, none] = plotColumns(
      [column(segment('a', 1n)), column(), column(segment('a', 1_000_000_000n))],
      'credits',
      AREA,
    ).columns;
    expect(tiny?.bars).toEqual([{ key: 'a', y: 98, height: 2 }]);
    expect(none?.bars).toEqual([]);
  });

  it('has lines at whole calls only, and one at the baseline where nothing is', () => {
    const one = { startSeconds: 0, total: { ...NOTHING, requests: 1n }, segments: [] };
    expect(plotColumns([one], 'requests', AREA).ticks.map(({ value }) => value)).toEqual([0, 1]);
    expect(plotColumns([column()], 'requests', AREA).ticks).toEqual([{ value: 0, y: 100 }]);
  });

  it.each([
    [-50, 0],
    [0, 0],
    [150, 1],
    [299, 2],
    [900, 2],
  ])('finds the column at %i to be the one numbered %i', (x, index) => {
    const plot = plotColumns([column(), column(), column()], 'credits', AREA);
    expect(columnAt(plot, x)).toBe(index);
  });
});

it('leaves out labels that would not fit', () => {
  expect([labelEvery(30, 600, 60), labelEvery(7, 600, 60), labelEvery(30, 0, 60)]).toEqual([3, 1, 30]);
});

import { describe, expect, it } from 'vitest';
import { measureSpread, ratios, showReport, showSpread } from './figures.ts';

describe('a spread', () => {
  it.each([
    [[3], { least: 3, median: 3, most: 3 }],
    [[9, 1, 5], { least: 1, median: 5, most: 9 }],
    [[10, 2, 4, 8], { least: 2, median: 6, most: 10 }],
  ])('of %j', (figures, spread) => {
    expect(measureSpread(figures)).toEqual(spread);
  });

  it('reads as the median, and from where to where', () => {
    expect(showSpread({ least: 0.5, median: 1.234, most: 2_000 }, 2)).toBe('1.23 (0.50..2,000.00)');
  });
});

it('divides round by round', () => {
  expect(ratios([6, 9], [2, 9])).toEqual([3, 1]);
});

describe('a report', () => {
  it('is as wide as its widest cells, with figures to the right, and empty where there are none', () => {
    const columns = [{ name: 'us' }, { name: 'x', digits: 1 }];
    const rows = [
      { name: 'pipe', figures: [[7, 7, 7], []] },
      { name: 'rigkit', figures: [[12_345], [2, 4]] },
    ];
    expect(showReport({ title: 'A bench', columns, rows }).split('\n')).toEqual([
      'A bench',
      '',
      '| median (least..most) |                      us |              x |',
      '| -------------------- | ----------------------: | -------------: |',
      '| pipe                 |                7 (7..7) |                |',
      '| rigkit               | 12,345 (12,345..12,345) | 3.0 (2.0..4.0) |',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { showSpread, spreadOf, table } from './figures.ts';

describe('a spread', () => {
  it.each([
    [[3], { least: 3, median: 3, most: 3 }],
    [[9, 1, 5], { least: 1, median: 5, most: 9 }],
    [[10, 2, 4, 8], { least: 2, median: 6, most: 10 }],
  ])('of %j', (figures, spread) => {
    expect(spreadOf(figures)).toEqual(spread);
  });

  it('reads as the median, and from where to where', () => {
    expect(showSpread({ least: 0.5, median: 1.234, most: 2_000 }, 2)).toBe('1.23 (0.50..2,000.00)');
  });
});

describe('a table', () => {
  it('is as wide as its widest cells, with figures to the right', () => {
    expect(
      table(
        ['who', 'us'],
        [
          ['pipe', '7'],
          ['rigkit', '12,345'],
        ],
      ),
    ).toBe(['| who    |     us |', '| ------ | -----: |', '| pipe   |      7 |', '| rigkit | 12,345 |'].join('\n'));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, fillBuckets, metricWindow, monthAfter, monthAt, startOfMonth, usageWindowStart } from './periods.ts';

const at = (text: string) => Date.parse(text);
const times = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2099-12-31T23:59:59Z') });

describe('months and days', () => {
  it('turn at midnight UTC', () => {
    expect(monthAt(at('2025-01-31T23:59:59.999Z'))).toBe('2025-01');
    expect(monthAt(at('2025-02-01T00:00:00.000Z'))).toBe('2025-02');
    expect(dayAt(at('2025-02-01T00:30:00+01:00'))).toBe('2025-01-31');
  });

  it('follow one another over the end of a year', () => {
    expect(monthAfter('2024-12')).toBe('2025-01');
    expect(monthAfter('2025-01')).toBe('2025-02');
  });

  it('hold every moment between their start and the next start', () => {
    fc.assert(
      fc.property(times, (moment) => {
        const month = monthAt(moment);
        expect(startOfMonth(month)).toBeLessThanOrEqual(moment);
        expect(startOfMonth(monthAfter(month))).toBeGreaterThan(moment);
      }),
    );
  });
});

describe('the usage window', () => {
  it('is 30 days long, today included', () => {
    expect(usageWindowStart(at('2025-03-30T23:59:00Z'))).toBe('2025-03-01');
  });
});

describe('metric ranges', () => {
  it.each([
    ['1h', 60, 60],
    ['6h', 300, 72],
    ['24h', 900, 96],
    ['7d', 3600, 168],
  ] as const)('%s has steps of %i s, %i of them', (range, stepSeconds, count) => {
    const window = metricWindow(range, at('2025-03-05T10:20:30Z'));
    expect(window.stepSeconds).toBe(stepSeconds);
    expect(fillBuckets(window, [], { requests: 0 })).toHaveLength(count);
  });

  it('are aligned, and end with the bucket under way', () => {
    fc.assert(
      fc.property(times, fc.constantFrom('1h', '6h', '24h', '7d'), (moment, range) => {
        const { from, to, stepSeconds } = metricWindow(range, moment);
        expect(from % (stepSeconds * 1000)).toBe(0);
        expect(to).toBeGreaterThan(moment);
        expect(to - moment).toBeLessThanOrEqual(stepSeconds * 1000);
      }),
    );
  });

  it('list buckets without usage as empty, in order', () => {
    const window = { from: 0, to: 180_000, stepSeconds: 60 };
    expect(fillBuckets(window, [{ from: 60_000, requests: 3 }], { requests: 0 })).toEqual([
      { from: 0, requests: 0 },
      { from: 60_000, requests: 3 },
      { from: 120_000, requests: 0 },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, daysUntil, firstOfNextMonth, formatLongDay, formatStep, toDay } from './calendar.ts';

describe('the calendar', () => {
  it.each([
    ['2026-01-31', '2026-02-01'],
    ['2026-12-01', '2027-01-01'],
    ['2028-02-29', '2028-03-01'],
  ])('grants credits anew after %s on %s', (day, first) => {
    expect(firstOfNextMonth(day)).toBe(first);
  });

  it('counts days over a month and a year', () => {
    expect(daysUntil('2026-01-02', 4)).toEqual(['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']);
    expect(daysBetween('2025-12-30', '2026-01-02')).toBe(3);
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('is that of UTC, whatever the zone of the machine', () => {
    expect(toDay(Date.parse('2026-03-24T23:59:59Z') / 1000)).toBe('2026-03-24');
    expect(formatLongDay('2026-03-24')).toBe('Tuesday 24 March');
    expect(formatStep(Date.parse('2026-03-24T23:00:00Z') / 1000, 3600)).toBe('24 Mar, 23:00 to 00:00');
  });
});

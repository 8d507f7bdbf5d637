import { describe, expect, it } from 'vitest';
import type { Series } from '../data/facts.ts';
import { startOfDay } from '../figures/calendar.ts';
import { NOTHING, sum, type Totals } from '../figures/totals.ts';
import {
  dayColumns,
  hoursOnDay,
  OTHERS,
  stackedKeys,
  stepColumns,
  UNDIVIDED,
  workspacesToTellApart,
} from './columns.ts';

const used = (costMicro: bigint): Totals => ({ requests: 1n, inputTokens: 10n, outputTokens: 1n, costMicro });

/** Hours from 22:00 of 22 March on, with what was spent in each. */
function hours(...costs: (bigint | null)[]): Series {
  const from = startOfDay('2026-03-22') + 22 * 3600;
  const steps = costs.map((cost, index) => ({
    startSeconds: from + index * 3600,
    ...(cost === null ? NOTHING : used(cost)),
  }));
  return { stepSeconds: 3600, steps };
}

const ACCOUNT = hours(1n, null, 10n, 20n);
const DIVIDED = { account: ACCOUNT, workspaces: new Map([['ws-a', hours(1n, null, 10n, null)]]) };

describe('columns of hours', () => {
  it('tell workspaces apart, and leave to others what none of them accounts for', () => {
    expect(stepColumns(DIVIDED).map(({ segments }) => segments)).toEqual([
      [{ key: 'ws-a', totals: used(1n) }],
      [],
      [{ key: 'ws-a', totals: used(10n) }],
      [{ key: OTHERS, totals: used(20n) }],
    ]);
  });

  it('belong to a day only where the series has it from its first hour', () => {
    const columns = stepColumns(DIVIDED);
    expect(hoursOnDay(columns, '2026-03-22')).toEqual([]);
    expect(hoursOnDay(columns, '2026-03-23')).toHaveLength(2);
  });
});

describe('columns of days', () => {
  const usage = (cost: bigint) => ({
    windowDays: 3,
    workspaces: [],
    days: [
      { day: '2026-03-22', ...used(7n) },
      { day: '2026-03-23', ...sum([used(10n), used(cost)]) },
    ],
  });

  it('are divided where the hours cover the whole day, and add up to what the platform says of it', () => {
    const columns = dayColumns(usage(20n), '2026-03-23', DIVIDED);
    expect(columns.map(({ segments }) => segments.map(({ key }) => key))).toEqual([[], [UNDIVIDED], ['ws-a', OTHERS]]);
    expect(columns.map(({ total }) => total.costMicro)).toEqual([0n, 7n, 30n]);
    for (const { total, segments } of columns) expect(sum(segments.map(({ totals }) => totals))).toEqual(sum([total]));
  });

  it('are not divided while the parts, read a moment later, are more than the sum', () => {
    const [, , today] = dayColumns(
      { ...usage(20n), days: [{ day: '2026-03-23', ...used(9n) }] },
      '2026-03-23',
      DIVIDED,
    );
    expect(today?.segments).toEqual([{ key: UNDIVIDED, totals: used(9n) }]);
  });

  it('end at the last day that is listed where that is after what we take for today', () => {
    const days = dayColumns(usage(20n), '2026-03-22', undefined).map(({ startSeconds }) => startSeconds);
    expect(days.at(-1)).toBe(startOfDay('2026-03-23'));
  });
});

it('tells the six busiest living workspaces apart, in the order of the platform', () => {
  const row = (id: string, requests: bigint) => ({ id, name: id, ...NOTHING, requests });
  const rows = [
    row('g', 1n),
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id, 5n)),
    row('gone', 9n),
    row('idle', 0n),
  ];
  const living = ['idle', 'g', 'f', 'a', 'e', 'b', 'd', 'c'];
  expect(workspacesToTellApart(rows, living)).toEqual(['f', 'a', 'e', 'b', 'd', 'c']);
});

it('lists the keys of a chart as they are told apart, and what is not divided last', () => {
  const columnWith = (...keys: string[]) => ({
    startSeconds: 0,
    total: used(1n),
    segments: keys.map((key) => ({ key, totals: used(1n) })),
  });
  const columns = [columnWith(UNDIVIDED), columnWith('b', OTHERS), columnWith('late', 'a', 'b')];
  expect(stackedKeys(columns, ['a', 'unused', 'b'])).toEqual(['a', 'b', 'late', OTHERS, UNDIVIDED]);
});

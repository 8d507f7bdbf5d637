import { expect, it } from 'vitest';
import { NOTHING } from '../figures/totals.ts';
import { type SortColumn, sortedBy, sortRows, workspaceRows } from './workspace-rows.ts';

const row = (name: string, costMicro: bigint) => ({
  ...NOTHING,
  id: `ws-${name}`,
  name,
  costMicro,
  workspace: undefined,
});
const ROWS = [row('shard-10', 1n), row('shard-9', 9_007_199_254_740_993n), row('shard-1', 1n)];
const names = (column: SortColumn, direction: 'ascending' | 'descending') =>
  sortRows(ROWS, { column, direction }).map(({ name }) => name);

it('sorts by exact amounts, and equal ones by name', () => {
  expect(names('costMicro', 'descending')).toEqual(['shard-9', 'shard-1', 'shard-10']);
  expect(names('costMicro', 'ascending')).toEqual(['shard-1', 'shard-10', 'shard-9']);
});

it('sorts names as people count', () => {
  expect(names('name', 'ascending')).toEqual(['shard-1', 'shard-9', 'shard-10']);
  expect(names('name', 'descending')).toEqual(['shard-10', 'shard-9', 'shard-1']);
});

it('turns round at a second click, and starts numbers from the top', () => {
  const byCost = sortedBy({ column: 'name', direction: 'ascending' }, 'costMicro');
  expect([byCost, sortedBy(byCost, 'costMicro')]).toEqual([
    { column: 'costMicro', direction: 'descending' },
    { column: 'costMicro', direction: 'ascending' },
  ]);
});

it('lists workspaces that used nothing, and those that are gone but did', () => {
  const living = [{ id: 'ws-new', name: 'new', mode: null }];
  const rows = workspaceRows({ windowDays: 30, days: [], workspaces: [row('gone', 5n)] }, living);
  expect(rows.map(({ id, costMicro, workspace }) => [id, costMicro, workspace])).toEqual([
    ['ws-gone', 5n, undefined],
    ['ws-new', 0n, living[0]],
  ]);
});

import type { Usage, Workspace, WorkspaceUsage } from '../data/facts.ts';
import { NOTHING } from '../figures/totals.ts';

export interface WorkspaceRow extends WorkspaceUsage {
  /** Undefined: the workspace was deleted. Its usage still counts. */
  readonly workspace: Workspace | undefined;
}

/** Every workspace with its usage, and deleted workspaces with usage. */
export function workspaceRows(usage: Usage, workspaces: readonly Workspace[]): readonly WorkspaceRow[] {
  const living = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
  const used = usage.workspaces.map((row) => ({ ...row, workspace: living.get(row.id) }));
  const usedIds = new Set(used.map(({ id }) => id));
  const idle = workspaces
    .filter(({ id }) => !usedIds.has(id))
    .map((workspace) => ({ ...NOTHING, id: workspace.id, name: workspace.name, workspace }));
  return [...used, ...idle];
}

export type SortColumn = 'name' | 'requests' | 'inputTokens' | 'outputTokens' | 'costMicro';

export interface Sorting {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
}

/** A second click on a column reverses its order. Another column starts with names ascending, numbers descending. */
export function sortedBy(current: Sorting, column: SortColumn): Sorting {
  if (column !== current.column) return { column, direction: column === 'name' ? 'ascending' : 'descending' };
  return { column, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
}

/** Equal rows are sorted by name, then by id, so that the table is stable while numbers change. */
export function sortRows(rows: readonly WorkspaceRow[], { column, direction }: Sorting): readonly WorkspaceRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const order = column === 'name' ? byName(a, b) : compare(a[column], b[column]);
    return order * sign || byName(a, b) || compare(a.id, b.id);
  });
}

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: WorkspaceRow, b: WorkspaceRow) => collator.compare(a.name, b.name);

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

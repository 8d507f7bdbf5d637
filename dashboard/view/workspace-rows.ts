import type { Usage, Workspace, WorkspaceUsage } from '../data/facts.ts';
import { NOTHING } from '../figures/totals.ts';

export interface WorkspaceRow extends WorkspaceUsage {
  /** Undefined where the workspace was deleted: what it used still counts. */
  readonly workspace: Workspace | undefined;
}

/** Every workspace with what it used, and those that are gone but did use something. */
export function workspaceRows(usage: Usage, workspaces: readonly Workspace[]): readonly WorkspaceRow[] {
  const living = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
  const used = usage.workspaces.map((row) => ({ ...row, workspace: living.get(row.id) }));
  const usedIds = new Set(used.map(({ id }) => id));
  const idle = workspaces
    .filter(({ id }) => !usedIds.has(id))
    .map((workspace) => ({ ...NOTHING, id: workspace.id, name: workspace.name, workspace }));
  return [...used, ...idle];
}

import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { jsonOf } from '../http/http-call.ts';
import { deleteWorkspace, workspaceOf } from './workspaces.ts';

const list = z.object({
  vms: z.array(z.object({ id: z.string().min(1), name: z.string(), created_at: z.string().optional() })),
});

/** The name of a workspace that a run creates: whoever finds one knows where it comes from. */
export function workspaceName(runId: string, what: string | number): string {
  return `conformance-${runId}-${what}`;
}

/** The run that a workspace is named after; undefined where it is no run's. */
export function runOf(name: string): string | undefined {
  return /^conformance-([0-9a-f]{8})-/.exec(name)?.[1];
}

/** The account's workspaces; none where they cannot be listed, which is a check's matter. */
export async function listWorkspaces(caller: Caller): Promise<z.output<typeof list>['vms']> {
  const result = list.safeParse(jsonOf(await caller.get('/workspaces')));
  return result.success ? result.data.vms : [];
}

/** Deletes what the account has of a run. */
export async function deleteWorkspacesOf(caller: Caller, runId: string): Promise<void> {
  for (const { id, name } of await listWorkspaces(caller)) {
    if (runOf(name) === runId) await deleteWorkspace(caller, workspaceOf(id, name, undefined));
  }
}

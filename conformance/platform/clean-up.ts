import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { jsonOf } from '../http/http-call.ts';
import { deleteWorkspace, workspaceOf } from './workspaces.ts';

/** What is to be undone, last first. Failures are noted for the report; they fail no requirement. */
export interface CleanUp {
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes everything; what fails or is not done when `signal` aborts is named in `leftBehind`. */
  run(signal: AbortSignal): Promise<void>;
  readonly leftBehind: readonly string[];
}

/** An empty list of things to undo. */
export function createCleanUp(): CleanUp {
  const waiting: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  const leftBehind: string[] = [];

  async function run(signal: AbortSignal): Promise<void> {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      if (signal.aborted) {
        leftBehind.push(`${entry.what}: no time left`);
        continue;
      }
      try {
        await entry.undo();
      } catch (error) {
        leftBehind.push(`${entry.what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return { add: (what, undo) => waiting.push({ what, undo }), run, leftBehind };
}

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

import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { Unverified } from '../http/errors.ts';
import { parseBody } from '../http/http-call.ts';
import { givenShape, givenStatus } from '../http/want.ts';
import { creationBody } from './resources.ts';

/** A workspace that the suite created and will delete. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** The key that the 201 answer showed, where the platform does that. */
  readonly key: string | undefined;
  /** `/workspaces/{id}` and what follows it. */
  path(rest?: string): string;
}

const created = z.object({
  vm: z.object({ id: z.string().min(1) }),
  workspace_key: z.string().min(1).optional(),
});

/** Creates a workspace, for the caller to delete. Unverified where the platform does not create it. */
export async function createWorkspace(caller: Caller, name: string): Promise<Workspace> {
  const answered = await caller.post('/workspaces', creationBody('workspaces', name));
  if (answered.response.status === 402) {
    throw new Unverified('the plan of the account leaves no room for a workspace of the suite', answered);
  }
  const { vm, workspace_key: key } = givenShape(answered, created);
  return toWorkspace(vm.id, name, key);
}

/** A workspace by its id; `key` is undefined where the suite was not shown one. */
export function toWorkspace(id: string, name: string, key: string | undefined): Workspace {
  return { id, name, key, path: (rest) => workspacePath(id, rest) };
}

/** Ids are opaque: they may hold what a path cannot. */
export function workspacePath(id: string, rest = ''): string {
  return `/workspaces/${encodeURIComponent(id)}${rest}`;
}

/**
 * Takes the stored key away, and every override but `managed` mode. Switching to managed clears the key, so that no field is needed whose rules are themselves under test.
 */
export async function resetToManaged(caller: Caller, workspace: Workspace): Promise<void> {
  givenStatus(await caller.put(workspace.path('/ai-config'), { mode: 'managed', provider: null, model: null }), 200);
}

/** Takes stored key and overrides away: the workspace inherits everything. */
export async function resetToInherited(caller: Caller, workspace: Workspace): Promise<void> {
  await resetToManaged(caller, workspace);
  givenStatus(await caller.put(workspace.path('/ai-config'), { mode: null }), 200);
}

const minted = z.object({ key: z.string().min(1) });

/**
 * The key that a workspace of the suite calls the proxy with: shown at creation, or minted. Undefined where the platform
 * does neither; it ends with its workspace, so that nothing has to be undone.
 */
export async function workspaceKey(caller: Caller, workspace: Workspace): Promise<string | undefined> {
  if (workspace.key !== undefined) return workspace.key;
  const body = creationBody('api-keys', workspace.name, { workspace_id: workspace.id });
  const answered = await caller.post('/api-keys', body);
  const result = minted.safeParse(parseBody(answered));
  return answered.response.status === 201 && result.success ? result.data.key : undefined;
}

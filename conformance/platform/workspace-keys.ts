import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import { jsonOf } from '../http/http-call.ts';
import type { Workspace } from './workspaces.ts';

const minted = z.object({ key: z.string().min(1) });

/**
 * The key that a workspace of the suite calls the proxy with: shown at creation, or minted. Undefined where the platform
 * does neither; it ends with its workspace, so that nothing has to be undone.
 */
export async function workspaceKey(caller: Caller, workspace: Workspace): Promise<string | undefined> {
  if (workspace.key !== undefined) return workspace.key;
  const answered = await caller.post('/api-keys', { name: workspace.name, workspace_id: workspace.id });
  const result = minted.safeParse(jsonOf(answered));
  return answered.answer.status === 201 && result.success ? result.data.key : undefined;
}

import { z } from 'zod';
import type { Caller } from '../../http/caller.ts';
import { givenShape } from '../../http/want.ts';

const list = z.object({ vms: z.array(z.object({ id: z.string() })) });

/** Ids of the account's workspaces, sorted. */
export async function givenWorkspaceIds(caller: Caller): Promise<readonly string[]> {
  const { vms } = givenShape(await caller.get('/workspaces'), list);
  return vms.map(({ id }) => id).sort();
}

import type { Caller } from '../../http/caller.ts';
import { NotApplicable } from '../../http/errors.ts';
import { givenStatus, wantStatus, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import type { ProxyCaller } from '../../platform/proxy-caller.ts';
import { workspaceOf } from '../../platform/workspaces.ts';
import { type Check, check } from '../check.ts';
import { callAi, stubbed } from '../steps/ai-calls.ts';
import { givenApiKey } from '../steps/api-keys.ts';

const MODELS = '/v1/models';

/** Contract section 4, Identity: the keys that workspaces call the proxy with, from their first day to their last. */
export const workspaceKeyChecks: readonly Check[] = [
  check('WSP-016', ['proxy'], async (t) => {
    const { workspace, shaped } = await t.ownProxy();
    if (workspace.key === undefined) throw new NotApplicable('the 201 answer carries no workspace_key');
    const answered = await shaped('openai').get(MODELS);
    wantThat(answered.answer.status !== 401, 'a status other than 401', 'status 401', answered);
  }),

  check('WSP-033', ['proxy'], async (t) => {
    const fresh = await t.newWorkspace();
    const caller = (await t.proxyOf(fresh)).shaped('openai');
    await givenLetIn(caller);
    givenStatus(await t.funded.delete(fresh.path()), 200);
    wantStatus(await caller.get(MODELS), 401);
  }),

  check('KEY-013', ['proxy'], async (t) => {
    const { caller } = await minted(t);
    const answered = await caller.get(MODELS);
    wantThat(answered.answer.status !== 401, 'a status other than 401', 'status 401', answered);
  }),

  check('KEY-024', ['proxy'], async (t) => {
    const { id, caller } = await minted(t);
    await givenLetIn(caller);
    givenStatus(await t.funded.delete(`/api-keys/${id}`), 200);
    wantStatus(await caller.get(MODELS), 401);
  }),

  check('ANT-011', stubbed('anthropic'), async (t) => {
    await t.stub('anthropic');
    const own = await t.ownProxy();
    const identities = [['x-api-key', own.key] as const, ['authorization', `Bearer ${own.key}`] as const];
    for (const identity of identities) {
      const caller: ProxyCaller = { ...own, shaped: () => own.identified([identity]) };
      wantStatus(await callAi(t, caller, 'anthropic'), 200);
    }
  }),
];

/** A further key of the run's workspace. */
async function minted(t: Context) {
  const { id: workspaceId } = await t.workspace();
  const { id, key } = await givenApiKey(t, 'funded', { workspace_id: workspaceId });
  const caller = await t.proxyOf(workspaceOf(workspaceId, workspaceId, key));
  return { id, caller: caller.shaped('openai') };
}

async function givenLetIn(caller: Caller): Promise<void> {
  givenStatus(await caller.get(MODELS), 200);
}

import type { RequirementId } from '../../../generated/requirements.ts';
import type { Caller } from '../../http/caller.ts';
import { NotApplicable } from '../../http/errors.ts';
import { givenStatus, wantStatus, wantThat } from '../../http/want.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { Context } from '../../platform/context.ts';
import { toWorkspace } from '../../platform/workspaces.ts';
import { type Check, check } from '../check.ts';
import { callAi, stubbed } from '../steps/metering.ts';
import { type Route, wantUnknownKeyRefused } from '../steps/refusals.ts';
import { givenCreated } from '../steps/resources.ts';
import { batch, chat, completion, content, contents, countable, embedding, response } from '../steps/route-bodies.ts';

const MODELS = '/v1/models';
const GEMINI = '/google/v1beta/models';

/** Every route of the proxy, where a workspace key that was never issued is refused. */
const routes: readonly (readonly [RequirementId, Route])[] = [
  ['OAI-024', { shape: 'openai', method: 'POST', path: '/v1/chat/completions', body: chat }],
  ['OAI-060', { shape: 'openai', method: 'POST', path: '/v1/completions', body: completion }],
  ['OAI-061', { shape: 'openai', method: 'POST', path: '/v1/responses', body: response }],
  ['OAI-062', { shape: 'openai', method: 'POST', path: '/v1/embeddings', body: embedding }],
  ['OAI-063', { shape: 'openai', method: 'GET', path: '/v1/models' }],
  ['OAI-064', { shape: 'openai', method: 'POST', path: '/openai/v1/completions', body: completion }],
  ['OAI-065', { shape: 'openai', method: 'POST', path: '/openai/v1/responses', body: response }],
  ['OAI-066', { shape: 'openai', method: 'POST', path: '/openai/v1/embeddings', body: embedding }],
  ['OAI-067', { shape: 'openai', method: 'GET', path: '/openai/v1/models' }],
  ['ANT-010', { shape: 'anthropic', method: 'POST', path: '/v1/messages', body: chat }],
  ['ANT-060', { shape: 'anthropic', method: 'POST', path: '/v1/messages/count_tokens', body: countable }],
  ['ANT-061', { shape: 'anthropic', method: 'POST', path: '/anthropic/v1/messages/count_tokens', body: countable }],
  ['ANT-062', { shape: 'anthropic', method: 'GET', path: '/anthropic/v1/models' }],
  ['GEM-010', { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:generateContent`, body: contents }],
  ['GEM-060', { shape: 'google', method: 'GET', path: GEMINI }],
  ['GEM-061', { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:streamGenerateContent`, body: contents }],
  ['GEM-062', { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:countTokens`, body: contents }],
  ['GEM-063', { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:embedContent`, body: content }],
  ['GEM-064', { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:batchEmbedContents`, body: batch }],
];

/** The keys that workspaces call the proxy with, from their first day to their last. */
export const checks: readonly Check[] = [
  check('WSP-016', ['proxy'], async (t) => {
    const { workspace, shaped } = await t.ownProxy();
    if (workspace.key === undefined) throw new NotApplicable('the 201 answer carries no workspace_key');
    const answered = await shaped('openai').get(MODELS);
    wantThat(answered.response.status !== 401, 'a status other than 401', 'status 401', answered);
  }),

  check('WSP-033', ['proxy'], async (t) => {
    const fresh = await t.newWorkspace();
    const caller = (await t.proxyFor(fresh)).shaped('openai');
    await givenLetIn(caller);
    givenStatus(await t.funded.delete(fresh.path()), 200);
    wantStatus(await caller.get(MODELS), 401);
  }),

  check('KEY-013', ['proxy'], async (t) => {
    const { caller } = await minted(t);
    const answered = await caller.get(MODELS);
    wantThat(answered.response.status !== 401, 'a status other than 401', 'status 401', answered);
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

  ...routes.map(([id, route]) => check(id, stubbed(route.shape), (t) => wantUnknownKeyRefused(t, route))),
];

/** A further key of the run's workspace. */
async function minted(t: Context) {
  const { id: workspaceId } = await t.workspace();
  const { id, secret: key } = await givenCreated(t, 'funded', 'api-keys', { workspace_id: workspaceId });
  const caller = await t.proxyFor(toWorkspace(workspaceId, workspaceId, key));
  return { id, caller: caller.shaped('openai') };
}

async function givenLetIn(caller: Caller): Promise<void> {
  givenStatus(await caller.get(MODELS), 200);
}

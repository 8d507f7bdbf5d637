import { randomUUID } from 'node:crypto';
import { givenStatus, wantEqual, wantStatus, wantThat } from '../../http/want.ts';
import { workspacePath } from '../../platform/workspaces.ts';
import { type Check, check } from '../check.ts';
import { givenApiKey, givenKeyIds, givenWorkspaceIds, wantIndistinguishable } from '../steps/resources.ts';

/** Contract section 1: a valid credential on somebody else's resource. */
export const checks: readonly Check[] = [
  check('WSP-002', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const listed = (await givenWorkspaceIds(t.funded)).includes(foreign.id);
    wantThat(!listed, `no workspace ${foreign.id} in the list`, 'it is there');
    const key = await givenApiKey(t, 'other');
    wantThat(!(await givenKeyIds(t.funded)).includes(key.id), `no key ${key.id} in the list`, 'it is there');
  }),

  check('WSP-021', ['other-key'], async ({ funded, as, foreignWorkspace, runId }) => {
    const { id } = await foreignWorkspace();
    givenStatus(await as('other').get(workspacePath(id)), 200);
    const unknown = `ws-none-${runId}`;
    for (const rest of ['', '/ai-config', '/mode', '/ai-usage/metrics', '/ai-usage/metrics/summary']) {
      wantIndistinguishable(
        { answered: await funded.get(workspacePath(id, rest)), id },
        { answered: await funded.get(workspacePath(unknown, rest)), id: unknown },
      );
    }
  }),

  check('WSP-031', ['other-key'], async ({ funded, as, foreignWorkspace }) => {
    const foreign = await foreignWorkspace();
    givenStatus(await as('other').get(foreign.path()), 200);
    wantStatus(await funded.delete(foreign.path()), 404);
    wantStatus(await as('other').get(foreign.path()), 200);
  }),

  check('WSP-032', ['other-key'], async ({ funded, as, foreignWorkspace, runId }) => {
    const foreign = await foreignWorkspace();
    givenStatus(await as('other').get(foreign.path()), 200);
    const unknown = `ws-none-${runId}`;
    for (const [method, rest, body] of [
      ['PUT', '/ai-config', '{"model":"gpt-4o"}'],
      ['PUT', '/mode', '{"mode":"managed"}'],
      ['DELETE', '', undefined],
    ] as const) {
      const options = body === undefined ? {} : { body, headers: [['content-type', 'application/json']] as const };
      wantIndistinguishable(
        { answered: await funded.send(method, foreign.path(rest), options), id: foreign.id },
        { answered: await funded.send(method, workspacePath(unknown, rest), options), id: unknown },
      );
    }
  }),

  check('KEY-012', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const before = [await givenKeyIds(t.funded), await givenKeyIds(t.as('other'))];
    wantStatus(await t.funded.post('/api-keys', { name: t.marker, workspace_id: foreign.id }), 404);
    const after = [await givenKeyIds(t.funded), await givenKeyIds(t.as('other'))];
    wantEqual('keys of both accounts', after, before);
  }),

  check('KEY-022', ['other-key'], async (t) => {
    const key = await givenApiKey(t, 'other');
    wantStatus(await t.funded.delete(`/api-keys/${key.id}`), 404);
    wantStatus(await t.withKey(key.key).get('/users/me/credits'), 200);
  }),

  check('KEY-023', ['other-key'], async (t) => {
    const { id } = await givenApiKey(t, 'other');
    const unknown = randomUUID();
    wantIndistinguishable(
      { answered: await t.funded.delete(`/api-keys/${id}`), id },
      { answered: await t.funded.delete(`/api-keys/${unknown}`), id: unknown },
    );
  }),
];

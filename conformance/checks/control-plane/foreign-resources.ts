import { type Check, check } from '../../runner/check.ts';
import { documented } from '../../runner/documented.ts';
import { givenShape, givenStatus, wantEqual, wantStatus, wantThat } from '../../runner/want.ts';
import { givenApiKey, givenKeyIds } from '../probes/api-keys.ts';
import { wantIndistinguishable } from '../probes/foreign.ts';

/** Contract section 1: a valid credential on somebody else's resource. */
export const foreignResourceChecks: readonly Check[] = [
  check('WSP-002', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const workspaces = await t.funded.get('/workspaces');
    const { vms } = givenShape(workspaces, documented('ListWorkspacesResponse'));
    wantThat(!vms.some(({ id }) => id === foreign.id), `no ${foreign.id}`, 'it is listed', workspaces);

    const key = await givenApiKey(t, 'other');
    const keys = await t.funded.get('/api-keys');
    const { api_keys } = givenShape(keys, documented('ListApiKeysResponse'));
    wantThat(!api_keys.some(({ id }) => id === key.id), `no key ${key.id}`, 'it is listed', keys);
  }),

  check('WSP-021', ['other-key'], async ({ funded, as, foreignWorkspace, runId }) => {
    const { id } = await foreignWorkspace();
    givenStatus(await as('other').get(`/workspaces/${id}`), 200);
    const unknown = `ws-none-${runId}`;
    for (const rest of ['', '/ai-config', '/mode', '/ai-usage/metrics', '/ai-usage/metrics/summary']) {
      wantIndistinguishable(
        { answered: await funded.get(`/workspaces/${id}${rest}`), id },
        { answered: await funded.get(`/workspaces/${unknown}${rest}`), id: unknown },
      );
    }
  }),

  check('WSP-031', ['other-key'], async ({ funded, as, foreignWorkspace }) => {
    const foreign = await foreignWorkspace();
    givenStatus(await as('other').get(foreign.path()), 200);
    wantStatus(await funded.delete(foreign.path()), 404);
    wantStatus(await as('other').get(foreign.path()), 200);
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
];

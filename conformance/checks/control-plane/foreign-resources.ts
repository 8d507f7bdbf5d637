import { wantEqual, wantStatus, wantThat } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { givenApiKey, givenKeyIds, givenWorkspaceIds } from '../steps/resources.ts';

/** Contract section 1: a valid credential on somebody else's resource. */
export const checks: readonly Check[] = [
  check('WSP-002', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const listed = (await givenWorkspaceIds(t.funded)).includes(foreign.id);
    wantThat(!listed, `no workspace ${foreign.id} in the list`, 'it is there');
    const key = await givenApiKey(t, 'other');
    wantThat(!(await givenKeyIds(t.funded)).includes(key.id), `no key ${key.id} in the list`, 'it is there');
  }),

  check('KEY-012', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const before = [await givenKeyIds(t.funded), await givenKeyIds(t.as('other'))];
    wantStatus(await t.funded.post('/api-keys', { name: t.marker, workspace_id: foreign.id }), 404);
    const after = [await givenKeyIds(t.funded), await givenKeyIds(t.as('other'))];
    wantEqual('keys of both accounts', after, before);
  }),
];

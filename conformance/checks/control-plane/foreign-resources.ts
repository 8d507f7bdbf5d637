import { wantEqual, wantStatus, wantThat } from '../../http/want.ts';
import { creationBody } from '../../platform/resources.ts';
import { type Check, check } from '../check.ts';
import { givenCreated, givenIds } from '../steps/resources.ts';

/** A valid credential on a resource of another account. */
export const checks: readonly Check[] = [
  check('WSP-002', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const listed = (await givenIds(t.funded, 'workspaces')).includes(foreign.id);
    wantThat(!listed, `no workspace ${foreign.id} in the list`, 'it is there');
    const key = await givenCreated(t, 'other', 'api-keys');
    wantThat(!(await givenIds(t.funded, 'api-keys')).includes(key.id), `no key ${key.id} in the list`, 'it is there');
  }),

  check('KEY-012', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const keys = async () => [await givenIds(t.funded, 'api-keys'), await givenIds(t.as('other'), 'api-keys')];
    const before = await keys();
    const body = creationBody('api-keys', t.nextName(), { workspace_id: foreign.id });
    wantStatus(await t.funded.post('/api-keys', body), 404);
    wantEqual('keys of both accounts', await keys(), before);
  }),
];

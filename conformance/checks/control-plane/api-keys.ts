import { givenShape, givenStatus, wantEqual, wantShape, wantStatus, wantThat } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { create, givenCreated, givenIds } from '../steps/resources.ts';

const PATH = '/api-keys';

/** Keys of the account and of its workspaces. */
export const checks: readonly Check[] = [
  check('KEY-001', [], async (t) => {
    const { id, secret: key } = await givenCreated(t, 'funded', 'api-keys');
    const unused = await t.funded.get(PATH);
    wantStatus(unused, 200);
    const listed = wantShape(unused, documented('ListApiKeysResponse')).api_keys.find((row) => row.id === id);
    wantThat(listed !== undefined, `the new key ${id} in the list`, 'it is missing', unused);
    wantThat(listed?.last_used_at === undefined, 'no last_used_at before the first use', 'one', unused);

    givenStatus(await t.withKey(key).get('/users/me/credits'), 200);
    const used = await t.funded.get(PATH);
    const after = wantShape(used, documented('ListApiKeysResponse')).api_keys.find((row) => row.id === id);
    wantThat(after?.last_used_at !== undefined, 'a last_used_at after the first use', 'none', used);
  }),

  check('KEY-010', [], async (t) => {
    const answered = await create(t, 'funded', 'api-keys');
    wantStatus(answered, 201);
    const { key } = wantShape(answered, documented('CreateApiKeyResponse'));
    wantStatus(await t.withKey(key).get('/users/me/credits'), 200);
  }),

  check('KEY-011', [], async (t) => {
    const { id } = await t.workspace();
    const made = await create(t, 'funded', 'api-keys', { workspace_id: id });
    wantStatus(made, 201);
    const issued = wantShape(made, documented('CreateApiKeyResponse'));
    const list = await t.funded.get(PATH);
    const { api_keys } = givenShape(list, documented('ListApiKeysResponse'));
    const listed = api_keys.find((row) => row.id === issued.id);
    wantThat(listed?.is_workspace_key === true, `key ${issued.id} with is_workspace_key true`, 'not so listed', list);
    wantStatus(await t.withKey(issued.key).get('/users/me/credits'), 401);
  }),

  check('KEY-012', ['other-key'], async (t) => {
    const foreign = await t.foreignWorkspace();
    const keys = async () => [await givenIds(t.funded, 'api-keys'), await givenIds(t.as('other'), 'api-keys')];
    const before = await keys();
    wantStatus(await create(t, 'funded', 'api-keys', { workspace_id: foreign.id }), 404);
    wantEqual('keys of both accounts', await keys(), before);
  }),

  check('KEY-020', [], async (t) => {
    const { id } = await givenCreated(t, 'funded', 'api-keys');
    const answered = await t.funded.delete(`${PATH}/${id}`);
    wantStatus(answered, 200);
    wantShape(answered, documented('MessageResponse'));
    wantThat(!(await givenIds(t.funded, 'api-keys')).includes(id), `no key ${id} in the list`, 'it is still there');
  }),

  check('KEY-021', [], async (t) => {
    const { id, secret: key } = await givenCreated(t, 'funded', 'api-keys');
    givenStatus(await t.withKey(key).get('/users/me/credits'), 200);
    givenStatus(await t.funded.delete(`${PATH}/${id}`), 200);
    wantStatus(await t.withKey(key).get('/users/me/credits'), 401);
  }),
];

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, clientFor, NOON, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  platform.setClock(NOON);
  alice = await platform.join();
});

const listed = async (client = alice) => (await client.get('/api-keys')).body.api_keys;

describe('creating a key', () => {
  it('answers it once, and it works at once', async () => {
    const answer = await alice.post('/api-keys', { name: 'deploy' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      key: expect.stringMatching(/^rb_[0-9A-Za-z]{43}$/),
      name: 'deploy',
      is_workspace_key: false,
      created_at: '2026-03-15T12:00:00.000Z',
    });
    expect((await clientFor(platform.api, '', answer.body.key).get('/users/me/credits')).status).toBe(200);
    expect(JSON.stringify(await listed())).not.toContain(answer.body.key);
  });

  it.each([[{}], [{ name: '' }], [{ name: '  ' }]])('chooses a name for %j', async (body) => {
    expect((await alice.post('/api-keys', body)).body.name).toBe('API key');
  });

  it('for a workspace makes one that the control plane refuses', async () => {
    const workspaceId = await alice.workspace();
    const { body } = await alice.post('/api-keys', { workspace_id: workspaceId });
    expect(body).toMatchObject({
      is_workspace_key: true,
      workspace_id: workspaceId,
      key: expect.stringMatching(/^rb_ws_/),
    });
    expect((await clientFor(platform.api, '', body.key).get('/users/me/credits')).status).toBe(401);
    expect(await listed()).toContainEqual(expect.objectContaining({ id: body.id, is_workspace_key: true }));
  });

  it('for a workspace of another account responds as for an unknown one, and creates none', async () => {
    const bob = await platform.join();
    const before = await listed();
    const foreign = await alice.post('/api-keys', { workspace_id: await bob.workspace() });
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await alice.post('/api-keys', { workspace_id: 'ws-00000000' })).text);
    expect(await listed()).toEqual(before);
  });

  it.each([
    [{ nmae: 'x' }],
    [{ name: 'x'.repeat(65) }],
    [{ name: 'a\nb' }],
    [{ workspace_id: '' }],
    [{ workspace_id: null }],
  ])('with %j is refused', async (body) => {
    expect((await alice.post('/api-keys', body)).status).toBe(400);
  });
});

describe('the list of keys', () => {
  it('has previews, and says when a key was last used, to the minute', async () => {
    expect(await listed()).toEqual([
      {
        id: expect.any(String),
        name: 'test',
        key_preview: expect.stringMatching(/^rb_.{1,12}\.\.\.$/),
        is_workspace_key: false,
        created_at: '2026-03-15T12:00:00.000Z',
        last_used_at: '2026-03-15T12:00:00.000Z',
      },
    ]);
    platform.setClock(NOON + 59_999);
    expect((await listed())[0].last_used_at).toBe('2026-03-15T12:00:00.000Z');
    platform.setClock(NOON + 60_000);
    expect((await listed())[0].last_used_at).toBe('2026-03-15T12:01:00.000Z');
  });

  it('says nothing of the use of a key that was never used', async () => {
    const { body } = await alice.post('/api-keys', {});
    const key = (await listed()).find(({ id }: { id: string }) => id === body.id);
    expect(key).not.toHaveProperty('last_used_at');
  });
});

describe('deleting a key', () => {
  it('ends it at once', async () => {
    const { body } = await alice.post('/api-keys', {});
    expect(await alice.delete(`/api-keys/${body.id}`)).toMatchObject({
      status: 200,
      body: { message: 'API key deleted.' },
    });
    expect((await clientFor(platform.api, '', body.key).get('/users/me/credits')).status).toBe(401);
    expect((await alice.delete(`/api-keys/${body.id}`)).status).toBe(404);
  });

  it('of somebody else answers like for one that does not exist, and leaves it', async () => {
    const bob = await platform.join();
    const [key] = await listed(bob);
    const foreign = await alice.delete(`/api-keys/${key.id}`);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await alice.delete('/api-keys/nothing')).text);
    expect((await alice.delete(`/api-keys/${key.id}?even=a-bad-query-does-not-tell`)).status).toBe(404);
    expect((await bob.get('/users/me/credits')).status).toBe(200);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, clientFor, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  alice = await platform.join('pro');
});

describe('creating a workspace', () => {
  it('answers 201 with a running workspace of the local node, and its key', async () => {
    const answer = await alice.post('/workspaces', { name: 'storefront' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      vm: {
        id: expect.stringMatching(/^ws-[0-9a-z]{8}$/),
        user_id: alice.accountId,
        node_id: 'node-local',
        name: 'storefront',
        status: 'running',
        image: 'base',
        ram_mb: 1024,
        vcpu_count: 1,
        disk_size_mb: 1024,
        ai_mode: null,
        template_id: null,
        ip_address: expect.stringMatching(/^10\.0\.\d+\.\d+$/),
        created_at: '2026-03-15T12:00:00.000Z',
        updated_at: '2026-03-15T12:00:00.000Z',
      },
      workspace_key: expect.stringMatching(/^rb_ws_/),
    });
  });

  it('shows the key once: lists have a preview of it, and the control plane refuses it', async () => {
    const { body } = await alice.post('/workspaces', { name: 'storefront' });
    const { text } = await alice.get('/api-keys');
    expect(text).toContain(`"workspace_id":"${body.vm.id}"`);
    expect(text).not.toContain(body.workspace_key);
    expect((await alice.get(`/workspaces/${body.vm.id}`)).text).not.toContain('workspace_key');
    expect((await clientFor(platform.api, '', body.workspace_key).get('/users/me/credits')).status).toBe(401);
  });

  it.each([
    ['a template', { template_id: 'openclaw' }, { image: 'openclaw', ram_mb: 2048, vcpu_count: 2, disk_size_mb: 2048 }],
    [
      'sizes of its own',
      { ram_mb: 512, vcpu_count: 3, disk_size_mb: 100 },
      { ram_mb: 512, vcpu_count: 3, disk_size_mb: 100 },
    ],
    [
      'null for what it leaves to the template',
      { template_id: 'dev', ram_mb: null, image: null, catalog_ids: null },
      { image: 'dev', ram_mb: 1024, template_id: 'dev' },
    ],
    ['0 for a size it leaves to the template', { template_id: 'dev', disk_size_mb: 0 }, { disk_size_mb: 2048 }],
    ['an image of its own', { template_id: 'dev', image: 'my-image' }, { image: 'my-image', template_id: 'dev' }],
  ])('takes %s', async (_, fields, expected) => {
    const answer = await alice.post('/workspaces', { name: 'n', ...fields });
    expect(answer).toMatchObject({ status: 201, body: { vm: expected } });
  });

  it.each([
    ['no name', {}, ['/name']],
    ['a blank name', { name: '  ' }, ['/name']],
    ['an unknown field', { name: 'n', nmae: 'm' }, ['/nmae']],
    ['a size below zero', { name: 'n', ram_mb: -1 }, ['/ram_mb']],
    ['a fraction of a CPU', { name: 'n', vcpu_count: 0.5 }, ['/vcpu_count']],
    ['an unknown template', { name: 'n', template_id: 'nothing' }, ['/template_id']],
    [
      'things that there are none of',
      { name: 'n', catalog_ids: ['a', 'b'], setup_script_ids: ['c'] },
      ['/catalog_ids/0', '/catalog_ids/1', '/setup_script_ids/0'],
    ],
  ])('is refused with %s, and makes nothing', async (_, body, pointers) => {
    const answer = await alice.post('/workspaces', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    const found = answer.body.error.details.map(({ pointer }: { pointer: string }) => pointer);
    expect([...new Set(found)]).toEqual(pointers);
    expect((await alice.get('/workspaces')).body.vms).toEqual([]);
  });

  it.each([
    ['more workspaces', 2, {}, { limit: 'max_vms', allowed: 2, used: 2 }, 'The free plan allows 2 workspaces.'],
    [
      'more memory for one',
      0,
      { ram_mb: 1025 },
      { limit: 'max_ram_per_vm_mb', allowed: 1024, used: 0 },
      'The free plan allows 1024 MB of memory per workspace.',
    ],
    [
      'more disk in all',
      1,
      { disk_size_mb: 3073 },
      { limit: 'max_disk_total_mb', allowed: 4096, used: 1024 },
      'The free plan allows 4096 MB of disk in all.',
    ],
    [
      'more vCPU for one',
      0,
      { vcpu_count: 2 },
      { limit: 'max_vcpu_per_vm', allowed: 1, used: 0 },
      'The free plan allows 1 vCPU per workspace.',
    ],
  ])(
    'is refused with 402 that names the limit for %s than the plan has',
    async (_, existing, fields, details, message) => {
      const bob = await platform.join('free');
      for (let count = 0; count < existing; count += 1) await bob.workspace();
      const answer = await bob.post('/workspaces', { name: 'n', ...fields });
      expect(answer.status).toBe(402);
      expect(answer.body).toEqual({ error: { code: 'plan_limit_exceeded', message, details } });
      expect((await bob.get('/workspaces')).body.vms).toHaveLength(existing);
      expect((await bob.get('/api-keys')).body.api_keys).toHaveLength(1 + existing);
    },
  );
});

describe('workspaces', () => {
  it('are listed, oldest first, and read one by one', async () => {
    const ids = [await alice.workspace('one'), await alice.workspace('two')];
    const { vms } = (await alice.get('/workspaces')).body;
    expect(vms.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect((await alice.get(`/workspaces/${ids[0]}`)).body).toEqual({ vm: vms[0] });
  });

  it('end with their keys, and make room', async () => {
    const id = await alice.workspace();
    expect(await alice.delete(`/workspaces/${id}`)).toMatchObject({
      status: 200,
      body: { message: 'Workspace deleted.' },
    });
    expect((await alice.get(`/workspaces/${id}`)).status).toBe(404);
    expect((await alice.delete(`/workspaces/${id}`)).status).toBe(404);
    expect((await alice.get('/workspaces')).body.vms).toEqual([]);
    expect((await alice.get('/api-keys')).text).not.toContain(id);
  });
});

describe('a workspace of another account', () => {
  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/ai-config'],
    ['PUT', '/ai-config'],
    ['GET', '/mode'],
    ['PUT', '/mode'],
    ['GET', '/ai-usage/metrics'],
    ['GET', '/ai-usage/metrics/summary'],
  ])('answers %s %s like one that does not exist, and stays as it is', async (method, rest) => {
    const id = await alice.workspace();
    const bob = await platform.join();
    const call = (workspaceId: string) => {
      const path = `/workspaces/${workspaceId}${rest}`;
      if (method === 'PUT') return bob.put(path, { mode: 'byok', modle: 'even a bad body does not tell' });
      return method === 'GET' ? bob.get(path) : bob.delete(path);
    };
    const foreign = await call(id);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await call('ws-00000000')).text);
    expect(foreign.text).toBe((await call('%zz')).text);
    expect((await alice.get(`/workspaces/${id}/mode`)).body).toEqual({ mode: 'managed', source: 'user_default' });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;
let workspace: string;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  alice = await platform.join();
  workspace = `/workspaces/${await alice.workspace()}`;
});

describe('the mode of a workspace', () => {
  it('is inherited until it is set', async () => {
    expect((await alice.get(`${workspace}/mode`)).body).toEqual({ mode: 'managed', source: 'user_default' });
    await alice.put('/users/me/ai-mode', { mode: 'byok' });
    expect((await alice.get(`${workspace}/mode`)).body).toEqual({ mode: 'byok', source: 'user_default' });
  });

  it('is its own once it is set, to the default too', async () => {
    expect((await alice.put(`${workspace}/mode`, { mode: 'managed' })).body).toEqual({
      mode: 'managed',
      source: 'workspace',
    });
    await alice.put('/users/me/ai-mode', { mode: 'byok' });
    expect((await alice.get(`${workspace}/mode`)).body).toEqual({ mode: 'managed', source: 'workspace' });
  });

  it('is inherited again after null', async () => {
    await alice.put(`${workspace}/mode`, { mode: 'byok' });
    expect((await alice.put(`${workspace}/mode`, { mode: null })).body).toEqual({
      mode: 'managed',
      source: 'user_default',
    });
  });

  it('is the same fact as the mode of ai-config, and the ai_mode of the workspace', async () => {
    await alice.put(`${workspace}/mode`, { mode: 'byok' });
    expect((await alice.get(`${workspace}/ai-config`)).body).toMatchObject({ mode: 'byok' });
    await alice.put(`${workspace}/ai-config`, { mode: 'managed' });
    expect((await alice.get(`${workspace}/mode`)).body).toEqual({ mode: 'managed', source: 'workspace' });
    expect((await alice.get(workspace)).body.vm.ai_mode).toBe('managed');
  });

  it('is left alone by an empty object', async () => {
    await alice.put(`${workspace}/mode`, { mode: 'byok' });
    expect(await alice.put(`${workspace}/mode`, {})).toMatchObject({
      status: 200,
      body: { mode: 'byok', source: 'workspace' },
    });
  });

  it.each([
    [{ mode: 'free' }],
    [{ mode: 1 }],
    [{ mode: 'byok', provider: 'openai' }],
    [{ mode: 'byok', api_key: 'sk-x' }],
  ])('is left alone by %j, which is refused', async (body) => {
    expect((await alice.put(`${workspace}/mode`, body)).status).toBe(400);
    expect((await alice.get(`${workspace}/mode`)).body).toEqual({ mode: 'managed', source: 'user_default' });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;

const PLATFORM_DEFAULTS = { default_mode: 'managed', default_provider: 'openai', default_model: 'gpt-4o-mini' };

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  alice = await platform.join();
});

const put = (body: unknown) => alice.put('/users/me/ai-defaults', body);
const get = async () => (await alice.get('/users/me/ai-defaults')).body;

describe('the defaults of an account', () => {
  it('are those of the platform until they are set', async () => {
    expect(await get()).toEqual(PLATFORM_DEFAULTS);
  });

  it('keep what is left out, and clear what is null', async () => {
    await put({ default_mode: 'byok', default_provider: 'anthropic', default_model: 'claude-x' });
    expect((await put({ default_mode: 'managed' })).body).toEqual({
      default_mode: 'managed',
      default_provider: 'anthropic',
      default_model: 'claude-x',
    });
    await put({ default_mode: null, default_provider: null, default_model: null });
    expect(await get()).toEqual(PLATFORM_DEFAULTS);
  });

  it('are left alone by an empty object', async () => {
    await put({ default_provider: 'google' });
    const before = await get();
    expect(await put({})).toMatchObject({ status: 200, body: before });
  });

  it('bring the default model of their provider', async () => {
    expect((await put({ default_provider: 'google' })).body.default_model).toMatch(/^gemini-/);
  });

  it.each([
    [
      'the fields of ai-config',
      { mode: 'byok', provider: 'openai', api_key: 'sk-x', model: 'm' },
      ['/mode', '/provider', '/api_key', '/model'],
    ],
    ['one good and one unknown field', { default_mode: 'byok', default_modle: 'x' }, ['/default_modle']],
    ['a provider that does not exist', { default_provider: 'acme' }, ['/default_provider']],
    ['a blank model', { default_model: ' ' }, ['/default_model']],
  ])('are left alone by %s, which is refused', async (_, body, pointers) => {
    const answer = await put(body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    expect(answer.body.error.details.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect(await get()).toEqual(PLATFORM_DEFAULTS);
  });

  it('reach workspaces at once, but for what these set themselves', async () => {
    const path = `/workspaces/${await alice.workspace()}/ai-config`;
    await alice.put(path, { mode: 'managed' });
    await put({ default_mode: 'byok', default_provider: 'anthropic', default_model: 'claude-x' });
    expect((await alice.get(path)).body).toMatchObject({ mode: 'managed', provider: 'anthropic', model: 'claude-x' });
  });

  it('belong to one account', async () => {
    await put({ default_mode: 'byok' });
    const bob = await platform.join();
    expect((await bob.get('/users/me/ai-defaults')).body).toEqual(PLATFORM_DEFAULTS);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, NOON, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;
let path: string;

const KEY = 'sk-ant-0123456789abcdef';
const MANAGED = { mode: 'managed', provider: 'openai', model: 'gpt-4o-mini', status: 'managed_active' };

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  platform.setClock(NOON);
  alice = await platform.join();
  path = `/workspaces/${await alice.workspace()}/ai-config`;
});

/** What ai-config says after a change, one second later than the last one. */
async function put(body: unknown) {
  const answer = await alice.put(path, body);
  expect(answer.status).toBe(200);
  return answer.body;
}

const get = async () => (await alice.get(path)).body;

describe('a new workspace', () => {
  it('has the platform defaults in effect, since its creation', async () => {
    expect(await get()).toEqual({ ...MANAGED, updated_at: '2026-03-15T12:00:00.000Z' });
  });

  it('has the defaults of its account in effect', async () => {
    await alice.put('/users/me/ai-defaults', {
      default_mode: 'byok',
      default_provider: 'google',
      default_model: 'gemini-x',
    });
    expect(await get()).toMatchObject({
      mode: 'byok',
      provider: 'google',
      model: 'gemini-x',
      status: 'invalid_missing_key',
    });
  });
});

describe('a field', () => {
  it('that is left out keeps its value', async () => {
    await put({ provider: 'anthropic', model: 'claude-x' });
    expect(await put({ mode: 'byok' })).toMatchObject({ mode: 'byok', provider: 'anthropic', model: 'claude-x' });
    expect(await get()).toMatchObject({ mode: 'byok', provider: 'anthropic', model: 'claude-x' });
  });

  it.each([
    ['mode', 'byok'],
    ['provider', 'google'],
    ['model', 'gpt-x'],
  ])('%s that is null is cleared: what the account says is in effect', async (field, value) => {
    await put({ [field]: value });
    expect(await get()).toMatchObject({ [field]: value });
    expect(await put({ [field]: null })).toMatchObject(MANAGED);
  });

  it('that is null clears the stored key', async () => {
    expect(await put({ mode: 'byok', api_key: KEY })).toMatchObject({ status: 'byok_active' });
    expect(await put({ api_key: null })).toMatchObject({ mode: 'byok', status: 'invalid_missing_key' });
  });
});

describe('an empty object', () => {
  it('changes nothing, not even the time of the last change', async () => {
    const before = await put({ mode: 'byok', provider: 'anthropic', api_key: KEY });
    platform.setClock(NOON + 60_000);
    expect(await put({})).toEqual(before);
    expect(await get()).toEqual(before);
  });
});

describe('a change', () => {
  it('moves the time of the last change', async () => {
    platform.setClock(NOON + 60_000);
    expect(await put({ model: 'gpt-x' })).toMatchObject({ updated_at: '2026-03-15T12:01:00.000Z' });
  });

  it.each([
    [
      'an unknown field',
      { modle: 'x' },
      [{ in: 'body', pointer: '/modle', code: 'additionalProperties', message: 'Unknown field.' }],
    ],
    ['an unknown field beside a good one', { mode: 'byok', modle: 'x' }, [{ pointer: '/modle' }]],
    [
      'the fields of ai-defaults',
      { default_provider: 'google', default_model: 'x' },
      [{ pointer: '/default_provider' }, { pointer: '/default_model' }],
    ],
    ['the fields of a tutorial', { provider_keys: { openai: KEY } }, [{ pointer: '/provider_keys' }]],
    ['an unknown mode', { mode: 'free' }, [{ pointer: '/mode', code: 'enum' }]],
    ['an unknown provider', { provider: 'openrouter' }, [{ pointer: '/provider', code: 'enum' }]],
    [
      'a mode that is no string',
      { mode: true },
      [
        { pointer: '/mode', code: 'type' },
        { pointer: '/mode', code: 'enum' },
      ],
    ],
    [
      'an empty model',
      { model: '' },
      [
        { pointer: '/model', code: 'minLength' },
        { pointer: '/model', code: 'pattern' },
      ],
    ],
    ['a blank model', { model: ' \t ' }, [{ pointer: '/model', code: 'pattern' }]],
    ['a model with a control character', { model: 'a\u0007' }, [{ pointer: '/model', code: 'pattern' }]],
    ['a model that is too long', { model: 'x'.repeat(513) }, [{ pointer: '/model', code: 'maxLength' }]],
    [
      'an empty key',
      { mode: 'byok', api_key: '' },
      [
        { pointer: '/api_key', code: 'minLength' },
        { pointer: '/api_key', code: 'pattern' },
      ],
    ],
    ['a blank key', { mode: 'byok', api_key: '   ' }, [{ pointer: '/api_key', code: 'pattern' }]],
    ['a key with a line break', { mode: 'byok', api_key: `${KEY}\n` }, [{ pointer: '/api_key', code: 'pattern' }]],
    [
      'a key that is too long',
      { mode: 'byok', api_key: 'x'.repeat(513) },
      [{ pointer: '/api_key', code: 'maxLength' }],
    ],
    ['a key that is no string', { mode: 'byok', api_key: 7 }, [{ pointer: '/api_key', code: 'type' }]],
  ])('with %s is refused, names the place, and changes nothing', async (_, body, details) => {
    const before = await get();
    platform.setClock(NOON + 60_000);
    const answer = await alice.put(path, body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', details } } });
    expect(await get()).toEqual(before);
  });

  it('takes a model and a key of 512 characters', async () => {
    const long = 'x'.repeat(512);
    expect(await put({ mode: 'byok', api_key: long, model: long })).toMatchObject({
      status: 'byok_active',
      model: long,
    });
  });

  it('with a key while the resulting mode is managed is refused, and stores nothing', async () => {
    for (const body of [
      { api_key: KEY },
      { api_key: KEY, mode: 'managed' },
      { api_key: KEY, mode: null, model: 'gpt-x' },
    ]) {
      const answer = await alice.put(path, body);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'key_in_managed_mode' } } });
    }
    expect(await get()).toMatchObject(MANAGED);
    expect(await put({ mode: 'byok' })).toMatchObject({ status: 'invalid_missing_key' });
  });
});

describe('byok', () => {
  it('without a key is accepted, and says that one is missing', async () => {
    expect(await put({ mode: 'byok' })).toMatchObject({ mode: 'byok', status: 'invalid_missing_key' });
  });

  it('with a key is active', async () => {
    expect(await put({ mode: 'byok', provider: 'anthropic', api_key: KEY })).toMatchObject({ status: 'byok_active' });
  });

  it('that is inherited takes a key too', async () => {
    await alice.put('/users/me/ai-mode', { mode: 'byok' });
    expect(await put({ api_key: KEY })).toMatchObject({ mode: 'byok', status: 'byok_active' });
  });

  it('does not use a key with another provider, and uses it again back at its own', async () => {
    await put({ mode: 'byok', provider: 'anthropic', api_key: KEY });
    expect(await put({ provider: 'openai' })).toMatchObject({ status: 'invalid_missing_key' });
    expect(await put({ provider: 'anthropic' })).toMatchObject({ status: 'byok_active' });
  });

  it('has one slot: a key of another provider replaces the first', async () => {
    await put({ mode: 'byok', provider: 'anthropic', api_key: KEY });
    expect(await put({ provider: 'openai', api_key: 'sk-second' })).toMatchObject({ status: 'byok_active' });
    expect(await put({ provider: 'anthropic' })).toMatchObject({ status: 'invalid_missing_key' });
  });

  it('keeps its key to its workspace', async () => {
    await put({ mode: 'byok', api_key: KEY });
    const other = `/workspaces/${await alice.workspace('other')}/ai-config`;
    expect((await alice.put(other, { mode: 'byok' })).body).toMatchObject({ status: 'invalid_missing_key' });
  });

  it.each([
    ['ai-config', () => put({ mode: 'managed' })],
    ['mode', () => alice.put(path.replace('ai-config', 'mode'), { mode: 'managed' })],
  ])('loses its key when %s switches to managed', async (_, switchToManaged) => {
    await put({ mode: 'byok', api_key: KEY });
    await switchToManaged();
    expect(await get()).toMatchObject({ status: 'managed_active' });
    expect(await put({ mode: 'byok' })).toMatchObject({ status: 'invalid_missing_key' });
  });
});

describe('a provider key', () => {
  it('is in no answer, not even in a refusal, and in no line of the log at its finest level', async () => {
    const plain = 'plain-secret-without-any-known-shape';
    const answers = [
      await alice.put(path, { mode: 'byok', api_key: KEY }),
      await alice.put(path, { mode: 'byok', api_key: plain }),
      await alice.put(path, { mode: 'byok', api_key: `${plain}\u0000`, modle: KEY }),
      await alice.put(path, { api_key: plain, mode: 'managed' }),
      await alice.get(path),
      await alice.get(path.replace('/ai-config', '')),
      await alice.get('/api-keys'),
    ];
    await expect.poll(() => platform.logText()).toContain('"operation":"listApiKeys"');
    for (const text of [...answers.map((answer) => answer.text), platform.logText()]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain(plain);
    }
  });

  it('is sealed for its workspace in the store', async () => {
    await put({ mode: 'byok', api_key: KEY });
    const id = path.split('/')[2] ?? '';
    const stored = (await platform.store.findWorkspace(id))?.workspace.storedKey;
    expect(Buffer.from(stored?.sealed.ciphertext ?? []).toString('latin1')).not.toContain(KEY);
    expect(stored && platform.vault.open(id, stored.sealed)).toBe(KEY);
    expect(() => stored && platform.vault.open('ws-other', stored.sealed)).toThrow();
  });
});

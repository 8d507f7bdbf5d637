import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { PLENTY, useTestProxy } from '../../harness/proxy.ts';

const harness = useTestProxy({ bodyLimitBytes: 2_000 });
// Whatever was refused, no provider has heard of it.
afterEach(() => expect(harness.stub.calls).toEqual([]));

const CHAT = '/v1/chat/completions';
const MESSAGES = '/v1/messages';
const GENERATE = '/v1beta/models/gemini-2.5-flash:generateContent';
const hello = [{ role: 'user' as const, content: 'Hello' }];
const bodies: Readonly<Record<string, object>> = {
  [CHAT]: { model: 'gpt-4o-mini', messages: hello },
  [MESSAGES]: { model: 'claude-haiku-4-5', max_tokens: 9, messages: hello },
  [GENERATE]: { contents: [{ parts: [{ text: 'Hello' }] }] },
};

/** The code and the class of an error, wherever the envelope has them. */
async function readRefusal(response: Response) {
  // biome-ignore lint/suspicious/noExplicitAny: three envelopes in one
  const { error }: any = await response.json();
  return {
    status: response.status,
    code: typeof error.code === 'string' ? error.code : error.details[0].reason,
    class: error.status ?? error.type,
  };
}

describe('a credential', () => {
  const wrong: readonly [string, Record<string, string>, string][] = [
    ['that is missing', {}, 'unauthorized'],
    ['of no workspace', { authorization: 'Bearer wk-nobody' }, 'unauthorized'],
    ['of another scheme', { authorization: 'Basic d2stY2FsbGVyLTE=' }, 'unauthorized'],
    ['that is the placeholder where addresses count for nothing', { 'x-api-key': 'managed-by-rigbox' }, 'unauthorized'],
    ['that comes with a different one', { authorization: 'Bearer a', 'x-api-key': 'b' }, 'duplicate_credentials'],
  ];
  it.each(wrong)('%s is refused by every API', async (_case, headers, code) => {
    const classes = {
      [CHAT]: 'rigbox_gateway_error',
      [MESSAGES]: 'authentication_error',
      [GENERATE]: 'UNAUTHENTICATED',
    };
    for (const [path, body] of Object.entries(bodies)) {
      const response = await harness.post(path, undefined, body, headers);
      expect(response.headers.get('x-should-retry')).toBe('false');
      expect(await readRefusal(response)).toMatchObject({ status: 401, code, class: classes[path as typeof CHAT] });
    }
  });

  it('sent twice over in one header is refused', async () => {
    const { key } = await harness.caller();
    const status = await new Promise((resolve, reject) => {
      const headers = ['host', 'proxy', 'content-type', 'application/json', 'x-api-key', key, 'x-api-key', `${key}2`];
      request(harness.url + CHAT, { method: 'POST', headers }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end('{}');
    });
    expect(status).toBe(401);
  });
});

describe('a request that no provider could answer', () => {
  const cases: readonly [string, string, unknown, Record<string, string>, number, string][] = [
    ['is no JSON', CHAT, '{"model":', {}, 400, 'malformed_json'],
    ['is a list', MESSAGES, '[]', {}, 400, 'malformed_json'],
    ['names a key twice', CHAT, '{"model":"gpt-4o-mini","max_tokens":1,"max_tokens":9000}', {}, 400, 'invalid_request'],
    [
      'names a nested key twice',
      GENERATE,
      '{"contents":[],"generationConfig":{"maxOutputTokens":1,"maxOutputTokens":9}}',
      {},
      400,
      'invalid_request',
    ],
    [
      'names a key twice, however deep and however spelt',
      MESSAGES,
      '{"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"x","t\\u0079pe":"image"}]}]}',
      {},
      400,
      'invalid_request',
    ],
    [
      'spells a key in two ways',
      GENERATE,
      '{"contents":[],"generationConfig":{"maxOutputTokens":1},"generation_config":{"max_output_tokens":9}}',
      {},
      400,
      'invalid_request',
    ],
    ['has a limit that is none', CHAT, { ...bodies[CHAT], max_tokens: -1 }, {}, 400, 'invalid_request'],
    ['asks for half an answer', CHAT, { ...bodies[CHAT], n: 0.5 }, {}, 400, 'invalid_request'],
    ['streams perhaps', CHAT, { ...bodies[CHAT], stream: 1 }, {}, 400, 'invalid_request'],
    ['is too large', CHAT, { ...bodies[CHAT], seed: 'x'.repeat(2_000) }, {}, 413, 'payload_too_large'],
    [
      'is no JSON by its type',
      MESSAGES,
      bodies[MESSAGES],
      { 'content-type': 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    ['is packed', CHAT, bodies[CHAT], { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
    ['wants an unknown model', CHAT, { ...bodies[CHAT], model: 'gpt-99' }, {}, 400, 'unknown_price'],
    [
      'wants a model that only resembles one',
      MESSAGES,
      { ...bodies[MESSAGES], model: 'claude-sonnet-5-5' },
      {},
      400,
      'unknown_price',
    ],
    [
      'names no model, and none is configured there',
      MESSAGES,
      { max_tokens: 1, messages: hello },
      {},
      400,
      'missing_model',
    ],
    ['wants to be served first', CHAT, { ...bodies[CHAT], service_tier: 'priority' }, {}, 400, 'unsupported_parameter'],
    [
      'has the provider search',
      GENERATE,
      { ...bodies[GENERATE], tools: [{ google_search: {} }] },
      {},
      400,
      'unsupported_parameter',
    ],
    [
      'runs unwatched',
      '/v1/responses',
      { model: 'gpt-4o-mini', input: 'x', background: true },
      {},
      400,
      'unsupported_parameter',
    ],
    [
      'wants what the provider lacks',
      '/v1/responses',
      { model: 'claude-haiku-4-5', input: 'x' },
      {},
      400,
      'unsupported_operation',
    ],
    [
      'sets a subject limit that is none',
      CHAT,
      bodies[CHAT],
      { 'x-rigbox-subject': 'a', 'x-rigbox-subject-rate': '5' },
      400,
      'subject_limit_malformed',
    ],
  ];
  it.each(cases)('because it %s is refused at %s', async (_case, path, body, headers, status, code) => {
    const caller = await harness.caller();
    expect(await readRefusal(await harness.post(path, caller, body, headers))).toMatchObject({ status, code });
    expect(await caller.remainingMicro()).toBe(PLENTY);
    expect(harness.outcomes).toMatchObject([{ outcome: 'refused', status, code }]);
  });

  it('for a provider that is not configured says so', async () => {
    const bare = await harness.post(
      '/google/v1beta/models/gemini-2.5-flash:streamEverything',
      await harness.caller(),
      {},
    );
    expect(await readRefusal(bare)).toMatchObject({ status: 404, code: 'not_found', class: 'NOT_FOUND' });
  });
});

describe('a model without a price', () => {
  const near = (names: string) =>
    `so it cannot be called. Models like it that have a price: ${names}. The operator can add it: ` +
    '`rigkit prices update`, or RIGKIT_PRICES_FILE.';

  it.each([
    [CHAT, 'gpt-5.7', near('gpt-5.6, gpt-5.5, gpt-5.4')],
    [MESSAGES, 'claude-sonnet-6', near('claude-sonnet-5, claude-sonnet-4, claude-sonnet-4-6')],
    [
      '/v1beta/models/gemini-4-pro:generateContent',
      'gemini-4-pro',
      near('gemini-2.5-pro, gemini-1.5-pro, gemini-1.0-pro'),
    ],
    [CHAT, 'nobodys-model', 'so it cannot be called.'],
  ])('is named by %s: %s, with those of its family', async (path, model, words) => {
    const body = path.includes(':generate') ? bodies[GENERATE] : { ...bodies[MESSAGES], model };
    const answer = await harness.post(path, await harness.caller(), body);
    const message = expect.stringContaining(`The price of "${model}" is not known, ${words}`);
    expect(await answer.json()).toMatchObject({ error: { message } });
  });

  it('is named at its beginning where its name is endless', async () => {
    const body = { ...bodies[CHAT], model: `gpt-5${'x'.repeat(1_500)}` };
    const answer = await harness.post(CHAT, await harness.caller(), body);
    const message = expect.stringMatching(/^The price of "gpt-5x{95}" is not/);
    expect(await answer.json()).toMatchObject({ error: { param: 'model', message } });
  });
});

describe('a path', () => {
  it.each([
    ['/v1/files', {}, 'rigbox_gateway_error'],
    ['/v1/chat/completions/', {}, 'rigbox_gateway_error'],
    ['/v1/chat/completions/abc', {}, 'rigbox_gateway_error'],
    ['/openai/v1/fine_tuning/jobs', {}, 'rigbox_gateway_error'],
    ['/anthropic/v1/messages/batches', {}, 'not_found_error'],
    ['/v1/messages/batches', {}, 'not_found_error'],
    ['/v1/organizations/usage', { 'anthropic-version': '2023-06-01' }, 'not_found_error'],
    ['/google/v1beta/files', {}, 'NOT_FOUND'],
    ['/v1beta/models/gemini-2.5-flash:batchGenerateContent', {}, 'NOT_FOUND'],
    ['/google/v1beta/models/..%2F..%2Ffiles:generateContent', {}, 'NOT_FOUND'],
    ['/rig/v1/anything', {}, 'rigbox_gateway_error'],
  ])('%s is no route, and is refused before the credential is looked at', async (path, headers, name) => {
    const response = await harness.post(path, undefined, {}, headers as Record<string, string>);
    expect(await readRefusal(response)).toMatchObject({ status: 404, code: 'not_found', class: name });
  });

  it.each([
    ['GET', CHAT, 'POST'],
    ['DELETE', MESSAGES, 'POST'],
    ['OPTIONS', CHAT, 'POST'],
    ['HEAD', CHAT, 'POST'],
    ['POST', '/v1/models', 'GET'],
    ['POST', '/rig/v1/usage', 'GET'],
  ])('has no %s %s, and says what it has', async (method, path, allow) => {
    const response = await fetch(harness.url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
  });

  it('outside the prefixes is left to the app', async () => {
    const response = await fetch(`${harness.url}/health`);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-request-id')).toBeNull();
  });
});

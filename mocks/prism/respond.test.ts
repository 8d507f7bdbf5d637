import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from './mock-server.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const JSON_TYPE = 'application/json';
const MEBIBYTE = 1024 ** 2;

interface Sent {
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream | undefined;
  readonly type?: string;
  readonly credential?: string;
  readonly more?: Record<string, string>;
}

async function put(path: string, { body, type = JSON_TYPE, credential = 'Bearer rb_x', more }: Sent) {
  const headers = { ...(type && { 'content-type': type }), ...(credential && { authorization: credential }), ...more };
  const init = { method: 'PUT', headers, duplex: 'half' as const, ...(body !== undefined && { body }) };
  const answer = await fetch(mock.controlPlaneUrl + path, init);
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as { error: ApiError } };
}

interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}

const AI_CONFIG = '/workspaces/ws-1/ai-config';

describe('the mock refuses what the contract refuses', () => {
  it('answers 400 with a pointer for an unknown field', async () => {
    const { status, body } = await put(AI_CONFIG, { body: '{"modle":"x"}' });
    expect(status).toBe(400);
    expect(body.error).toEqual({
      code: 'invalid_request',
      message: 'The request is not valid: body /modle: Unknown field.',
      details: [{ in: 'body', pointer: '/modle', code: 'additionalProperties', message: 'Unknown field.' }],
    });
  });

  it('lists every violation', async () => {
    const { body } = await put(AI_CONFIG, { body: '{"mode":"free","model":7,"a/b~c":1,"__proto__":{}}' });
    const details = body.error.details as { pointer: string; code: string; message: string }[];
    expect(details.map(({ pointer, code }) => [pointer, code]).sort()).toEqual([
      ['/__proto__', 'additionalProperties'],
      ['/a~1b~0c', 'additionalProperties'],
      ['/mode', 'enum'],
      ['/model', 'type'],
    ]);
    expect(details.find(({ pointer }) => pointer === '/mode')?.message).toBe('Must be one of managed, byok, null.');
  });

  it('points at a missing field', async () => {
    const { body } = await put('/users/me/ai-mode', { body: '{}' });
    expect(body.error.details).toEqual([{ in: 'body', pointer: '/mode', code: 'required', message: 'Is required.' }]);
  });

  it('answers 400 malformed_json to a body that is no JSON, instead of hanging', async () => {
    for (const body of ['{"mode":', 'nope', new Uint8Array([0x22, 0xff, 0x22])]) {
      expect((await put(AI_CONFIG, { body })).body.error.code).toBe('malformed_json');
    }
  });

  it('answers 400 malformed_json to a field that stands twice, at any depth', async () => {
    for (const body of ['{"model":"a","model":"a"}', '{"nope":[{"a":1,"\\u0061":2}]}']) {
      expect(await put(AI_CONFIG, { body })).toMatchObject({
        status: 400,
        body: { error: { code: 'malformed_json' } },
      });
    }
  });

  it.each([
    ['nothing', undefined],
    ['an empty string', ''],
    ['null', 'null'],
  ])('answers 400 to %s where a body is required', async (_name, body) => {
    const answer = await put(AI_CONFIG, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject([{ in: 'body', pointer: '', code: 'required' }]);
  });

  it('accepts an empty object, which changes nothing', async () => {
    expect((await put(AI_CONFIG, { body: '{}' })).status).toBe(200);
  });

  it('answers 413 to a body over 1 MiB, announced or not', async () => {
    const tooLarge = JSON.stringify({ model: 'x'.repeat(MEBIBYTE) });
    const unannounced = new Blob([tooLarge]).stream();
    expect((await put(AI_CONFIG, { body: tooLarge })).body.error.code).toBe('payload_too_large');
    expect((await put(AI_CONFIG, { body: unannounced })).body.error.code).toBe('payload_too_large');
    const largest = JSON.stringify({ nope: 'x'.repeat(MEBIBYTE - '{"nope":""}'.length) });
    expect((await put(AI_CONFIG, { body: largest })).status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ''])(
    'answers 415 to a body of type "%s"',
    async (type) => {
      // A string would get a type of its own.
      const answer = await put(AI_CONFIG, { body: new TextEncoder().encode('{}'), type });
      expect(answer.status).toBe(415);
      expect(answer.body.error.code).toBe('unsupported_media_type');
    },
  );

  it('answers 415 to a compressed body', async () => {
    const answer = await put(AI_CONFIG, { body: '{}', more: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(415);
  });

  it('accepts JSON with its charset spelt out', async () => {
    expect((await put(AI_CONFIG, { body: '{}', type: 'Application/JSON; charset="UTF-8"' })).status).toBe(200);
  });

  it.each(['', 'Basic cmI6eA==', 'Bearer', 'rb_x'])('answers 401 to the credential "%s"', async (credential) => {
    const answer = await put(AI_CONFIG, { body: '{}', credential });
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('judges in the order of the contract: 404, 405, 401, 413, 415, 400, and only then the preference', async () => {
    const more = { prefer: 'code=402' };
    const broken = { body: 'x'.repeat(MEBIBYTE + 1), type: 'text/plain', credential: '', more };
    const order = [
      put('/nope', broken),
      put('/workspaces', broken),
      put(AI_CONFIG, broken),
      put(AI_CONFIG, { ...broken, credential: 'Bearer rb_x' }),
      put(AI_CONFIG, { body: '{', type: 'text/plain', more }),
      put(AI_CONFIG, { body: '{', more }),
      put(AI_CONFIG, { body: '{"nope":1}', more }),
      put(AI_CONFIG, { body: '{}', more: { prefer: 'code=429' } }),
    ];
    expect((await Promise.all(order)).map(({ status }) => status)).toEqual([404, 405, 401, 413, 415, 400, 400, 429]);
  });

  it('answers 400 to query parameters that are unknown, given twice, or out of range', async () => {
    const get = async (query: string) => {
      const url = `${mock.controlPlaneUrl}/users/me/ai-usage/metrics?${query}`;
      const answer = await fetch(url, { headers: { authorization: 'Bearer rb_x' } });
      const { error } = (await answer.json()) as { error?: ApiError };
      return { status: answer.status, details: error?.details };
    };
    expect(await get('range=1h')).toMatchObject({ status: 200 });
    const unknown = {
      in: 'query',
      pointer: '/rnage',
      code: 'additionalProperties',
      message: 'Unknown query parameter.',
    };
    expect(await get('rnage=1h')).toEqual({ status: 400, details: [unknown] });
    expect(await get('range=2h')).toMatchObject({ details: [{ in: 'query', pointer: '/range', code: 'enum' }] });
    const twice = { in: 'query', pointer: '/range', code: 'maxItems', message: 'May be given only once.' };
    expect(await get('range=1h&range=6h')).toMatchObject({ status: 400, details: expect.arrayContaining([twice]) });
    const empty = { in: 'query', pointer: '/range', code: 'enum', message: 'Must not be empty.' };
    expect(await get('range=')).toMatchObject({ status: 400, details: [empty] });
  });

  it('ignores a body where the operation takes none', async () => {
    const headers = { authorization: 'Bearer rb_x', 'content-type': JSON_TYPE };
    const url = `${mock.controlPlaneUrl}/workspaces/ws-1`;
    expect((await fetch(url, { method: 'DELETE', headers, body: '{"nope":' })).status).toBe(200);
  });
});

describe('the mock of the proxy', () => {
  const call = (path: string, body: object, headers: Record<string, string> = { authorization: 'Bearer k' }) =>
    fetch(mock.proxyUrl + path, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  const CHAT = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };
  const GEMINI = { contents: [{ parts: [{ text: 'Hi' }] }] };

  it('takes the credential wherever the SDKs put it, and refuses none at all', async () => {
    const places: Record<string, string>[] = [
      { authorization: 'Bearer k' },
      { 'x-api-key': 'k' },
      { 'x-goog-api-key': 'k' },
    ];
    for (const headers of places) expect((await call('/v1/chat/completions', CHAT, headers)).status).toBe(200);
    const answer = await call('/v1/chat/completions', CHAT, {});
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { type: 'rigbox_gateway_error', code: 'unauthorized' } });
  });

  it('lets fields and query parameters of the provider pass, but knows its own', async () => {
    expect((await call('/v1/messages?beta=true', { ...CHAT, max_tokens: 9, thinking: {} })).status).toBe(200);
    const usage = (query: string) => fetch(`${mock.proxyUrl}/rig/v1/usage?${query}`, { headers: { 'x-api-key': 'k' } });
    expect((await usage('subject=a&window=7d')).status).toBe(200);
    for (const query of ['', 'subject=a&window=soon', 'subject=a&windw=7d']) {
      const answer = await usage(query);
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: { type: 'rigbox_gateway_error' } }]);
    }
  });

  it('refuses in the envelope of the API that is called', async () => {
    const openai = await call('/v1/chat/completions', {});
    const anthropic = await call('/v1/messages', {});
    const gemini = await call('/google/v1beta/models/gemini-2.5-flash:generateContent', { contents: 'Hi' });
    expect([openai.status, anthropic.status, gemini.status]).toEqual([400, 400, 400]);
    expect(await openai.json()).toMatchObject({ error: { code: 'invalid_request', param: null } });
    expect(await anthropic.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    expect(await gemini.json()).toMatchObject({
      error: {
        status: 'INVALID_ARGUMENT',
        details: [{ reason: 'invalid_request', metadata: { violations: [{ in: 'body', pointer: '/contents' }] } }],
      },
    });
  });

  it('answers with the cost headers of the contract, equal to the cost in the body', async () => {
    for (const [path, body] of [
      ['/v1/chat/completions', CHAT],
      ['/v1/completions', { model: 'm', prompt: 'a' }],
    ] as const) {
      const answer = await call(path, body);
      const { usage } = (await answer.json()) as { usage: { cost_micro: number; cost_credits: number } };
      expect(answer.headers.get('x-rigbox-cost-micro')).toBe(String(usage.cost_micro));
      expect(answer.headers.get('x-rigbox-cost-credits')).toBe(String(usage.cost_credits));
    }
  });

  it('streams when a stream is asked for, without cost headers, since its cost is not known yet', async () => {
    const model = '/google/v1beta/models/gemini-2.5-flash:streamGenerateContent';
    const streams = [
      call('/v1/chat/completions', { ...CHAT, stream: true }),
      call('/v1/messages', { ...CHAT, max_tokens: 9, stream: true }),
      call('/v1/chat/completions', CHAT, { authorization: 'Bearer k', accept: 'text/event-stream' }),
      call(`${model}?alt=sse`, GEMINI),
    ];
    for (const answer of await Promise.all(streams)) {
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      expect(answer.headers.has('x-rigbox-cost-micro')).toBe(false);
      expect(await answer.text()).toMatch(/data: .*\n\n$/);
    }
    expect(await (await call(model, GEMINI)).json()).toBeInstanceOf(Array);
  });

  it('refuses a call for a stream with JSON', async () => {
    const headers = { authorization: 'Bearer k', prefer: 'code=402' };
    const answer = await call('/v1/chat/completions', { ...CHAT, stream: true }, headers);
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({ error: { code: 'insufficient_credits' } });
  });

  it('lists models, and refuses, in the shape that the headers of GET /v1/models belong to', async () => {
    const list = async (headers: Record<string, string>) =>
      (await fetch(`${mock.proxyUrl}/v1/models`, { headers: { 'x-api-key': 'k', ...headers } })).json();
    expect(await list({})).toMatchObject({ object: 'list' });
    expect(await list({ 'anthropic-version': '2023-06-01' })).toMatchObject({ has_more: false });
    expect(await list({ 'x-goog-api-key': 'k' })).toMatchObject({ models: [{}] });
    const anthropic = { 'anthropic-version': '2023-06-01', prefer: 'code=401' };
    expect(await list(anthropic)).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
  });
});

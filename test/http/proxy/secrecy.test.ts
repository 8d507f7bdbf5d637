import { describe, expect, it } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { type Caller, OWN_KEY, PLATFORM_KEYS, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const harness = useTestProxy();
const hello = [{ role: 'user', content: 'Hello' }];

const calls = [
  ['openai', '/v1/chat/completions', { model: 'gpt-4o-mini', messages: hello }],
  ['openai', '/v1/chat/completions', { model: 'gpt-4o-mini', messages: hello, stream: true }],
  ['openai', '/v1/responses', { model: 'gpt-4o-mini', input: 'Hello', stream: true }],
  ['anthropic', '/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 90, messages: hello }],
  ['anthropic', '/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 90, messages: hello, stream: true }],
  ['google', '/v1beta/models/gemini-2.5-flash:generateContent', { contents: [{ parts: [{ text: 'Hello' }] }] }],
  ['google', '/v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse', { contents: [{ parts: [{ text: 'Hi' }] }] }],
  ['google', '/v1/models/gemini-2.5-flash:streamGenerateContent', { contents: [{ parts: [{ text: 'Hi' }] }] }],
] as const;

/** Everything that a caller sees of a response. */
async function seen(response: Response): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return [...headers, await response.text()].join('\n');
}

function expectNowhere(secret: string, text: string) {
  expect(text).not.toContain(secret);
  expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
}

describe("the platform's key", () => {
  const echoes: readonly [string, (key: string) => ScriptRule['respond']][] = [
    ['in its text', (key) => ({ text: `Your key is ${key}, is it not?` })],
    ['in base64', (key) => ({ text: `It is ${Buffer.from(key).toString('base64')}.` })],
    ['as URLs write it', (key) => ({ text: `?key=${encodeURIComponent(key)}`, chunks: 1 })],
    ['in an event that comes byte by byte', (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: 'byte' })],
    ['in an event that comes in pieces', (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: { bytes: 13 } })],
    ['in an error', (key) => ({ error: { status: 400, message: `Bad key ${key}` } })],
    ['in a refusal', (key) => ({ error: { status: 401, message: `Incorrect API key provided: ${key}` } })],
    ['in the middle of a stream', (key) => ({ errorMidStream: { afterChunks: 1, message: `No: ${key}` } })],
    ['in a header', (key) => ({ error: { status: 429, headers: { 'retry-after': key, 'x-echo': key } } })],
  ];
  it.each(echoes.flatMap(([name, respond]) => calls.map((call) => [name, ...call, respond] as const)))(
    'that the provider repeats %s reaches no caller of %s at %s',
    async (_name, provider, path, body, respond) => {
      const caller = await harness.caller();
      harness.stub.script({ respond: respond(PLATFORM_KEYS[provider]) });
      expectNowhere(PLATFORM_KEYS[provider], await seen(await harness.post(path, caller, body)));
      expect(harness.stub.calls.length).toBe(1);
      await harness.reported();
      expectNowhere(PLATFORM_KEYS[provider], harness.log.join('\n') + JSON.stringify(harness.log));
      expectNowhere(caller.key, harness.log.join('\n'));
    },
  );

  it('leaves the rest of an answer as it is', async () => {
    harness.stub.script({ respond: { text: `before ${PLATFORM_KEYS.openai} after`, chunks: 1 } });
    const response = await harness.post('/v1/chat/completions', await harness.caller(), calls[1][2]);
    expect(await seen(response)).toMatch(/before \*{10,} after/);
  });
});

describe("the workspace's own key", () => {
  const own = (): Promise<Caller> => harness.caller(PLENTY, { mode: 'byok', byokKey: OWN_KEY });

  it.each([false, true])('that the provider repeats reaches no caller, streamed %s', async (stream) => {
    harness.stub.script({ respond: { text: `Your key is ${OWN_KEY}!`, chunks: 1, chunking: { bytes: 13 } } });
    const body = { model: 'gpt-4o-mini', messages: hello, stream };
    expectNowhere(OWN_KEY, await seen(await harness.post('/v1/chat/completions', await own(), body)));
  });

  it('that the provider refuses is told apart from a wrong workspace key, and not shown in part', async () => {
    harness.stub.script({
      respond: { error: { status: 401, message: `Incorrect API key: ${OWN_KEY.slice(0, 8)}***` } },
    });
    const response = await harness.post('/v1/chat/completions', await own(), { model: 'gpt-4o-mini', messages: hello });
    expect(response.status).toBe(401);
    const text = await response.text();
    expect(text).toContain('provider_key_refused');
    expect(text).not.toContain(OWN_KEY.slice(0, 8));
  });
});

describe('towards the provider', () => {
  it.each(calls)('%s gets nothing of the caller at %s that is not its business', async (_provider, path, body) => {
    const caller = await harness.caller();
    const sent = {
      cookie: 'session=caller-cookie',
      'x-api-key': caller.key,
      'x-goog-api-key': caller.key,
      'x-forwarded-for': '10.9.8.7',
      'x-rigbox-subject': 'somebody',
      'openai-organization': 'org-callers',
      'proxy-authorization': 'Basic callers',
      'idempotency-key': 'callers-idempotency',
    };
    await (await harness.post(`${path}${path.includes('?') ? '&' : '?'}key=${caller.key}`, caller, body, sent)).text();
    const [call] = harness.stub.calls;
    const received = JSON.stringify([call?.headers, call?.path]);
    for (const value of [...Object.values(sent), caller.key]) expect(received).not.toContain(value);
    expect(call?.headers['accept-encoding']).toBe('identity');
  });

  it('the headers that its API knows are passed on', async () => {
    const headers = { 'anthropic-version': '2023-01-01', 'anthropic-beta': 'some-beta', traceparent: '00-ab-cd-01' };
    await harness.post('/v1/messages', await harness.caller(), calls[3][2], headers);
    expect(harness.stub.calls[0]?.headers).toMatchObject(headers);
  });
});

describe("of the provider's headers", () => {
  it('the caller sees nothing about the account that is called', async () => {
    harness.stub.script({
      respond: {
        error: {
          status: 429,
          message: 'Rate limit reached for organization org-A1b2C3d4E5 on tokens.',
          headers: {
            'set-cookie': 'cf=1',
            'openai-organization': 'org-A1b2C3d4E5',
            'x-ratelimit-remaining-requests': '17',
            'openai-processing-ms': '12',
          },
        },
      },
    });
    const response = await harness.post('/v1/chat/completions', await harness.caller(), calls[0][2]);
    expect(response.headers.get('openai-processing-ms')).toBe('12');
    const text = await seen(response);
    for (const secret of ['cf=1', 'org-A1b2C3d4E5', 'x-ratelimit']) expect(text).not.toContain(secret);
  });
});

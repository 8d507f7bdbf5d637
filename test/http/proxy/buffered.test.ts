import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, OWN_KEY, PLATFORM_KEYS, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const harness = useTestProxy();
const openai = ({ key }: Caller, path = '/v1') =>
  new OpenAI({ baseURL: harness.url + path, apiKey: key, maxRetries: 0 });
const anthropic = ({ key }: Caller, path = '') =>
  new Anthropic({ baseURL: harness.url + path, apiKey: key, maxRetries: 0 });
const genai = ({ key }: Caller, path = '', apiVersion = 'v1beta') =>
  new GoogleGenAI({ apiKey: key, apiVersion, httpOptions: { baseUrl: harness.url + path } });

const hello = [{ role: 'user' as const, content: 'Hello there' }];

describe('a buffered answer', () => {
  it.each(['/v1', '/openai/v1'])(
    'of chat completions at %s is charged to the microcredit and says so',
    async (path) => {
      const caller = await harness.caller();
      const usage = { inputTokens: 1_003, outputTokens: 77, cachedInputTokens: 512 };
      harness.stub.script({ respond: { usage, text: 'Hi!' } });
      const { data, response } = await openai(caller, path)
        .chat.completions.create({ model: 'gpt-4o-mini', messages: hello })
        .withResponse();
      const cost = expectedMicro('gpt-4o-mini', usage);
      expect(data.choices[0]?.message.content).toBe('Hi!');
      expect(data.usage).toMatchObject({
        prompt_tokens: 1_003,
        cost_micro: Number(cost),
        cost_credits: Number(cost) / 1e6,
      });
      expect(response.headers.get('x-rigbox-cost-micro')).toBe(String(cost));
      expect(response.headers.get('x-rigbox-cost-credits')).toBe(String(Number(cost) / 1e6));
      expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
      expect(harness.stub.calls).toMatchObject([{ provider: 'openai', credential: PLATFORM_KEYS.openai }]);
    },
  );

  it.each(['', '/anthropic'])('of messages at %s/v1 is charged with cache reads and writes', async (path) => {
    const caller = await harness.caller();
    const usage = {
      inputTokens: 5_000,
      outputTokens: 301,
      cachedInputTokens: 1_000,
      cacheWrite5mTokens: 700,
      cacheWrite1hTokens: 300,
    };
    harness.stub.script({ respond: { usage } });
    const { data, response } = await anthropic(caller, path)
      .messages.create({ model: 'claude-haiku-4-5', max_tokens: 512, messages: hello })
      .withResponse();
    const cost = expectedMicro('claude-haiku-4-5', usage);
    expect(data.usage).toMatchObject({ input_tokens: 3_000, output_tokens: 301 });
    expect(response.headers.get('x-rigbox-cost-micro')).toBe(String(cost));
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
    expect(harness.stub.calls).toMatchObject([{ provider: 'anthropic', credential: PLATFORM_KEYS.anthropic }]);
  });

  it.each([
    ['', 'v1beta'],
    ['', 'v1'],
    ['/google', 'v1beta'],
    ['/google', 'v1'],
  ])('of generateContent at %s/%s is charged with thoughts', async (path, version) => {
    const caller = await harness.caller();
    const usage = { inputTokens: 2_000, outputTokens: 90, cachedInputTokens: 150, thoughtsTokens: 410 };
    harness.stub.script({ respond: { usage } });
    const answer = await genai(caller, path, version).models.generateContent({
      model: 'gemini-2.5-flash',
      contents: 'Hello there',
    });
    expect(answer.text).toContain('Hello there');
    const cost = expectedMicro('gemini-2.5-flash', usage);
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
    expect(harness.stub.calls).toMatchObject([{ provider: 'google', credential: PLATFORM_KEYS.google }]);
    expect(harness.stub.calls[0]?.path).toContain(`/${version}/models/gemini-2.5-flash:generateContent`);
  });

  it.each([
    ['claude-haiku-4-5', 'anthropic'],
    ['anthropic/claude-haiku-4-5', 'anthropic'],
    ['gemini-2.5-flash', 'google'],
    ['openai/gpt-4o-mini', 'openai'],
  ] as const)('of chat completions with %s comes from %s', async (model, provider) => {
    const caller = await harness.caller();
    const usage = { inputTokens: 100, outputTokens: 40, reasoningTokens: 10, thoughtsTokens: 5 };
    harness.stub.script({ respond: { usage } });
    const answer = await openai(caller).chat.completions.create({ model, messages: hello });
    const bare = model.split('/').at(-1);
    const cost = expectedMicro(bare as 'gpt-4o-mini', { inputTokens: 100, outputTokens: 45 });
    expect(answer.usage).toMatchObject({ cost_micro: Number(cost) });
    expect(harness.stub.calls).toMatchObject([{ provider, model: bare, credential: PLATFORM_KEYS[provider] }]);
  });

  it('gets the model that the workspace is configured for, where the caller names none', async () => {
    const caller = await harness.caller(PLENTY, { provider: 'google', model: 'gemini-2.5-flash' });
    const response = await harness.post('/v1/chat/completions', caller, { messages: hello });
    expect(response.status).toBe(200);
    expect(harness.stub.calls).toMatchObject([{ provider: 'google', model: 'gemini-2.5-flash' }]);
  });

  it('reaches the provider in the tier of its price, with an output limit where it has none, and otherwise as it was sent', async () => {
    const caller = await harness.caller();
    const odd = '{ "messages" : [{"role":"user","content":"\\u0041"}] ,\n "model":"gpt-4o-mini","seed":1.50e1 }';
    await harness.post('/v1/chat/completions', caller, odd);
    await harness.post('/v1/chat/completions', caller, odd.replace('1.50e1', '1,"max_tokens":7'));
    expect(harness.stub.calls.map((call) => call.bodyText)).toEqual([
      odd.replace('1.50e1', '1.50e1,"max_completion_tokens":16384,"service_tier":"default"'),
      odd.replace('1.50e1', '1,"max_tokens":7,"service_tier":"default"'),
    ]);
  });
});

describe('in byok mode', () => {
  it.each([
    ['openai', '/v1/chat/completions', { model: 'gpt-4o-mini', messages: hello }],
    ['openai', '/openai/v1/chat/completions', { model: 'a-model-without-a-price', messages: hello }],
    ['anthropic', '/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 5, messages: hello }],
    ['google', '/google/v1beta/models/gemini-2.5-flash:generateContent', { contents: [{ parts: [{ text: 'Hi' }] }] }],
  ] as const)("%s gets the workspace's own key at %s, and nothing is charged", async (provider, path, body) => {
    const caller = await harness.caller(0n, { mode: 'byok', provider, byokKey: OWN_KEY });
    const response = await harness.post(path, caller, body);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-rigbox-cost-micro')).toBe('0');
    expect(harness.stub.calls).toMatchObject([{ provider, credential: OWN_KEY, bodyText: JSON.stringify(body) }]);
    expect(await caller.remainingMicro()).toBe(0n);
    const overview = await harness.store.usageOverview(caller.accountId, '2000-01-01');
    expect(overview.daily).toMatchObject([{ requests: 1, costMicro: 0n }]);
    expect(overview.daily[0]?.inputTokens).toBeGreaterThan(0);
  });

  it.each([
    ['no key', null, 'gpt-4o-mini'],
    ['a key for another provider only', OWN_KEY, 'claude-haiku-4-5'],
  ])('with %s a call is refused and nothing forwarded', async (_case, byokKey, model) => {
    const caller = await harness.caller(PLENTY, { mode: 'byok', provider: 'openai', byokKey });
    await expect(openai(caller).chat.completions.create({ model, messages: hello })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_missing_key',
    });
    expect(harness.stub.calls).toEqual([]);
  });
});

describe('calls that cost nothing', () => {
  it('pass without credits and are not counted', async () => {
    const caller = await harness.caller(0n);
    const models = await openai(caller).models.list();
    expect(models.data.length).toBeGreaterThan(0);
    const count = await anthropic(caller).messages.countTokens({ model: 'claude-haiku-4-5', messages: hello });
    expect(count.input_tokens).toBeGreaterThan(0);
    const tokens = await genai(caller).models.countTokens({ model: 'gemini-2.5-flash', contents: 'Hello' });
    expect(tokens.totalTokens).toBeGreaterThan(0);
    expect((await anthropic(caller).models.list()).data.length).toBeGreaterThan(0);
    expect((await harness.store.usageOverview(caller.accountId, '2000-01-01')).daily).toEqual([]);
    expect(harness.outcomes.map(({ outcome }) => outcome)).toEqual(['free', 'free', 'free', 'free']);
  });
});

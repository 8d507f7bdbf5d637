import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLATFORM_KEYS, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const hello = [{ role: 'user' as const, content: 'Hello there' }];
const usage = { inputTokens: 777, outputTokens: 51 };

describe('the other operations', () => {
  const harness = useTestProxy();
  const openai = ({ key }: Caller) => new OpenAI({ baseURL: `${harness.url}/v1`, apiKey: key, maxRetries: 0 });
  const genai = ({ key }: Caller) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: harness.url } });
  const spent = async (caller: Caller) => PLENTY - (await caller.remainingMicro());

  it('completions are charged, buffered and streamed', async () => {
    const caller = await harness.caller();
    harness.stub.script({ times: 2, respond: { usage } });
    const request = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once' };
    const cost = expectedMicro('gpt-3.5-turbo-instruct', usage);
    expect((await openai(caller).completions.create(request)).usage).toMatchObject({ cost_micro: Number(cost) });
    const stream = await openai(caller).completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    let last: object | null | undefined;
    for await (const chunk of stream) last = chunk.usage ?? last;
    expect(last).toMatchObject({ cost_micro: Number(cost) });
    expect(await spent(caller)).toBe(2n * cost);
    expect(harness.stub.calls[0]?.body).toMatchObject({ max_tokens: 16 });
  });

  it('responses are charged, buffered and streamed', async () => {
    const caller = await harness.caller();
    const counts = { ...usage, cachedInputTokens: 256, reasoningTokens: 20 };
    harness.stub.script({ times: 2, respond: { usage: counts } });
    const cost = expectedMicro('gpt-4o', counts);
    const answer = await openai(caller).responses.create({ model: 'gpt-4o', input: 'Hello' });
    expect(answer.usage).toMatchObject({ cost_micro: Number(cost) });
    const stream = await openai(caller).responses.create({ model: 'gpt-4o', input: 'Hello', stream: true });
    let last: object | undefined;
    for await (const event of stream) if (event.type === 'response.completed') last = event.response.usage;
    expect(last).toMatchObject({ cost_micro: Number(cost), cost_credits: Number(cost) / 1e6 });
    expect(await spent(caller)).toBe(2n * cost);
  });

  it('a response that breaks off raises in its SDK', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { disconnect: { afterChunks: 1 } } });
    const stream = await openai(caller).responses.create({ model: 'gpt-4o', input: 'Hello', stream: true });
    const read = async () => {
      for await (const _event of stream);
    };
    await expect(read()).rejects.toMatchObject({ code: 'provider_broken' });
  });

  it('embeddings are charged', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage: { inputTokens: 777, outputTokens: 0 } } });
    const answer = await openai(caller).embeddings.create({ model: 'text-embedding-3-small', input: ['One', 'Two'] });
    const cost = expectedMicro('text-embedding-3-small', { inputTokens: 777, outputTokens: 0 });
    expect(answer.usage).toMatchObject({ cost_micro: Number(cost) });
    expect(await spent(caller)).toBe(cost);
  });

  it('embeddings of Gemini, which tell no usage, are charged for what Gemini counts', async () => {
    const caller = await harness.caller();
    const contents = ['A text of some length, to be embedded', 'and another one'];
    await genai(caller).models.embedContent({ model: 'gemini-embedding-001', contents });
    const path = '/v1beta/models/gemini-embedding-001:embedContent';
    await harness.post(path, caller, { content: { parts: [{ text: 'a single text' }] } });
    const tokens = Math.ceil(contents.join('').length / 4) + Math.ceil('a single text'.length / 4);
    const cost = expectedMicro('gemini-embedding-001', { inputTokens: tokens, outputTokens: 0 });
    expect(await spent(caller)).toBe(cost);
    expect(harness.stub.calls.map(({ operation }) => operation)).toEqual([
      'batchEmbedContents',
      'countTokens',
      'embedContent',
      'countTokens',
    ]);
  });
});

describe('a workspace with providers of its own', () => {
  const harness = useTestProxy();

  it('is served by them, and by no other of the proxy’s', async () => {
    const openai = { baseUrl: harness.stub.session('ann').baseUrls.openai, apiKey: 'sk-keys-of-ann' };
    const ann = await harness.caller(PLENTY, { providers: { openai } });
    harness.stub.session('ann').script([{ respond: { usage } }]);
    const served = await harness.post('/v1/chat/completions', ann, { model: 'gpt-4o-mini', messages: hello });
    expect(served.status).toBe(200);
    expect(PLENTY - (await ann.remainingMicro())).toBe(expectedMicro('gpt-4o-mini', usage));
    expect(harness.stub.calls).toMatchObject([{ credential: 'sk-keys-of-ann', scripted: true }]);
    const other = { model: 'claude-haiku-4-5', max_tokens: 5, messages: hello };
    expect((await harness.post('/v1/messages', ann, other)).status).toBe(503);
    await harness.post('/v1/chat/completions', await harness.caller(), { model: 'gpt-4o-mini', messages: hello });
    expect(harness.stub.calls[1]).toMatchObject({ credential: PLATFORM_KEYS.openai });
  });
});

describe('with OpenRouter', () => {
  const harness = useTestProxy({
    providers: {
      openrouter: { baseUrl: 'stub:', apiKey: PLATFORM_KEYS.openrouter },
      openai: { baseUrl: 'stub:', apiKey: PLATFORM_KEYS.openai },
    },
  });
  const chat = '/v1/chat/completions';

  it('the plain OpenAI-shaped routes go there, and its bill counts', async () => {
    const caller = await harness.caller();
    harness.stub.script({ times: 2, respond: { usage, costUsd: 0.000123 } });
    const buffered = await harness.post(chat, caller, { model: 'gpt-4o-mini', messages: hello });
    expect(buffered.headers.get('x-rigbox-cost-micro')).toBe('12300');
    await (await harness.post(chat, caller, { model: 'openai/gpt-4o-mini', messages: hello, stream: true })).text();
    expect(PLENTY - (await caller.remainingMicro())).toBe(24_600n);
    expect(harness.stub.calls).toMatchObject([
      { provider: 'openrouter', model: 'openai/gpt-4o-mini', credential: PLATFORM_KEYS.openrouter },
      { provider: 'openrouter', model: 'openai/gpt-4o-mini', credential: PLATFORM_KEYS.openrouter },
    ]);
  });

  it('a model without a price is named, with its family there', async () => {
    const body = { model: 'gpt-5.7', messages: hello };
    const answer = await harness.post(chat, await harness.caller(), body, { 'user-agent': '@openrouter/sdk 1.3' });
    const message = expect.stringMatching(/^The price of "openai\/gpt-5.7" .* openai\/gpt-5.*`rigkit prices update`/);
    expect(await answer.json()).toEqual({ error: { code: 400, message, metadata: { code: 'unknown_price' } } });
  });

  it('a model named free is held for, and free only because the bill says so', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, costUsd: 0 } });
    const model = 'meta-llama/llama-3.3-70b-instruct:free';
    const response = await harness.post(chat, caller, { model, messages: hello });
    expect(response.headers.get('x-rigbox-cost-micro')).toBe('0');
    expect((await harness.reported())[0]?.holdMicro).toBeGreaterThan(0n);
  });

  it.each([
    ['/v1/chat/completions', { messages: hello }, false],
    ['/v1/chat/completions', { messages: hello }, true],
    ['/v1/responses', { input: 'Hi.' }, false],
    ['/v1/responses', { input: 'Hi.' }, true],
  ] as const)('%s with a key that the platform keeps there costs the fee and what its maker bills', async (...call) => {
    const [path, body, stream] = call;
    const caller = await harness.caller();
    const send = async (respond: object) => {
      harness.stub.script({ respond: { usage, ...respond } });
      const before = await caller.remainingMicro();
      await (await harness.post(path, caller, { model: 'openai/gpt-4o-mini', ...body, stream })).text();
      return before - (await caller.remainingMicro());
    };
    expect(await send({ costUsd: 0, upstreamCostUsd: 0.0360795 })).toBe(3_607_950n);
    expect(await send({ costUsd: 0.0018, upstreamCostUsd: 0.0360795 })).toBe(3_787_950n);
    const listed = expectedMicro('gpt-4o-mini', usage);
    expect(await send({ costUsd: 0.0018, upstreamCostUsd: null })).toBe(listed + 180_000n);
  });

  it('the native routes and workspaces with their own key stay with the provider', async () => {
    await harness.post('/openai/v1/chat/completions', await harness.caller(), {
      model: 'gpt-4o-mini',
      messages: hello,
    });
    const own = await harness.caller(0n, { mode: 'byok', byokKey: 'sk-own-key-of-workspace' });
    await harness.post(chat, own, { model: 'gpt-4o-mini', messages: hello });
    expect(harness.stub.calls.map(({ provider }) => provider)).toEqual(['openai', 'openai']);
  });
});

describe('identity by source address', () => {
  const harness = useTestProxy({
    identifyByAddress: true,
  });

  it('takes the placeholder and no key, but judges a key that is there', async () => {
    const send = (headers: Record<string, string>) =>
      harness.post('/v1/chat/completions', undefined, { model: 'gpt-4o-mini', messages: hello }, headers);
    const { key } = await harness.caller();
    expect((await send({ authorization: `Bearer ${key}` })).status).toBe(200);
    // Nobody lives at the loopback address yet.
    expect((await send({})).status).toBe(401);
    harness.settle('127.0.0.1', key);
    expect((await send({})).status).toBe(200);
    expect((await send({ authorization: 'Bearer managed-by-rigbox' })).status).toBe(200);
    expect((await send({ authorization: 'Bearer wk-nobody' })).status).toBe(401);
  });
});

describe('subjects', () => {
  const harness = useTestProxy();
  const ask = (caller: Caller, headers: Record<string, string>, more: object = {}) =>
    harness.post(
      '/v1/chat/completions',
      caller,
      { model: 'gpt-4o-mini', messages: hello, max_tokens: 9, ...more },
      headers,
    );

  it('are counted by header and by body, and read back over a window', async () => {
    const caller = await harness.caller();
    harness.stub.script({ times: 2, respond: { usage } });
    await ask(caller, { 'x-rigbox-subject': ' ann ' }, { user: 'bob' });
    await ask(caller, {}, { user: 'ann' });
    const read = await fetch(`${harness.url}/rig/v1/usage?subject=ann&window=1h`, {
      headers: { authorization: `Bearer ${caller.key}` },
    });
    const cost = Number(2n * expectedMicro('gpt-4o-mini', usage));
    expect(await read.json()).toEqual({
      subject: 'ann',
      window_seconds: 3_600,
      credits: cost / 1e6,
      credits_micro: cost,
      input_tokens: 1_554,
      output_tokens: 102,
      requests: 2,
    });
  });

  it.each([
    ['?window=1h', 'subject'],
    ['?subject=%20', 'subject'],
    ['?subject=ann&window=soon', 'window'],
    ['?subject=ann&window=0', 'window'],
    ['?subject=ann&subject=bob', 'subject'],
    ['?subject=ann&window=1h&window=1d', 'window'],
    ['?subject=ann&user=bob', null],
  ])('cannot be read with %s', async (query, param) => {
    const { key } = await harness.caller();
    const read = await fetch(`${harness.url}/rig/v1/usage${query}`, { headers: { 'x-api-key': key } });
    expect(read.status).toBe(400);
    expect(await read.json()).toMatchObject({ error: { code: 'invalid_request', param } });
  });

  it('over their rate get 429 with a time to wait, and over their budget 402, in full', async () => {
    const caller = await harness.caller();
    const limits = { 'x-rigbox-subject': 'ann', 'x-rigbox-subject-rate': '2req;window=1h, 9req;window=1d' };
    expect([(await ask(caller, limits)).status, (await ask(caller, limits)).status]).toEqual([200, 200]);
    const rated = await ask(caller, limits);
    expect(rated.status).toBe(429);
    expect(Number(rated.headers.get('retry-after'))).toBeGreaterThan(3_590);
    expect(await rated.json()).toEqual({
      error: {
        code: 'subject_rate_limited',
        message: expect.any(String),
        type: 'rigbox_gateway_error',
        param: null,
        details: {
          reason: 'rate_limited',
          subject: 'ann',
          limit: { kind: 'requests', amount: 2, window_seconds: 3_600 },
          used: 2,
          resets_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          retry_after: Number(rated.headers.get('retry-after')),
        },
      },
    });
    const budget = { 'x-rigbox-subject': 'ann', 'x-rigbox-subject-budget': '0.000001;period=7d' };
    expect(await (await ask(caller, { ...limits, ...budget })).json()).toMatchObject({
      error: { code: 'subject_over_budget', details: { limit: { kind: 'credits', amount: 0.000001 } } },
    });
    expect(harness.stub.calls.length).toBe(2);
  });
});

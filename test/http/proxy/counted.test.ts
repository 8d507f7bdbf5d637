import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedMicro, type PricedModel } from '../../harness/cost.ts';
import { type Caller, PLATFORM_KEYS, readOpenHolds, useTestProxy } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';

/** What a free account has in a month. */
const FREE = 250_000_000n;
const NEVER_MS = 600_000;
const usage = { inputTokens: 3_900, outputTokens: 800 };
const PDF = Buffer.from('%PDF-1.7 two pages').toString('base64');
const document = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PDF } };
const file = { type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${PDF}` };
const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const input = (...content: object[]) => ({ input: [{ role: 'user', content }] });
const GEMINI = '/v1beta/models/gemini-2.5-pro:generateContent';
const parts = (...given: object[]) => ({ contents: [{ role: 'user', parts: given }] });
const claude = { model: 'claude-opus-5', max_tokens: 4_000 };
const gpt = { model: 'gpt-5.5', max_output_tokens: 4_000, stream: false };
const pdf = { inlineData: { mimeType: 'application/pdf', data: PDF } };

/** A call with a PDF, the operation that counts it, and the whole body of that. */
interface Counted {
  readonly model: PricedModel;
  readonly path: string;
  readonly body: object;
  readonly operation: 'messages.count_tokens' | 'countTokens' | 'responses.input_tokens';
  readonly counted: object;
}
const CALLS: readonly (readonly [api: string, call: Counted])[] = [
  [
    'messages',
    {
      model: 'claude-opus-5',
      path: '/v1/messages?beta=true',
      body: { ...claude, metadata: { user_id: 'u' }, temperature: 1, system: 'Be brief.', ...said(document) },
      operation: 'messages.count_tokens',
      counted: { model: 'claude-opus-5', system: 'Be brief.', ...said(document) },
    },
  ],
  [
    'Gemini',
    {
      model: 'gemini-2.5-pro',
      path: GEMINI,
      body: { ...parts(pdf), generationConfig: { maxOutputTokens: 4_000 }, system_instruction: { parts: [] } },
      operation: 'countTokens',
      counted: {
        generateContentRequest: {
          ...parts(pdf),
          generationConfig: { maxOutputTokens: 4_000 },
          system_instruction: { parts: [] },
          model: 'models/gemini-2.5-pro',
        },
      },
    },
  ],
  [
    'responses',
    {
      model: 'gpt-5.5',
      path: '/v1/responses',
      body: { ...gpt, store: false, reasoning: { effort: 'low' }, ...input(file) },
      operation: 'responses.input_tokens',
      counted: { model: 'gpt-5.5', reasoning: { effort: 'low' }, ...input(file) },
    },
  ],
];
interface RefusalDetails {
  readonly required_credits: string;
  readonly fitting_output_tokens: number;
}

async function readDetails(refused: Response): Promise<RefusalDetails> {
  const { error } = (await refused.json()) as { readonly error: { readonly details: RefusalDetails } };
  return error.details;
}

const [[, anthropicCall]] = CALLS as [(typeof CALLS)[0]];

describe('a PDF on a full free account', () => {
  // No count is given up because it takes long.
  const harness = useTestProxy({ timeouts: { countInputMs: NEVER_MS } });

  it.each(CALLS)('is counted by %s, held as counted, and charged by its usage', async (_api, call) => {
    const caller = await harness.caller(FREE);
    harness.stub.script({
      match: { operation: call.operation },
      respond: { usage: { inputTokens: 3_500, outputTokens: 0 } },
    });
    harness.stub.script({ respond: { usage } });
    const text = JSON.stringify(call.body, null, 1);
    const response = await harness.post(call.path, caller, text, { 'anthropic-beta': 'b' });
    expect(response.status, await response.clone().text()).toBe(200);
    const [count, served] = harness.stub.calls;
    const credential = PLATFORM_KEYS[count?.provider as keyof typeof PLATFORM_KEYS];
    expect(count).toMatchObject({ operation: call.operation, credential, body: call.counted });
    expect(count?.path.includes('beta=true')).toBe(call.path.includes('beta=true'));
    expect(count?.headers['anthropic-beta']).toBe('b');
    expect(JSON.stringify(count?.headers)).not.toContain(caller.key);
    expect(served?.body).toMatchObject(call.body);

    const cost = expectedMicro(call.model, usage);
    expect(FREE - (await caller.remainingMicro())).toBe(cost);
    const [outcome] = await harness.reported();
    expect(outcome).toMatchObject({ outcome: 'settled', costMicro: cost, countedTokens: 3_500 });
    expect(outcome?.holdMicro).toBeGreaterThanOrEqual(cost);
    expect(outcome?.holdMicro).toBeLessThan(40_000_000n);
  });

  it('is read by the provider byte for byte as it was sent', async () => {
    const caller = await harness.caller(FREE);
    const text = `{ "stream":false,\n "model": "claude-opus-5", "max_tokens":4e3, "messages" : [{"role":"user","content":[${JSON.stringify(document)}]}], "service_tier": "standard_only" }`;
    expect((await harness.post('/v1/messages', caller, text)).status).toBe(200);
    expect(harness.stub.calls[1]?.bodyText).toBe(text);
  });

  it('is not counted where the credits cover the whole context window', async () => {
    const caller = await harness.caller(8n * FREE);
    expect((await harness.post(anthropicCall.path, caller, anthropicCall.body)).status).toBe(200);
    expect(harness.stub.calls.map(({ operation }) => operation)).toEqual(['messages']);
  });

  it('is refused in terms of its count, where that is too dear too', async () => {
    const caller = await harness.caller(6_000_000n);
    const count = { usage: { inputTokens: 2_000, outputTokens: 0 } };
    harness.stub.script({ match: { operation: 'messages.count_tokens' }, times: 3, respond: count });
    const ask = (tokens: number) => harness.post('/v1/messages', caller, { ...anthropicCall.body, max_tokens: tokens });
    const refused = await ask(2_000);
    expect(refused.status).toBe(402);
    const { required_credits, fitting_output_tokens } = await readDetails(refused);
    expect(Number(required_credits)).toBeLessThan(10);
    expect((await ask(fitting_output_tokens + 1)).status).toBe(402);
    expect((await ask(fitting_output_tokens)).status).toBe(200);
  });

  it('is counted for a subject whose budget does not cover the window', async () => {
    const caller = await harness.caller(10n * FREE);
    const limits = { 'x-rigbox-subject': 'ann', 'x-rigbox-subject-budget': '250;period=30d' };
    const response = await harness.post(anthropicCall.path, caller, anthropicCall.body, limits);
    expect(response.status, await response.text()).toBe(200);
  });

  it.each([
    [
      'a file at a URL, which may be another one when the call comes',
      said({ ...document, source: { type: 'url', url: 'https://x/y' } }),
    ],
    ['pages that a tool finds', { ...said(document), tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }],
    ['an output limit that the credits do not cover', { ...said(document), max_tokens: 64_000_000 }],
  ])('is not counted with %s', async (_case, more) => {
    const caller = await harness.caller(FREE);
    expect((await harness.post('/v1/messages', caller, { ...claude, ...more })).status).toBe(402);
    expect(harness.stub.calls).toEqual([]);
  });

  it('is not counted in a conversation, which may grow meanwhile', async () => {
    const caller = await harness.caller(FREE);
    const kept = { api: 'openai', ids: ['conv_1'], workspaceId: caller.workspaceId, at: Date.now() } as const;
    await harness.store.keepProviderIds({ ...kept, contextTokens: null });
    const ask = (named: object) => harness.post('/v1/responses', caller, { ...gpt, ...input(file), ...named });
    expect((await ask({ conversation: 'conv_1' })).status).toBe(402);
    expect(harness.stub.calls).toEqual([]);
    // A stored response stays as it is.
    expect((await ask({ previous_response_id: 'conv_1' })).status).toBe(200);
  });

  it('that its caller gives up while it is counted leaves nothing held, and nothing is forwarded', async () => {
    const caller = await harness.caller(FREE);
    harness.stub.script({ respond: { delayMs: { beforeHeaders: NEVER_MS } } });
    const away = new AbortController();
    const asked = fetch(harness.url + anthropicCall.path, {
      method: 'POST',
      headers: { authorization: `Bearer ${caller.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(anthropicCall.body),
      signal: away.signal,
    });
    await until(() => harness.stub.calls.length === 1);
    away.abort();
    await expect(asked).rejects.toThrow();
    const [outcome] = await harness.reported();
    expect(outcome).toMatchObject({ outcome: 'abandoned', callerGone: true });
    await until(() => harness.stub.calls[0]?.outcome === 'aborted');
    expect(harness.stub.calls).toHaveLength(1);
    expect(await readOpenHolds(harness.store, caller)).toEqual([]);
    expect(await caller.remainingMicro()).toBe(FREE);
  });
});

/** What a call needs without a count: the bound of the whole context window. */
const WINDOW_CREDITS = '1060';

async function expectWindow(response: Response): Promise<void> {
  expect(response.status).toBe(402);
  expect(await readDetails(response)).toMatchObject({ required_credits: WINDOW_CREDITS });
}

describe('where the count does not come, the whole window is held:', () => {
  const harness = useTestProxy({ timeouts: { countInputMs: 50 } });
  const ask = (caller: Caller) => harness.post(anthropicCall.path, caller, anthropicCall.body);

  it.each([
    ['the provider refuses to count', { error: { status: 400 } }],
    ['the provider is overloaded', { error: { status: 529 } }],
    ['the connection breaks', { disconnect: 'before-headers' }],
    ['half of the count comes', { truncate: { afterChunks: 0 } }],
    ['the provider is silent', { delayMs: { beforeHeaders: NEVER_MS } }],
  ] as const)('%s', async (_case, respond) => {
    const caller = await harness.caller(FREE);
    harness.stub.script({ match: { operation: 'messages.count_tokens' }, respond });
    await expectWindow(await ask(caller));
    expect(harness.stub.calls.map(({ operation }) => operation)).toEqual(['messages.count_tokens']);
    expect(await readOpenHolds(harness.store, caller)).toEqual([]);
    expect(await caller.remainingMicro()).toBe(FREE);
    await until(() => harness.stub.calls.every(({ outcome }) => outcome !== 'open'));
  });
});

describe('a count that cannot be is not believed:', () => {
  let said = '';
  const liar = createServer((request, response: ServerResponse) => {
    request.resume().once('end', () => response.setHeader('content-type', 'application/json').end(said));
  });
  beforeAll(() => new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve)));
  afterAll(() => liar.close());
  const harness = useTestProxy(async () => {
    const baseUrl = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
    return { providers: { anthropic: { baseUrl, apiKey: PLATFORM_KEYS.anthropic } } };
  });

  it.each([
    ...['-5', '0', '1.5', '"12"', 'null', '1e300', '[7]', '2000000'].map((tokens) => `{"input_tokens":${tokens}}`),
    ...['', '{}', '[]', '7', 'null', '<html>', '{"input_tokens":7', '{"input_tokens":{"input_tokens":7}}'],
    '{"input_tokens":7,"context_management":{"original_input_tokens":-1}}',
  ])('%s', async (answer) => {
    said = answer;
    await expectWindow(await harness.post(anthropicCall.path, await harness.caller(FREE), anthropicCall.body));
  });

  it('a larger count before the context is edited is the one that is held', async () => {
    said = '{"input_tokens":7,"context_management":{"original_input_tokens":900000}}';
    const refused = await harness.post(anthropicCall.path, await harness.caller(FREE), anthropicCall.body);
    expect(Number((await readDetails(refused)).required_credits)).toBeGreaterThan(900);
  });
});

describe('an account over its rate of calls that cost nothing', () => {
  const waits: (number | undefined | Error)[] = [];
  const harness = useTestProxy({
    countFreeCall: async () => {
      const wait = waits.shift();
      if (wait instanceof Error) throw wait;
      return wait;
    },
  });

  it.each([[30_000], [new Error('no counter')]])('gets no count: %s', async (wait) => {
    waits.push(wait);
    await expectWindow(await harness.post(anthropicCall.path, await harness.caller(FREE), anthropicCall.body));
    expect(harness.stub.calls).toEqual([]);
  });

  it('gets one count for one call within it', async () => {
    waits.push(undefined, 30_000);
    expect((await harness.post(anthropicCall.path, await harness.caller(FREE), anthropicCall.body)).status).toBe(200);
    expect(waits).toEqual([30_000]);
    waits.length = 0;
  });
});

describe('without time for counts', () => {
  const harness = useTestProxy({ timeouts: { countInputMs: 0 } });
  it.each(CALLS)('a PDF of %s needs the whole window', async (_api, call) => {
    expect((await harness.post(call.path, await harness.caller(FREE), call.body)).status).toBe(402);
    expect(harness.stub.calls).toEqual([]);
  });
});

describe('where the operator wants output limits to fit', () => {
  const harness = useTestProxy({ fitOutputCap: true });

  it('a PDF is counted first, and its answer is limited as the count covers it', async () => {
    const caller = await harness.caller(12_000_000n);
    harness.stub.script({
      match: { operation: 'messages.count_tokens' },
      respond: { usage: { inputTokens: 3_500, outputTokens: 0 } },
    });
    const body = { ...anthropicCall.body, max_tokens: 64_000 };
    const response = await harness.post(anthropicCall.path, caller, body);
    expect(response.status, await response.text()).toBe(200);
    expect(Number(response.headers.get('x-rigbox-output-cap'))).toBeGreaterThan(2_000);
  });

  it('a text whose output limit alone is too dear is not counted', async () => {
    const body = { ...claude, max_tokens: 64_000, messages: [{ role: 'user', content: 'Hello' }] };
    const response = await harness.post('/v1/messages', await harness.caller(12_000_000n), body);
    expect(response.status).toBe(200);
    expect(harness.stub.calls.map(({ operation }) => operation)).toEqual(['messages']);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { PLENTY, readOpenHolds, useTestProxy } from '../../harness/proxy.ts';

/** What the provider answers next: JSON, or events. */
let next: object | readonly object[] = {};
const provider = createServer((request, response) => {
  request.resume();
  const events = Array.isArray(next) ? next.map((event) => frame(event)).join('') : undefined;
  response.setHeader('content-type', events === undefined ? 'application/json' : 'text/event-stream');
  response.end(events ?? JSON.stringify(next));
});
afterAll(() => provider.close());

/** Anthropic and the responses API name their events. */
function frame(event: { readonly type?: string }): string {
  return `${event.type === undefined ? '' : `event: ${event.type}\n`}data: ${JSON.stringify(event)}\n\n`;
}

const harness = useTestProxy(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const access = { baseUrl, apiKey: 'sk-served' };
  return { providers: { openai: access, anthropic: access, google: access } };
});

const CALLS = {
  chat: ['/v1/chat/completions', { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] }],
  completions: ['/v1/completions', { model: 'gpt-4o-mini', prompt: 'Hi' }],
  responses: ['/v1/responses', { model: 'gpt-4o-mini', input: 'Hi' }],
  messages: [
    '/v1/messages',
    { model: 'claude-sonnet-4-6', max_tokens: 9_000, messages: [{ role: 'user', content: 'Hi' }] },
  ],
  gemini: ['/v1beta/models/gemini-2.5-flash:generateContent', { contents: [{ parts: [{ text: 'Hi' }] }] }],
  geminiStream: [
    '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    { contents: [{ parts: [{ text: 'Hi' }] }] },
  ],
} as const;

/** Calls, lets the provider answer so, and returns what was taken and what is still held. */
async function answered(name: keyof typeof CALLS, answer: object | readonly object[]) {
  const caller = await harness.caller();
  next = answer;
  const [path, body] = CALLS[name];
  const response = await harness.post(path, caller, {
    ...body,
    ...(Array.isArray(answer) && name !== 'geminiStream' && { stream: true }),
  });
  const text = await response.text();
  await harness.reported();
  const [hold] = await readOpenHolds(harness.store, caller);
  return { taken: hold === undefined ? PLENTY - (await caller.remainingMicro()) : undefined, hold, text };
}

const compacted = {
  input_tokens: 23_000,
  output_tokens: 1_000,
  iterations: [
    { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500 },
    { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
  ],
};

describe('usage that stands apart from the totals is charged', () => {
  const model = 'claude-sonnet-4-6';

  it('in a message', async () => {
    expect((await answered('messages', { model, usage: compacted })).taken).toBe(67_650_000n);
  });

  it('in a stream', async () => {
    const { taken } = await answered('messages', [
      { type: 'message_start', message: { model, usage: { input_tokens: 23_000, output_tokens: 1 } } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: compacted },
      { type: 'message_stop' },
    ]);
    expect(taken).toBe(67_650_000n);
  });
});

describe('the tier that served is charged', () => {
  const usage = { prompt_tokens: 200, completion_tokens: 300 };
  const priority = { model: 'gpt-4o-mini', service_tier: 'priority' };
  const named = { input_tokens: 200, output_tokens: 300 };

  it.each<[keyof typeof CALLS, object | readonly object[]]>([
    ['chat', { ...priority, usage }],
    [
      'chat',
      [
        { ...priority, choices: [{ index: 0, delta: { content: 'Hi' } }] },
        { ...priority, choices: [], usage },
      ],
    ],
    ['completions', { ...priority, usage }],
    ['responses', { ...priority, usage: named }],
    ['responses', [{ type: 'response.completed', response: { ...priority, usage: named } }]],
  ])('in %s: %j', async (name, answer) => {
    expect((await answered(name, answer)).taken).toBe(35_000n);
  });

  it.each(['gemini', 'geminiStream'] as const)('in %s', async (name) => {
    const chunk = {
      candidates: [{ finishReason: 'STOP', content: { parts: [{ text: 'Hi' }] } }],
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, serviceTier: 'priority' },
    };
    expect((await answered(name, name === 'gemini' ? chunk : [chunk])).taken).toBe(2n * (100n * 30n + 10n * 250n));
  });
});

describe('counts that cannot be', () => {
  it.each([
    ['prompt_tokens', 1e15],
    ['completion_tokens', 2 ** 53],
    ['prompt_tokens', -1],
    ['completion_tokens', 0.5],
  ])('keep the hold: %s of %d', async (name, count) => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, [name]: count };
    for (const answer of [{ usage }, [{ choices: [], usage }]]) {
      const { hold } = await answered('chat', answer);
      const field = name === 'prompt_tokens' ? 'inputTokens' : 'outputTokens';
      expect(hold).toMatchObject({ state: 'uncertain', reason: `impossible_count: ${field}` });
    }
  });
});

describe('an answer that failed before its first output', () => {
  const error = { message: 'Overloaded.', code: 'server_error' };
  const failed = (output: readonly object[] = []) => ({
    type: 'response.failed',
    response: { status: 'failed', error, usage: null, output },
  });
  const created = { type: 'response.created', response: { status: 'in_progress', error: null, output: [] } };
  const item = { type: 'response.output_item.added', item: { type: 'message' } };
  const chunk = { choices: [{ index: 0, delta: { content: 'Hi' } }] };
  const anthropic = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded.' } };
  const google = { error: { code: 503, message: 'Overloaded.', status: 'UNAVAILABLE' } };

  it.each<[keyof typeof CALLS, object | readonly object[]]>([
    ['chat', { error }],
    ['chat', [{ error }]],
    ['chat', [{ error, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'error' }] }]],
    ['completions', [{ error }]],
    ['responses', failed().response],
    ['responses', [created, failed()]],
    ['responses', [created, { type: 'error', ...error }]],
    ['messages', anthropic],
    ['messages', [anthropic]],
    ['messages', [{ type: 'ping' }, anthropic]],
    ['gemini', google],
    ['geminiStream', [google]],
  ])('costs nothing: %s %j', async (name, answer) => {
    const { taken, text } = await answered(name, answer);
    expect(taken).toBe(0n);
    expect(harness.outcomes[0]).toMatchObject({ outcome: 'released', reason: 'failed_before_output' });
    expect(text).toContain('Overloaded.');
  });

  it.each<[keyof typeof CALLS, object | readonly object[]]>([
    ['chat', { error, choices: [{ message: { role: 'assistant', content: 'Hi' } }] }],
    ['chat', [chunk, { error }]],
    ['chat', [{ error }, chunk]],
    ['responses', failed([{ type: 'reasoning' }]).response],
    ['responses', [created, item, failed()]],
    ['responses', [created, failed([{ type: 'reasoning' }])]],
    ['messages', [{ type: 'message_start', message: { usage: { input_tokens: 9, output_tokens: 1 } } }, anthropic]],
    ['geminiStream', [{ candidates: [{ content: { parts: [{ text: 'Hi' }] } }] }, google]],
  ])('but keeps the hold where something may have been generated: %s %j', async (name, answer) => {
    expect((await answered(name, answer)).hold).toMatchObject({ state: 'uncertain' });
  });
});

describe('usage without a known price', () => {
  const named = (model: string, more: object) => ({
    model,
    usage: { prompt_tokens: 200, completion_tokens: 300, ...more },
  });

  it('is charged as far as it is known, and told once a day by the names of its fields', async () => {
    const more = { dream_tokens: 7, zero_tokens: 0, null_tokens: null, details: { lucid: [{ tokens: 1 }] } };
    for (let calls = 0; calls < 2; calls += 1) {
      expect((await answered('chat', named('gpt-4o-mini', more))).taken).toBe(21_000n);
      harness.forget();
    }
    const { taken, hold } = await answered('chat', { ...named('gpt-4o-mini', more), service_tier: 'sk-secret-7f3a' });
    expect([taken, hold]).toEqual([52_500n, undefined]);
    const fields = ['dream_tokens', 'details', 'service_tier'];
    expect(harness.outcomes[0]).toMatchObject({ outcome: 'settled', unpriced: fields });
    const told = harness.log.filter((line) => line.includes('without a known price'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('dream_tokens');
    expect(harness.log.join()).not.toContain('sk-secret');
    const noted = (await harness.store.unpricedUsage()).map(({ model, field }) => `${model} ${field}`);
    expect(noted.sort()).toEqual(fields.map((field) => `gpt-4o-mini ${field}`).sort());
  });

  it("is not told where the provider's own bill has it", async () => {
    await answered('chat', named('gpt-4o-mini', { dream_tokens: 7, cost: 0.5 }));
    expect(harness.outcomes[0]).not.toHaveProperty('unpriced');
  });

  it('has no name that could be anything', async () => {
    await answered('chat', named('gpt-4o-mini', { 'sk-secret 7f3a': 7 }));
    expect(harness.outcomes[0]?.unpriced).toEqual(['?']);
  });
});

import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { type Caller, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const harness = useTestProxy();
const openai = ({ key }: Caller) => new OpenAI({ baseURL: `${harness.url}/v1`, apiKey: key, maxRetries: 0 });
const hello = [{ role: 'user' as const, content: 'Hello there' }];
const usage = { inputTokens: 811, outputTokens: 99, cachedInputTokens: 200 };

const chunkings: readonly NonNullable<ScriptRule['respond']['chunking']>[] = [
  'event',
  'byte',
  'crlf',
  'comments',
  'no-final-newline',
  { bytes: 7 },
];

describe('a stream of chat completions', () => {
  it.each(chunkings)('cut as %j shows the cost in the usage chunk that was asked for', async (chunking) => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage, text: 'One two three four', chunking } });
    const stream = await openai(caller).chat.completions.create({
      model: 'gpt-4o-mini',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let shown: object | null | undefined;
    let remaining: bigint | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.usage) {
        shown = chunk.usage;
        remaining = await caller.remainingMicro();
      }
    }
    const cost = expectedMicro('gpt-4o-mini', usage);
    expect(text).toBe('One two three four');
    expect(shown).toMatchObject({ cost_micro: Number(cost), cost_credits: Number(cost) / 1e6 });
    expect(PLENTY - (remaining ?? 0n)).toBe(cost);
  });

  it.each(chunkings)('cut as %j is unchanged but for the usage chunk that was not asked for', async (chunking) => {
    const caller = await harness.caller();
    const body = { model: 'gpt-4o-mini', messages: hello, stream: true };
    for (let calls = 0; calls < 2; calls += 1) harness.stub.script({ respond: { usage, text: 'One two', chunking } });
    const answer = await (await harness.post('/v1/chat/completions', caller, body)).text();
    const direct = await fetch(`${harness.stub.openaiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer direct' },
      body: JSON.stringify({ ...body, stream_options: { include_usage: true } }),
    });
    const own = await direct.text();
    const withoutUsage = own
      .split(/(?<=\r\n\r\n|\n\n)/)
      .filter((event) => !event.includes('"choices":[]'))
      .join('');
    const anonymous = (text: string) => text.replaceAll(/"id":"[^"]*"|"created":\d+/g, '');
    expect(anonymous(answer)).toBe(anonymous(withoutUsage));
    expect(PLENTY - (await caller.remainingMicro())).toBe(expectedMicro('gpt-4o-mini', usage));
  });

  it('from Google, whose usage grows on every chunk, is charged for its last', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage: { ...usage, thoughtsTokens: 31 }, chunks: 9 } });
    const stream = await openai(caller).chat.completions.create({
      model: 'gemini-2.5-flash',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    let last: object | null | undefined;
    for await (const chunk of stream) last = chunk.usage ?? last;
    const cost = expectedMicro('gemini-2.5-flash', { inputTokens: 811, outputTokens: 130 });
    expect(last).toMatchObject({ cost_micro: Number(cost) });
    expect(PLENTY - (await caller.remainingMicro())).toBe(cost);
  });
});

describe('a stream of generateContent', () => {
  it('without alt=sse comes as one list, and is charged with its headers', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage } });
    const path = '/google/v1beta/models/gemini-2.5-flash:streamGenerateContent';
    const response = await harness.post(path, caller, { contents: [{ parts: [{ text: 'Hello' }] }] });
    expect(((await response.json()) as unknown[]).length).toBeGreaterThan(1);
    expect(response.headers.get('x-rigbox-cost-micro')).toBe(String(expectedMicro('gemini-2.5-flash', usage)));
  });
});

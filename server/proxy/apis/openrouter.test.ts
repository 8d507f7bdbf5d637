import { describe, expect, it } from 'vitest';
import { openAiEnvelope } from './openai.ts';
import { openRouterEnvelope } from './openrouter.ts';
import { findRoute } from './routes.ts';

const parseChunk = (text: string) => JSON.parse(text.replace(/^data: /, ''));
const adapted = (event: string) => openRouterEnvelope.adapt?.(Buffer.from(event)).toString('utf8') ?? '';
const ERROR = { status: 402, code: 'insufficient_credits', message: 'Too few.', param: null, details: undefined };

describe("OpenRouter's envelope", () => {
  it('has the status for a code, and the code beside it', () => {
    const body = openRouterEnvelope.body({ ...ERROR, requestId: 'req_1' });
    expect(body).toEqual({ error: { code: 402, message: 'Too few.', metadata: { code: 'insufficient_credits' } } });
  });

  it('ends a stream with a whole chunk that tells the error', () => {
    const chunk = parseChunk(openRouterEnvelope.frame({ ...ERROR, requestId: 'req_1' }));
    expect(chunk).toMatchObject({ object: 'chat.completion.chunk', error: { code: 402, message: 'Too few.' } });
    expect(chunk.choices).toEqual([{ index: 0, delta: { content: '' }, finish_reason: 'error' }]);
  });

  it('takes a usage that is none out of a chunk, and keeps everything else of it', () => {
    expect(adapted('data: {"id":"c","choices":[],"usage":null,"obfuscation":"x"}\n\n')).toBe(
      'data: {"id":"c","choices":[],"obfuscation":"x"}\n\n',
    );
  });

  it.each([
    'data: {"choices":[{"delta":{"content":"\\"usage\\":null"}}]}\n\n',
    'data: {"choices":[{"delta":{"usage":null}}]}\n\n',
    'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n',
    ': OPENROUTER PROCESSING "error"\n\n',
    'data: [DONE]\n\n',
  ])('leaves %j as it is', (event) => expect(adapted(event)).toBe(event));

  it("makes a provider's error event a chunk, with what it tells of the usage", () => {
    const chunk = parseChunk(
      adapted('data: {"error":{"message":"Over.","code":"server_error"},"usage":{"total_tokens":3}}\n\n'),
    );
    expect(chunk).toMatchObject({ error: { code: 502, message: 'Over.' }, usage: { total_tokens: 3 } });
  });

  it.each([
    ['speakeasy-sdk/typescript 1.3.19 2.914.0 1.0.0 @openrouter/sdk', openRouterEnvelope],
    ['OpenAI/JS 7.57.0', openAiEnvelope],
    [undefined, openAiEnvelope],
  ])('is for the SDK that names itself in its user agent: %s', (agent, envelope) => {
    const headers = { ...(agent !== undefined && { 'user-agent': agent }) };
    for (const path of ['/v1/chat/completions', '/openai/v1/chat/completions', '/v1/unknown']) {
      expect(findRoute('POST', path, headers)?.envelope).toBe(envelope);
    }
  });
});

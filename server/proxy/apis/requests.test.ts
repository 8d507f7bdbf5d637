import { describe, expect, it } from 'vitest';
import { messages } from './anthropic.ts';
import { generateContent } from './gemini.ts';
import { chatCompletions, completions } from './openai.ts';
import { responses } from './openai-responses.ts';
import type { Operation } from './operation.ts';

function facts(operation: Operation, body: object) {
  const reading = operation.read(body as Record<string, unknown>, { model: 'm', version: 'v1' });
  if (reading.kind === 'malformed') throw new Error(reading.message);
  return reading.facts;
}

const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const contents = (...parts: object[]) => ({ contents: [{ role: 'user', parts }] });
const PICTURE = 'data:image/png;base64,AAAA';

describe('input', () => {
  const cases: readonly [string, Operation, object, 'text' | 'opaque', number][] = [
    ['text', chatCompletions, { messages: [{ role: 'user', content: 'x' }] }, 'text', 0],
    ['text in parts', chatCompletions, said({ type: 'text', text: 'x' }), 'text', 0],
    ['a picture in the body', chatCompletions, said({ type: 'image_url', image_url: { url: PICTURE } }), 'text', 1],
    [
      'a picture by URL',
      chatCompletions,
      said({ type: 'image_url', image_url: { url: 'https://x/y.png' } }),
      'opaque',
      0,
    ],
    ['sound', chatCompletions, said({ type: 'input_audio', input_audio: {} }), 'opaque', 0],
    ['a file', chatCompletions, said({ type: 'file', file: { file_id: 'f' } }), 'opaque', 0],
    [
      'an earlier spoken answer',
      chatCompletions,
      { messages: [{ role: 'assistant', audio: { id: 'a' } }] },
      'opaque',
      0,
    ],
    ['what nobody has heard of', chatCompletions, said({ type: 'hologram' }), 'opaque', 0],
    ['text for responses', responses, { input: 'x' }, 'text', 0],
    ['items', responses, { input: [{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }] }, 'text', 0],
    [
      'a picture among items',
      responses,
      { input: [{ content: [{ type: 'input_image', image_url: PICTURE }] }] },
      'text',
      1,
    ],
    ['an earlier response', responses, { input: 'x', previous_response_id: 'r' }, 'opaque', 0],
    ['an item by reference', responses, { input: [{ type: 'item_reference', id: 'i' }] }, 'opaque', 0],
    ['a message', messages, said({ type: 'text', text: 'x' }), 'text', 0],
    ['a picture in a message', messages, said({ type: 'image', source: { type: 'base64' } }), 'text', 1],
    [
      'a picture in the result of a tool',
      messages,
      said({ type: 'tool_result', content: [{ type: 'image', source: { type: 'base64' } }] }),
      'text',
      1,
    ],
    ['a document in a message', messages, said({ type: 'document', source: { type: 'base64' } }), 'opaque', 0],
    ['a text as document', messages, said({ type: 'document', source: { type: 'text' } }), 'text', 0],
    ['pages that are fetched', messages, { ...said(), tools: [{ type: 'web_fetch_20250910' }] }, 'opaque', 0],
    ['parts', generateContent, contents({ text: 'x' }), 'text', 0],
    ['a picture in a part', generateContent, contents({ inlineData: { mimeType: 'image/png' } }), 'text', 1],
    ['a picture spelled otherwise', generateContent, contents({ inline_data: { mime_type: 'image/png' } }), 'text', 1],
    ['a film', generateContent, contents({ inlineData: { mimeType: 'video/mp4' } }), 'opaque', 0],
    ['a file by URI', generateContent, contents({ file_data: { file_uri: 'f' } }), 'opaque', 0],
    ['what is cached', generateContent, { ...contents(), cachedContent: 'c' }, 'opaque', 0],
    [
      'one content without a list',
      generateContent,
      { contents: { parts: { inlineData: { mimeType: 'audio/wav' } } } },
      'opaque',
      0,
    ],
  ];
  it.each(cases)('of %s', (_case, operation, body, input, inlineImages) => {
    expect(facts(operation, body).extent).toMatchObject({ input, inlineImages });
  });
});

describe('the limit of the answer', () => {
  it.each([
    [
      'the larger of two names',
      chatCompletions,
      { max_tokens: 5, max_completion_tokens: 9 },
      { kind: 'given', tokens: 9 },
    ],
    ['missing', chatCompletions, { max_tokens: null }, { kind: 'missing', path: ['max_completion_tokens'] }],
    ['what completions do anyway', completions, { prompt: 'x' }, { kind: 'missing', path: ['max_tokens'], most: 16 }],
    ['in its place', generateContent, {}, { kind: 'missing', path: ['generationConfig', 'maxOutputTokens'] }],
    [
      'in the spelling at hand',
      generateContent,
      { generation_config: {} },
      { kind: 'missing', path: ['generation_config', 'maxOutputTokens'] },
    ],
    [
      'given in the other spelling',
      generateContent,
      { generation_config: { max_output_tokens: 7 } },
      { kind: 'given', tokens: 7 },
    ],
  ] as const)('is %s', (_case, operation, body, want) => {
    expect(facts(operation, body).outputLimit).toEqual(want);
  });
});

describe('how much is answered', () => {
  it.each([
    ['n', chatCompletions, { n: 4 }, { answers: 4 }],
    ['candidates', generateContent, { generationConfig: { candidateCount: 3 } }, { answers: 3 }],
    [
      'what is written, not what is shown',
      completions,
      { prompt: ['a', 'b'], n: 1, best_of: 5 },
      { answers: 5, prompts: 2 },
    ],
    ['one prompt of tokens', completions, { prompt: [1, 2, 3] }, { prompts: 1 }],
    ['prompts of tokens', completions, { prompt: [[1], [2, 3]] }, { prompts: 2 }],
    [
      'searches, by their limit',
      messages,
      { tools: [{ type: 'web_search_20250305', max_uses: 3 }] },
      { webSearches: 3 },
    ],
    ['searches, without a limit', messages, { tools: [{ type: 'web_search_20250305' }] }, { webSearches: 20 }],
    ['turns, where the provider searches', messages, { tools: [{ type: 'web_search_20250305' }] }, { turns: 11 }],
    ['turns, where the provider calls servers', messages, { mcp_servers: [{}] }, { turns: 11, input: 'opaque' }],
    ['one turn, where the caller runs the tools', messages, { tools: [{ name: 'mine' }] }, { turns: 1 }],
  ] as const)('%s', (_case, operation, body, want) => {
    expect(facts(operation, body).extent).toMatchObject(want);
  });
});

describe('a parameter without a price', () => {
  it.each([
    ['service_tier', chatCompletions, { service_tier: 'flex' }],
    [undefined, chatCompletions, { service_tier: 'auto' }],
    ['models', chatCompletions, { models: ['dearer/model'] }],
    ['web_search_options', chatCompletions, { web_search_options: {} }],
    ['tools', responses, { tools: [{ type: 'web_search' }] }],
    ['tools', responses, { tools: [{ type: 'function' }, { type: 'mcp' }] }],
    [undefined, responses, { tools: [{ type: 'function' }] }],
    ['background', responses, { background: true }],
    ['speed', messages, { speed: 'fast' }],
    ['inference_geo', messages, { inference_geo: 'us' }],
    ['tools', messages, { tools: [{ type: 'code_execution_20250825' }] }],
    [undefined, messages, { tools: [{ name: 'mine', input_schema: {} }] }],
    ['tools', generateContent, { tools: [{ googleSearch: {} }] }],
    ['tools', generateContent, { tools: { google_maps: {} } }],
    [undefined, generateContent, { tools: [{ functionDeclarations: [] }] }],
    ['service_tier', generateContent, { service_tier: 'priority' }],
  ] as const)('is %s', (want, operation, body) => {
    expect(operation.unpricedParameter(body)).toBe(want);
  });
});

import { describe, expect, it } from 'vitest';
import type { Picture } from '../../money/picture-tokens.ts';
import { messages } from './anthropic.ts';
import { generateContent } from './gemini.ts';
import { chatCompletions, completions } from './openai.ts';
import { responses } from './openai-responses.ts';
import type { Operation, UnreadInput } from './operation.ts';

function facts(operation: Operation, body: object) {
  const reading = operation.read(body as Record<string, unknown>, { model: 'm', version: 'v1' });
  if (reading.kind === 'malformed') throw new Error(reading.message);
  return reading.facts;
}

/** The body with its lists of one object as that object: some providers take it so. */
function unlisted<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    const [only, ...others] = Array.isArray(inner) ? inner : [];
    return typeof only === 'object' && !Array.isArray(only) && others.length === 0 ? only : inner;
  });
}

const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const contents = (...parts: object[]) => ({ contents: [{ role: 'user', parts }] });
/** A PNG's head that says 640 by 480. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000028000000' + '1e0', 'hex').toString('base64');
const PICTURE = `data:image/png;base64,${PNG}`;
const SIZED: Picture[] = [{ kind: 'sized', width: 640, height: 480 }];
/** A second of plain sound, a byte for each sample. */
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
const NOTHING = { packedBytes: 0, pictures: [], soundTokens: 0, unseenTokens: 0, references: [] };
const PACKED = { packedBytes: PNG.length, pictures: SIZED };
const REMOTE: Partial<UnreadInput> = { pictures: [{ kind: 'remote' }] };
const SOUND = { packedBytes: WAV.length, soundTokens: 33 };
const named = (...references: string[]): Partial<UnreadInput> => ({ references });
const UNSEEN = { unseenTokens: Number.POSITIVE_INFINITY };
const REASONING = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' };

describe('input', () => {
  const cases: readonly [string, Operation, object, Partial<UnreadInput>][] = [
    ['text', chatCompletions, { messages: [{ role: 'user', content: 'x' }] }, {}],
    ['text in parts', chatCompletions, said({ type: 'text', text: 'x' }), {}],
    ['a picture in the body', chatCompletions, said({ type: 'image_url', image_url: { url: PICTURE } }), PACKED],
    ['a picture by URL', chatCompletions, said({ type: 'image_url', image_url: { url: 'https://x/y.png' } }), REMOTE],
    [
      'a document as picture',
      chatCompletions,
      said({ type: 'image_url', image_url: { url: 'data:application/pdf;base64,AA' } }),
      UNSEEN,
    ],
    ['sound', chatCompletions, said({ type: 'input_audio', input_audio: { data: WAV } }), SOUND],
    [
      'sound that its bytes do not bound',
      chatCompletions,
      said({ type: 'input_audio', input_audio: { data: 'AAAA' } }),
      UNSEEN,
    ],
    ['a file', chatCompletions, said({ type: 'file', file: { file_id: 'f' } }), UNSEEN],
    [
      'an earlier spoken answer',
      chatCompletions,
      { messages: [{ role: 'assistant', audio: { id: 'a' } }] },
      named('a'),
    ],
    ['what nobody has heard of', chatCompletions, said({ type: 'hologram' }), UNSEEN],
    ['text for responses', responses, { input: 'x' }, {}],
    ['items', responses, { input: [{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }] }, {}],
    [
      'a picture among items',
      responses,
      { input: [{ content: [{ type: 'input_image', image_url: PICTURE }] }] },
      PACKED,
    ],
    ['a picture by its file', responses, { input: [{ content: [{ type: 'input_image', file_id: 'f' }] }] }, REMOTE],
    ['an encrypted item', responses, { input: [REASONING, { type: 'compaction', encrypted_content: 'g' }] }, {}],
    ['reasoning by reference', responses, { input: [{ ...REASONING, encrypted_content: null }] }, named('rs_1')],
    ['an earlier response', responses, { input: 'x', previous_response_id: 'r' }, named('r')],
    ['a conversation', responses, { input: 'x', conversation: { id: 'c' } }, named('c')],
    ['a conversation that is no id', responses, { input: 'x', conversation: { id: 1 } }, UNSEEN],
    ['a stored prompt', responses, { input: 'x', prompt: { id: 'p' } }, UNSEEN],
    ['an item by reference', responses, { input: [{ type: 'item_reference', id: 'i' }, { id: 'j' }] }, named('i', 'j')],
    ['a message', messages, said({ type: 'text', text: 'x' }), {}],
    ['hidden thinking', messages, said({ type: 'redacted_thinking', data: 'x' }), {}],
    ['a picture in a message', messages, said({ type: 'image', source: { type: 'base64', data: PNG } }), PACKED],
    [
      'a picture without a head',
      messages,
      said({ type: 'image', source: { type: 'base64', data: 'AAAA' } }),
      { packedBytes: 4, pictures: [{ kind: 'unreadable' }] },
    ],
    [
      'a picture by its file in a message',
      messages,
      said({ type: 'image', source: { type: 'file', file_id: 'f' } }),
      REMOTE,
    ],
    [
      'a picture in the result of a tool',
      messages,
      said({ type: 'tool_result', content: [{ type: 'image', source: { type: 'base64', data: PNG } }] }),
      PACKED,
    ],
    ['a document in a message', messages, said({ type: 'document', source: { type: 'base64' } }), UNSEEN],
    ['a text as document', messages, said({ type: 'document', source: { type: 'text' } }), {}],
    [
      'tools that the provider describes',
      messages,
      { ...said(), tools: [{ type: 'bash_20250124' }, { name: 'mine' }] },
      { unseenTokens: 1_024 },
    ],
    ['pages that are fetched', messages, { ...said(), tools: [{ type: 'web_fetch_20250910' }] }, UNSEEN],
    ['parts', generateContent, contents({ text: 'x' }), {}],
    ['a signed thought', generateContent, contents({ text: 'x', thoughtSignature: 'AAAA' }), {}],
    ['a picture in a part', generateContent, contents({ inlineData: { mimeType: 'image/png', data: PNG } }), PACKED],
    [
      'a picture spelled otherwise',
      generateContent,
      contents({ inline_data: { mime_type: 'image/png', data: PNG } }),
      PACKED,
    ],
    ['a film', generateContent, contents({ inlineData: { mimeType: 'video/mp4' } }), UNSEEN],
    [
      'a film in the instructions',
      generateContent,
      { ...contents({ text: 'x' }), systemInstruction: { parts: [{ fileData: { fileUri: 'f' } }] } },
      UNSEEN,
    ],
    [
      'a film in the result of a function',
      generateContent,
      contents({ functionResponse: { parts: [{ fileData: { fileUri: 'f' } }] } }),
      UNSEEN,
    ],
    ['a file by URI', generateContent, contents({ file_data: { file_uri: 'f' } }), UNSEEN],
    ['what is cached', generateContent, { ...contents(), cachedContent: 'c' }, named('c')],
    [
      'one content without a list',
      generateContent,
      { contents: { parts: { inlineData: { mimeType: 'audio/wav', data: WAV } } } },
      SOUND,
    ],
  ];
  it.each(cases)('of %s', (_case, operation, body, want) => {
    expect(facts(operation, body).extent).toMatchObject({ ...NOTHING, ...want });
  });

  it.each(cases)('of %s is the same where one object stands for a list of one', (_case, operation, body, want) => {
    expect(facts(operation, unlisted(body)).extent).toMatchObject({ ...NOTHING, ...want });
  });
});

describe('the limit of the answer', () => {
  it.each([
    [
      'the larger of two names',
      chatCompletions,
      { max_tokens: 5, max_completion_tokens: 9 },
      { kind: 'given', tokens: 9, places: [{ path: ['max_completion_tokens'] }, { path: ['max_tokens'] }] },
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
      { kind: 'given', tokens: 7, places: [{ path: ['generation_config', 'max_output_tokens'] }] },
    ],
    ['none, which fills the cache', messages, { max_tokens: 0 }, { kind: 'given', tokens: 0 }],
    [
      'above the budget for thinking',
      messages,
      { max_tokens: 9_000, thinking: { budget_tokens: 4_000 } },
      { kind: 'given', tokens: 9_000, above: 4_000 },
    ],
  ] as const)('is %s', (_case, operation, body, want) => {
    expect(facts(operation, body).outputLimit).toMatchObject(want);
  });
});

describe('how much is answered', () => {
  it.each([
    ['n', chatCompletions, { n: 4 }, { answers: 4 }],
    [
      'budgets for thoughts',
      generateContent,
      { generation_config: { thinking_config: { thinking_budget: 7 } } },
      { extraOutputTokens: 7 },
    ],
    [
      "budgets for thoughts at Google's imitation",
      chatCompletions,
      { extra_body: { google: { thinking_config: { thinking_budget: '9' } } } },
      { extraOutputTokens: 9 },
    ],
    ['budgets for reasoning', chatCompletions, { reasoning: { max_tokens: 8 } }, { extraOutputTokens: 8 }],
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
    ['turns, where the provider calls servers', messages, { mcp_servers: [{}] }, { turns: 11, ...UNSEEN }],
    [
      'a turn for the summary, where the context is compacted',
      messages,
      { context_management: { edits: [{ type: 'compact_20260112' }] } },
      { turns: 2, answers: 2 },
    ],
    ['searches of Gemini 3, each query', generateContent, { tools: [{ googleSearch: {} }] }, { webSearches: 20 }],
    [
      'searches that a response may make by itself, one where they are cached',
      responses,
      { tools: [{ type: 'web_search', external_web_access: false }] },
      { webSearches: 1, turns: 2, foundTokens: 128_000 },
    ],
    [
      'searches that an item brings into a conversation, up to the bound of the caller',
      responses,
      { input: [{ type: 'additional_tools', tools: [{ type: 'web_search' }] }], max_tool_calls: 7 },
      { webSearches: 7, turns: 8 },
    ],
    ['a turn that writes a summary', responses, { input: [{ type: 'compaction_trigger' }] }, { turns: 2 }],
    [
      'searches of a tool that a message adds',
      messages,
      said({
        type: 'tool_addition',
        tool: { type: 'tool_definition', definition: { type: 'web_search_20250305', max_uses: 4 } },
      }),
      { webSearches: 4, turns: 11 },
    ],
    ['a format that is explained', messages, { output_format: { type: 'json_schema' } }, { declaresTools: true }],
    ['one turn, where the caller runs the tools', messages, { tools: [{ name: 'mine' }] }, { turns: 1 }],
  ] as const)('%s', (_case, operation, body, want) => {
    expect(facts(operation, body).extent).toMatchObject(want);
    expect(facts(operation, unlisted(body)).extent).toMatchObject(want);
  });
});

it('refuses a budget for thoughts that is written as text, which Google reads as a number', () => {
  const generationConfig = { thinkingConfig: { thinkingBudget: '24576' } };
  expect(generateContent.read({ generationConfig }, { model: 'm' })).toMatchObject({ param: 'thinkingBudget' });
});

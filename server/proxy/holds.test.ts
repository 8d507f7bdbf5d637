import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputBound, isCountable } from '../money/bounds.ts';
import { type Consumption, costAtPrice } from '../money/prices.ts';
import { NO_USAGE } from '../money/usage.ts';
import { findRoute } from './apis/routes.ts';
import { createCharges } from './charges/index.ts';
import { scanJson } from './json-text.ts';
import type { KeptId } from './options.ts';
import { createPriceSource } from './prices/source.ts';
import { type Quote, quoteCall } from './quote.ts';

/** Whatever a call asks for, its hold is at least what its provider can bill by its published rules. */

const tools = { prices: createPriceSource(), charges: createCharges() };
const access = { baseUrl: 'http://127.0.0.1', apiKey: 'sk-platform' };
const providers = { openai: access, anthropic: access, google: access };
const workspace = {
  accountId: 'a',
  workspaceId: 'w',
  mode: 'managed',
  provider: 'openai',
  model: 'gpt-5.5',
  byokKey: null,
} as const;

interface Asked {
  readonly kept?: ReadonlyMap<string, KeptId>;
  readonly beta?: string;
}

function quote(path: string, body: object, asked: Asked = {}): Quote {
  const route = findRoute('POST', path, {});
  if (route?.kind !== 'operation') throw new Error(`no operation at ${path}`);
  const text = scanJson(Buffer.from(JSON.stringify(body)));
  const json = JSON.parse(text.text);
  const at = Date.UTC(2026, 10, 22);
  const quoted = quoteCall(
    { ...route, ...asked, body: { kind: 'body', json, text }, workspace, at },
    { ...tools, providers },
  );
  if (quoted.kind === 'refused') throw new Error(`${quoted.code}: ${quoted.message}`);
  return quoted;
}

/** The dearest that this much can cost: all input is written to the cache, for an hour. */
function billed({ price }: Quote, inputTokens: number, outputTokens: number, more: Partial<Consumption> = {}): bigint {
  if (price === undefined) throw new Error('no price');
  return costAtPrice(price, { ...NO_USAGE, inputTokens, cacheWrite1hTokens: inputTokens, outputTokens, ...more });
}

const CHAT = '/v1/chat/completions';
const RESPONSES = '/v1/responses';
const MESSAGES = '/v1/messages';
const gemini = (model: string) => `/v1beta/models/${model}:generateContent`;
const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const keptFor = (id: string, contextTokens: number) => new Map([[id, { workspaceId: 'w', contextTokens }]]);
const LONG = 'x'.repeat(1_100_000);
const M = 1_000_000;

/** What was asked, and the most input and output that the provider may count for it. */
const WORST: readonly (readonly [
  fact: string,
  path: string,
  body: object,
  input: number,
  output: number,
  asked?: Asked,
])[] = [
  ['n answers', CHAT, { model: 'gpt-4o', n: 7, max_completion_tokens: 900, ...said() }, 1, 6_300],
  ['two limits', CHAT, { model: 'gpt-4o', max_tokens: 9, max_completion_tokens: 900, ...said() }, 1, 900],
  [
    'best_of',
    '/v1/completions',
    { model: 'gpt-3.5-turbo-instruct', prompt: ['a', 'b'], best_of: 5, max_tokens: 90 },
    2,
    900,
  ],
  [
    'a rejected prediction',
    CHAT,
    {
      model: 'gpt-4o',
      max_completion_tokens: 9,
      prediction: { type: 'content', content: 'x'.repeat(5_000) },
      ...said(),
    },
    5_000,
    5_009,
  ],
  [
    'a continued thread',
    RESPONSES,
    { model: 'gpt-5.5', input: 'x', previous_response_id: 'resp_1', max_output_tokens: 99 },
    400_001,
    99,
    { kept: keptFor('resp_1', 400_000) },
  ],
  [
    'a thread that nobody knows',
    RESPONSES,
    { model: 'gpt-5.5', input: 'x', previous_response_id: 'resp_1', max_output_tokens: 99 },
    1_050_000,
    99,
  ],
  [
    'a conversation',
    RESPONSES,
    { model: 'gpt-5.5', input: 'x', conversation: { id: 'c' }, max_output_tokens: 99 },
    70_001,
    99,
    { kept: keptFor('c', 70_000) },
  ],
  [
    'an item by reference, without its type',
    RESPONSES,
    { model: 'gpt-5.5', input: [{ id: 'msg_1' }], max_output_tokens: 99 },
    90_000,
    99,
    { kept: keptFor('msg_1', 90_000) },
  ],
  [
    'reasoning by reference',
    RESPONSES,
    { model: 'gpt-5.5', input: [{ type: 'reasoning', id: 'rs_1', summary: [] }], max_output_tokens: 99 },
    64_000,
    99,
    { kept: keptFor('rs_1', 64_000) },
  ],
  [
    'pages that the provider finds',
    RESPONSES,
    { model: 'gpt-5.5', input: 'x', tools: [{ type: 'web_search' }], max_tool_calls: 2, max_output_tokens: 99 },
    256_000,
    99,
  ],
  [
    'a long window asked for',
    MESSAGES,
    { model: 'claude-sonnet-4-5', max_tokens: 99, ...said({ type: 'text', text: LONG }) },
    M,
    99,
    { beta: 'fine-grained-2025, context-1m-2025-08-07' },
  ],
  [
    'a window that the price list rounds down',
    CHAT,
    { model: 'gpt-4.1', max_completion_tokens: 99, ...said({ type: 'text', text: LONG }) },
    1_047_576,
    99,
  ],
  [
    'a summary before the answer',
    MESSAGES,
    {
      model: 'claude-opus-5',
      max_tokens: 9_000,
      context_management: { edits: [{ type: 'compact_20260112' }] },
      ...said({ type: 'text', text: 'x'.repeat(90_000) }),
    },
    90_000 + 99_000,
    18_000,
  ],
  [
    'a summary of what came before, with OpenAI',
    RESPONSES,
    {
      model: 'gpt-5.5',
      input: 'x',
      max_output_tokens: 9_000,
      context_management: [{ type: 'compaction', compact_threshold: 9_000 }],
    },
    9_001,
    18_000,
  ],
  [
    'turns of searches',
    MESSAGES,
    {
      model: 'claude-haiku-4-5',
      max_tokens: 99,
      tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }],
      ...said(),
    },
    11 * 200_000,
    99,
  ],
  [
    'tools that the provider describes',
    MESSAGES,
    {
      model: 'claude-haiku-4-5',
      max_tokens: 99,
      tools: [
        { type: 'bash_20250124', name: 'bash' },
        { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
      ],
      ...said(),
    },
    346 + 245 + 700,
    99,
  ],
  [
    'a document',
    MESSAGES,
    {
      model: 'claude-haiku-4-5',
      max_tokens: 99,
      ...said({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }),
    },
    200_000,
    99,
  ],
  [
    'a picture at a URL',
    MESSAGES,
    {
      model: 'claude-opus-5',
      max_tokens: 99,
      ...said({ type: 'image', source: { type: 'url', url: 'https://x/y.png' } }),
    },
    4_784,
    99,
  ],
  [
    'a budget for thoughts',
    gemini('gemini-2.5-pro'),
    { contents: [], generationConfig: { maxOutputTokens: 50, thinkingConfig: { thinkingBudget: 8_000 } } },
    1,
    8_050,
  ],
  [
    'candidates',
    gemini('gemini-2.5-pro'),
    { contents: [], generationConfig: { maxOutputTokens: 50, candidateCount: 4 } },
    1,
    200,
  ],
  [
    'a film',
    gemini('gemini-2.5-pro'),
    {
      contents: [{ parts: [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }] }],
      generationConfig: { maxOutputTokens: 9 },
    },
    1_048_576,
    9,
  ],
];

describe('the hold covers', () => {
  it.each(WORST.map(([fact, ...call]) => [fact, call] as const))('%s', (_fact, [path, body, input, output, asked]) => {
    const quoted = quote(path, body, asked);
    expect(quoted.holdMicro).toBeGreaterThanOrEqual(billed(quoted, input, output));
  });
});

describe('the hold of a call whose provider has counted its input', () => {
  const pages = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } };
  const pdf = { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } };
  const photo = { inlineData: { mimeType: 'image/png', data: png(4_032, 3_024).toString('base64') } };
  const file = { type: 'input_file', file_data: 'data:application/pdf;base64,JVBERi0=' };
  const limited = { generationConfig: { maxOutputTokens: 99 } };
  const search = { tools: [{ type: 'web_search' }], max_tool_calls: 2 };
  /** The most that is billed for a count: what it may be short of, and what further turns read. */
  const cases: readonly (readonly [
    fact: string,
    path: string,
    body: object,
    billedInput: (counted: number) => number,
    output: number,
  ])[] = [
    [
      'that Anthropic estimates',
      MESSAGES,
      { model: 'claude-opus-5', max_tokens: 99, ...said(pages) },
      (counted) => counted * 1.1,
      99,
    ],
    [
      'twice with a summary',
      MESSAGES,
      {
        model: 'claude-opus-5',
        max_tokens: 99,
        context_management: { edits: [{ type: 'compact_20260112' }] },
        ...said(pages),
      },
      (counted) => 2 * counted * 1.1 + 99,
      198,
    ],
    [
      'that Gemini counts approximately, and a picture in pieces',
      gemini('gemini-2.5-pro'),
      { contents: [{ parts: [pdf, photo] }], ...limited },
      (counted) => counted * 1.1 + (COUNTED['gemini-2.5-pro']?.(4_032, 3_024) ?? Number.NaN),
      99,
    ],
    [
      'that OpenAI counts exactly',
      RESPONSES,
      { model: 'gpt-5.5', max_output_tokens: 99, input: [{ role: 'user', content: [file] }] },
      (counted) => counted,
      99,
    ],
    [
      'in each turn of searches',
      RESPONSES,
      { model: 'gpt-5.5', max_output_tokens: 99, input: [{ role: 'user', content: [file] }], ...search },
      (counted) => 3 * counted + 2 * (99 + 128_000),
      99,
    ],
  ];

  it.each(cases.map(([fact, ...call]) => [fact, call] as const))(
    'covers an input %s, and is never above that of the window',
    (_fact, [path, body, billedInput, output]) => {
      const uncounted = quote(path, body);
      expect(isCountable(uncounted.extent)).toBe(true);
      const price = uncounted.price;
      if (price === undefined) throw new Error('no price');
      const anyCount = fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 3 * M }));
      fc.assert(
        fc.property(anyCount, (tokens) => {
          const counted = uncounted.counted(tokens);
          const most = Math.min(Math.floor(billedInput(tokens)), inputBound(price, uncounted.extent));
          expect(counted.holdMicro).toBeGreaterThanOrEqual(billed(counted, most, output));
          expect(counted.holdMicro).toBeLessThanOrEqual(uncounted.holdMicro);
          expect(counted.body).toBe(uncounted.body);
          // A lower output limit does not forget the count.
          expect(counted.capped(1).holdMicro).toBeLessThanOrEqual(counted.holdMicro);
        }),
        { seed: 12, numRuns: 200 },
      );
      expect(uncounted.counted(2_000).holdMicro * 2n).toBeLessThan(uncounted.holdMicro);
    },
  );
});

describe('the hold of a usual turn of an agent is near its cost', () => {
  const FREE_MICRO = 250_000_000n;
  const picture = (width: number, height: number) =>
    Buffer.concat([png(width, height), Buffer.alloc(600_000)]).toString('base64');
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'x'.repeat(6_000) };
  const cases: readonly (readonly [fact: string, path: string, body: object, most: bigint])[] = [
    [
      'with encrypted reasoning',
      RESPONSES,
      { model: 'gpt-5.5', input: [reasoning, reasoning], max_output_tokens: 32_000 },
      FREE_MICRO,
    ],
    [
      'with a screenshot',
      RESPONSES,
      {
        model: 'gpt-5.5',
        max_output_tokens: 32_000,
        input: [
          {
            role: 'user',
            content: [{ type: 'input_image', image_url: `data:image/png;base64,${picture(1_920, 1_080)}` }],
          },
        ],
      },
      FREE_MICRO,
    ],
    [
      'with a screenshot, at Anthropic',
      MESSAGES,
      {
        model: 'claude-opus-5',
        max_tokens: 32_000,
        ...said({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture(1_920, 1_080) } }),
      },
      FREE_MICRO,
    ],
    [
      'with a photo, at Google',
      gemini('gemini-2.5-pro'),
      {
        contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: picture(4_032, 3_024) } }] }],
        generationConfig: { maxOutputTokens: 32_000 },
      },
      FREE_MICRO,
    ],
  ];
  it.each(cases)('%s', (_fact, path, body, most) => {
    expect(quote(path, body).holdMicro).toBeLessThan(most);
  });
});

function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffd8ffe000040000ffc0001108000000000000', 'hex');
  frame.writeUInt16BE(height, 13);
  frame.writeUInt16BE(width, 15);
  return frame;
}

/** What providers count for a picture, by the examples and formulas of their pages. */
const COUNTED: Readonly<Record<string, (width: number, height: number) => number>> = {
  'gpt-5.5': (width, height) => Math.ceil(Math.min(Math.ceil(width / 32) * Math.ceil(height / 32), 10_000) * 1.2),
  'gpt-5-nano': (width, height) => Math.ceil(Math.min(Math.ceil(width / 32) * Math.ceil(height / 32), 1_536) * 2.46),
  'gpt-4o': (width, height) => {
    const square = Math.min(1, 2_048 / Math.max(width, height));
    const short = Math.min(1, 768 / (Math.min(width, height) * square));
    const tiles = (side: number) => Math.ceil((side * square * short) / 512 - 1e-9);
    return 85 + 170 * tiles(width) * tiles(height);
  },
  'claude-haiku-4-5': (width, height) => Math.min(1_600, Math.ceil((width * height) / 750)),
  'claude-opus-5': (width, height) => Math.min(4_784, Math.ceil(width / 28) * Math.ceil(height / 28)),
  'gemini-3.5-flash': () => 2_240,
  'gemini-2.5-pro': (width, height) => {
    if (width <= 384 && height <= 384) return 258;
    const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
    return Math.ceil(width / tile) * Math.ceil(height / tile) * 258;
  },
};

/** A part of a prompt, and what is counted for it. */
type Part =
  | {
      readonly kind: 'picture';
      readonly file: Buffer;
      readonly mime: string;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'encrypted'; readonly text: string };

const side = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 8_000 }));
const picture: fc.Arbitrary<Part> = fc
  .tuple(side, side, fc.boolean(), fc.nat(4_000))
  .map(([width, height, isPng, size]) => ({
    kind: 'picture' as const,
    file: Buffer.concat([isPng ? png(width, height) : jpeg(width, height), Buffer.alloc(size)]),
    mime: isPng ? 'image/png' : 'image/jpeg',
    width,
    height,
  }));
const part: fc.Arbitrary<Part> = fc.oneof(
  picture,
  fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary', maxLength: 300 }) }),
  fc.record({ kind: fc.constant('encrypted' as const), text: fc.base64String({ maxLength: 3_000 }) }),
);

/** The call of a model with these parts, in the API of its provider. */
function toCall(model: string, parts: readonly Part[], limit: number, toolNames: readonly string[]) {
  const base64 = ({ file }: Extract<Part, { kind: 'picture' }>) => file.toString('base64');
  const parameters = { type: 'object', properties: {} };
  if (model.startsWith('gpt')) {
    const input = parts.map((each) => {
      if (each.kind === 'encrypted')
        return { type: 'reasoning', id: 'rs', summary: [], encrypted_content: each.text || 'x' };
      if (each.kind === 'text') return { role: 'user', content: [{ type: 'input_text', text: each.text }] };
      return {
        role: 'user',
        content: [{ type: 'input_image', image_url: `data:${each.mime};base64,${base64(each)}` }],
      };
    });
    return {
      path: RESPONSES,
      body: {
        model,
        input,
        max_output_tokens: limit,
        tools: toolNames.map((name) => ({ type: 'function', name, parameters })),
      },
    };
  }
  if (model.startsWith('claude')) {
    const content = parts.map((each) => {
      if (each.kind === 'encrypted') return { type: 'redacted_thinking', data: each.text };
      if (each.kind === 'text') return { type: 'text', text: each.text };
      return { type: 'image', source: { type: 'base64', media_type: each.mime, data: base64(each) } };
    });
    return {
      path: MESSAGES,
      body: {
        model,
        max_tokens: limit,
        ...said(...content),
        tools: toolNames.map((name) => ({ name, input_schema: parameters })),
      },
    };
  }
  const found = parts.map((each) => {
    if (each.kind === 'encrypted') return { text: '', thoughtSignature: each.text };
    if (each.kind === 'text') return { text: each.text };
    return { inlineData: { mimeType: each.mime, data: base64(each) } };
  });
  const functionDeclarations = toolNames.map((name) => ({ name, parameters }));
  return {
    path: gemini(model),
    body: {
      contents: [{ parts: found }],
      generationConfig: { maxOutputTokens: limit },
      tools: [{ functionDeclarations }],
    },
  };
}

it('the hold of any mix of text, pictures, encrypted items and tools covers the most that is counted for it', () => {
  const call = fc.record({
    model: fc.constantFrom(...Object.keys(COUNTED)),
    parts: fc.array(part, { maxLength: 12 }),
    limit: fc.integer({ min: 1, max: 64_000 }),
    toolNames: fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(call, ({ model, parts, limit, toolNames }) => {
      const { path, body } = toCall(model, parts, limit, toolNames);
      const input = parts.reduce((sum, each) => {
        if (each.kind !== 'picture') return sum + Buffer.byteLength(each.text);
        return sum + (COUNTED[model]?.(each.width, each.height) ?? Number.NaN);
      }, 0);
      // Each tool is read with its name, and Anthropic adds instructions of its own.
      const ofTools = toolNames.reduce((sum, name) => sum + name.length + 40, 0) + (toolNames.length > 0 ? 530 : 0);
      const quoted = quote(path, body);
      expect(quoted.holdMicro).toBeGreaterThanOrEqual(billed(quoted, input + ofTools, limit));
    }),
    { seed: 12, numRuns: 400 },
  );
});

import fc from 'fast-check';
import { findRoute } from '../../../server/proxy/apis/routes.ts';

/** The same seed draws the same inputs: `HOSTILE_SEED=7 vitest run test/http/hostile`. */
export const seed = Number(process.env.HOSTILE_SEED ?? 20_260_418);
export const check = { seed, numRuns: Number(process.env.HOSTILE_RUNS ?? 400) };

/** What has broken programs before. */
export const nasty = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    '',
    ' ',
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    '9'.repeat(40),
    '-0',
    'NaN',
    '1e999',
    'x'.repeat(5_000),
  ],
  ...[
    0,
    -0,
    -1,
    0.5,
    1e-300,
    1e308,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    [],
    [[]],
    {},
    [null],
    { length: 1e9 },
    { toString: null },
  ],
);
const MEMBERS =
  `model messages max_tokens max_completion_tokens max_output_tokens n stream stream_options include_usage input user
  prompt best_of tools tool_choice type image_url text content role audio modalities service_tier prediction web_search_options system
  serviceTier service_tier contents parts generationConfig generation_config maxOutputTokens candidateCount responseModalities cachedContent fileData inlineData
  requests usage prompt_tokens completion_tokens prompt_tokens_details cached_tokens input_tokens output_tokens cache_creation
  ephemeral_5m_input_tokens cache_read_input_tokens usageMetadata promptTokenCount candidatesTokenCount thoughtsTokenCount
  toolUsePromptTokenCount totalTokenCount cost choices delta finish_reason response message error __proto__`.split(
    /\s+/,
  );
const { value } = fc.letrec<{ value: unknown; list: unknown[]; object: object }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, nasty, fc.jsonValue(), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...MEMBERS), tie('value'), { maxKeys: 8 }),
}));
/** A body, an answer or an event: names that mean something, with anything in them. */
export const object = fc.dictionary(fc.constantFrom(...MEMBERS), value, { maxKeys: 12 });

const routes = [
  ['POST', '/v1/chat/completions'],
  ['POST', '/v1/completions'],
  ['POST', '/v1/responses'],
  ['POST', '/v1/embeddings'],
  ['POST', '/v1/messages'],
  ['POST', '/v1/messages/count_tokens'],
  ...['generateContent', 'streamGenerateContent', 'countTokens', 'embedContent', 'batchEmbedContents'].map(
    (action) => ['POST', `/v1beta/models/gemini-2.5-flash:${action}`] as const,
  ),
] as const;
export const operations = routes.map(([method, path]) => {
  const route = findRoute(method, path, {});
  if (route?.kind !== 'operation') throw new Error(`no operation at ${path}`);
  return route;
});
/** Every operation that takes a body. */
export const route = fc.constantFrom(...operations);

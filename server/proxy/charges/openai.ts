/** OpenAI: chat and text completions, and embeddings. */
import { type ChargeTable, free, metered, refused, type Shape } from './table.ts';

const PRICING = 'https://platform.openai.com/docs/pricing';
const CHAT = 'https://platform.openai.com/docs/api-reference/chat/create';
const COMPLETIONS = 'https://platform.openai.com/docs/api-reference/completions/create';
const CACHING = 'https://platform.openai.com/docs/guides/prompt-caching';

/** The tier of the price list. */
export const DEFAULT_TIER = { field: 'service_tier', value: 'default', insteadOf: 'auto' };
export const SERVICE_TIER = refused(
  'flex, priority and the other tiers have prices of their own; the request is made to say default.',
  PRICING,
  ['auto', 'default'],
);

/** Kept for half an hour at the price of the list; no price is listed for longer. */
const CACHE_TTL = refused('Only a cache of 30 minutes has its price in the list.', CACHING, ['30m']);
export const CACHING_SHAPES: Readonly<Record<string, Shape>> = {
  cacheOptions: { free: 'mode', fields: { ttl: CACHE_TTL } },
  cacheBreakpoint: { free: 'mode', fields: { ttl: CACHE_TTL } },
};

/** Moderation by the models that OpenAI offers without charge. */
export const MODERATION_SHAPES: Readonly<Record<string, Shape>> = {
  moderation: {
    free: 'policy*',
    fields: {
      model: refused('Only the omni-moderation models are listed as free of charge.', PRICING, [
        'omni-moderation-latest',
        'omni-moderation-2024-09-26',
      ]),
    },
  },
};

export const openAiChat: ChargeTable = {
  provider: 'openai',
  operations: ['chat.completions'],
  forced: DEFAULT_TIER,
  shapes: {
    ...CACHING_SHAPES,
    ...MODERATION_SHAPES,
    request: {
      free: `messages>message model frequency_penalty function_call>functionName functions>function logit_bias* logprobs
        metadata* modalities moderation>moderation parallel_tool_calls presence_penalty prompt_cache_key
        prompt_cache_options>cacheOptions prompt_cache_retention reasoning_effort response_format>format safety_identifier
        seed stop store stream stream_options>streamOptions temperature tool_choice>toolChoice tools>tool top_logprobs
        top_p user verbosity`,
      fields: {
        audio: metered('Spoken output is counted in audio tokens.', PRICING, 'audio'),
        max_completion_tokens: metered('Output is held up to it.', CHAT),
        max_tokens: metered('Output is held up to it.', CHAT),
        n: metered('Each answer is held and counted.', CHAT),
        prediction: metered(
          'Rejected parts of a prediction are charged as output, beyond the limit.',
          CHAT,
          'prediction',
        ),
        service_tier: SERVICE_TIER,
        web_search_options: refused('Each search has a fee that the usage does not report.', PRICING),
      },
    },
    message: {
      free: `role name content>part refusal tool_call_id tool_calls>toolCall function_call*`,
      fields: {
        audio: metered('An earlier spoken answer is read again; the whole context window is held.', CHAT, 'reference'),
        annotations: free('An answer has them, and comes back as it was.', CHAT, '*'),
        reasoning_content: free('Some agents send back what a model thought, as text.', CHAT),
      },
    },
    part: {
      free: 'prompt_cache_breakpoint>cacheBreakpoint',
      types: {
        text: 'text',
        refusal: 'refusal',
        image_url: metered('Tokens by size and detail.', PRICING, 'image_url>image'),
        input_audio: metered('Audio tokens.', PRICING, 'input_audio>sound'),
        file: metered(
          'Text and pictures of its pages are read; the whole context window is held.',
          PRICING,
          'file>file',
        ),
      },
    },
    image: { free: 'url detail' },
    sound: { free: 'data format' },
    file: { free: 'file_data file_id filename' },
    reference: { free: 'id' },
    audio: { free: 'format voice>reference' },
    toolCall: {
      free: 'id',
      types: { function: 'function>functionCall', custom: 'custom>customCall' },
      fields: { index: free('Streamed calls have it, and come back as they were.', CHAT) },
    },
    functionCall: { free: 'name arguments' },
    customCall: { free: 'name input' },
    tool: { types: { function: 'function>function', custom: 'custom>custom' } },
    function: { free: 'name description parameters* strict' },
    custom: { free: 'name description format>grammarFormat' },
    grammarFormat: { types: { text: '', grammar: 'grammar>grammar' } },
    grammar: { free: 'definition syntax' },
    functionName: { free: 'name' },
    toolChoice: {
      types: {
        function: 'function>functionName',
        custom: 'custom>functionName',
        allowed_tools: 'allowed_tools>allowed',
      },
    },
    allowed: { free: 'mode tools*' },
    format: { types: { text: '', json_object: '', json_schema: 'json_schema>schema' } },
    schema: { free: 'name description schema* strict' },
    streamOptions: { free: 'include_obfuscation include_usage' },
    prediction: { types: { content: 'content>part' } },
  },
};

export const openAiCompletions: ChargeTable = {
  provider: 'openai',
  operations: ['completions'],
  shapes: {
    request: {
      free: `model prompt echo frequency_penalty logit_bias* logprobs presence_penalty seed stop stream
        stream_options>streamOptions suffix temperature top_p user`,
      fields: {
        best_of: metered('Each is written and counted; n of them are shown.', COMPLETIONS),
        max_tokens: metered('Output is held up to it.', COMPLETIONS),
        n: metered('Each answer is held and counted.', COMPLETIONS),
      },
    },
    streamOptions: { free: 'include_obfuscation include_usage' },
  },
};

export const openAiEmbeddings: ChargeTable = {
  provider: 'openai',
  operations: ['embeddings'],
  shapes: { request: { free: 'input model dimensions encoding_format user' } },
};

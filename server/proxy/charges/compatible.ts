/** Providers that imitate OpenAI's API, and what they add to it. */
import { openAiChat, openAiCompletions, openAiEmbeddings } from './openai.ts';
import { openAiResponses } from './openai-responses.ts';
import { extended, free, metered, type Rule, refused, type Shape } from './table.ts';

const OPENROUTER = 'https://openrouter.ai/docs/api/reference/parameters';
const OPENROUTER_ROUTING = 'https://openrouter.ai/docs/guides/routing/provider-selection';
const OPENROUTER_FALLBACKS = 'https://openrouter.ai/docs/guides/routing/model-fallbacks';
const OPENROUTER_PLUGINS = 'https://openrouter.ai/docs/guides/features/plugins/overview';
const OPENROUTER_REASONING = 'https://openrouter.ai/docs/guides/best-practices/reasoning-tokens';
const ANTHROPIC = 'https://platform.claude.com/docs/en/api/openai-sdk';
const GOOGLE = 'https://ai.google.dev/gemini-api/docs/openai';

const sampling = free('A setting of sampling, which models other than those of OpenAI have.', OPENROUTER);

/** Agents mark what is to be cached at any of these places. */
function cacheMarks(rule: Rule): Readonly<Record<string, Shape>> {
  const marked: Shape = { fields: { cache_control: rule } };
  return { message: marked, part: marked, tool: marked, toolCall: marked };
}

const openRouterCaching = metered('OpenRouter reports the cost of cache writes.', OPENROUTER, '*');

const openRouterFields: Readonly<Record<string, Rule>> = {
  cache_control: openRouterCaching,
  debug: free('The answer shows the request to the provider.', OPENROUTER, '*'),
  image_config: metered('OpenRouter reports the cost of pictures.', OPENROUTER, '*'),
  include_reasoning: free('Whether the answer shows what the model thought.', OPENROUTER_REASONING),
  min_p: sampling,
  models: refused('A dearer model than the one that was held can answer.', OPENROUTER_FALLBACKS),
  plugins: refused('Plugins have fees, or choose the model.', OPENROUTER_PLUGINS),
  provider: metered(
    'It chooses among the providers of a model; OpenRouter reports the cost.',
    OPENROUTER_ROUTING,
    'routing',
  ),
  reasoning: metered('What a model thinks is output.', OPENROUTER_REASONING, 'routerReasoning'),
  repetition_penalty: sampling,
  route: refused('A dearer model than the one that was held can answer.', OPENROUTER_FALLBACKS),
  session_id: free('Calls with the same one are shown together.', OPENROUTER),
  stop_server_tools_when: free('When tools at the provider stop; those with fees are refused.', OPENROUTER, '*'),
  structured_outputs: free('The form of the answer.', OPENROUTER),
  top_a: sampling,
  top_k: sampling,
  trace: free('Ids and names for the traces of the caller.', OPENROUTER, '*'),
  transforms: free('They cut the input.', OPENROUTER),
  usage: free('Whether the answer tells the usage.', OPENROUTER, '*'),
};

const openRouterShapes: Readonly<Record<string, Shape>> = {
  routing: {
    free: `allow_fallbacks data_collection enforce_distillable_text ignore max_price* only order preferred_max_latency*
      preferred_min_throughput* quantizations require_parameters sort* zdr`,
  },
  routerReasoning: { free: 'effort enabled exclude max_tokens summary' },
};

export const openRouterChat = extended(openAiChat, {
  provider: 'openrouter',
  shapes: {
    ...openRouterShapes,
    ...cacheMarks(openRouterCaching),
    request: { fields: openRouterFields },
    message: {
      fields: {
        cache_control: openRouterCaching,
        images: metered('Pictures of an earlier answer are input.', OPENROUTER, 'part'),
        reasoning: free('What a model thought, sent back as text.', OPENROUTER_REASONING),
        reasoning_details: metered('What a model thought, sent back, is input.', OPENROUTER_REASONING, '*'),
      },
    },
  },
});

export const openRouterCompletions = extended(openAiCompletions, {
  provider: 'openrouter',
  shapes: { ...openRouterShapes, request: { fields: openRouterFields } },
});

const { reasoning: _, ...openRouterResponseFields } = openRouterFields;

export const openRouterResponses = extended(openAiResponses, {
  provider: 'openrouter',
  shapes: {
    ...openRouterShapes,
    request: {
      fields: {
        ...openRouterResponseFields,
        frequency_penalty: sampling,
        modalities: metered('OpenRouter reports the cost of pictures.', OPENROUTER),
        presence_penalty: sampling,
      },
    },
    reasoning: {
      fields: {
        enabled: free('Whether a model thinks; that is output.', OPENROUTER_REASONING),
        max_tokens: free('How much a model thinks; that is output.', OPENROUTER_REASONING),
      },
    },
  },
});

export const openRouterEmbeddings = extended(openAiEmbeddings, {
  provider: 'openrouter',
  shapes: {
    routing: openRouterShapes.routing ?? {},
    request: {
      fields: {
        input_type: free('What the vectors are for.', OPENROUTER),
        provider: metered(
          'It chooses among the providers of a model; OpenRouter reports the cost.',
          OPENROUTER_ROUTING,
          'routing',
        ),
      },
    },
  },
});

export const anthropicChat = extended(openAiChat, {
  provider: 'anthropic',
  shapes: {
    ...cacheMarks(free('Nothing is cached here: Anthropic passes over it.', ANTHROPIC, '*')),
    request: {
      fields: { thinking: metered('What a model thinks is output, within max_tokens.', ANTHROPIC, 'thinking') },
    },
    thinking: { free: 'type budget_tokens display' },
  },
});

const extraContent = free('The signature of what the model thought, sent back.', GOOGLE, '*');

export const googleChat = extended(openAiChat, {
  provider: 'google',
  shapes: {
    request: { fields: { extra_body: free('Settings of Gemini.', GOOGLE, 'extraBody') } },
    message: { fields: { extra_content: extraContent } },
    toolCall: { fields: { extra_content: extraContent } },
    extraBody: { fields: { google: free('Settings of Gemini.', GOOGLE, 'extraGoogle') } },
    extraGoogle: {
      fields: {
        cached_content: metered('What it names is input; the whole context window is held.', GOOGLE),
        safety_settings: free('What is filtered.', GOOGLE, '*'),
        thinking_config: metered('What a model thinks is output.', GOOGLE, '*'),
        thought_tag_marker: free('How the answer marks what the model thought.', GOOGLE),
      },
    },
  },
});

export const googleEmbeddings = extended(openAiEmbeddings, { provider: 'google' });

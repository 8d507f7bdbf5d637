/**
 * The fields that providers put into their usage. A test walks the types of their SDKs: a field that is new there, and not
 * here, turns it red. In an answer, such a field is told to the operator.
 */

/**
 * What a field is to the bill:
 * - `counted`: it is read, and charged.
 * - `inside`: a part of a field that is counted, at the same price.
 * - `label`: says something about the call; it is no amount.
 * - `bill`: money that the provider itself reckoned.
 * - `told`: it may change the price in a way that is not known here. It is told as an unknown field is.
 */
export type FieldMeaning = 'counted' | 'inside' | 'label' | 'bill' | 'told';

/** By name. A table stands for an object, or for the objects of a list. */
export type UsageFields = { readonly [field: string]: FieldMeaning | UsageFields };

/** OpenRouter adds these to the usage of the OpenAI API. */
const OPENROUTER: UsageFields = {
  cost: 'bill',
  is_byok: 'label',
  cost_details: {
    upstream_inference_cost: 'bill',
    upstream_inference_prompt_cost: 'bill',
    upstream_inference_completions_cost: 'bill',
    upstream_inference_input_cost: 'bill',
    upstream_inference_output_cost: 'bill',
  },
  server_tool_use: { web_search_requests: 'counted' },
};

/** Chat and text completions, and embeddings. */
export const CHAT_USAGE: UsageFields = {
  ...OPENROUTER,
  prompt_tokens: 'counted',
  completion_tokens: 'counted',
  total_tokens: 'counted',
  prompt_tokens_details: {
    cached_tokens: 'counted',
    cache_write_tokens: 'counted',
    audio_tokens: 'counted',
    image_tokens: 'inside',
    text_tokens: 'inside',
    video_tokens: 'inside',
  },
  completion_tokens_details: {
    audio_tokens: 'counted',
    image_tokens: 'counted',
    reasoning_tokens: 'inside',
    accepted_prediction_tokens: 'inside',
    rejected_prediction_tokens: 'inside',
    text_tokens: 'inside',
  },
};

export const RESPONSES_USAGE: UsageFields = {
  ...OPENROUTER,
  input_tokens: 'counted',
  output_tokens: 'counted',
  total_tokens: 'inside',
  input_tokens_details: {
    cached_tokens: 'counted',
    cache_write_tokens: 'counted',
    // The price list has one price for writes. It is not known that a longer retention costs no more.
    cache_write_tokens_details: { ttl_30m_tokens: 'inside', ttl_12h_tokens: 'told' },
  },
  output_tokens_details: { reasoning_tokens: 'inside' },
};

const ANTHROPIC_COUNTS: UsageFields = {
  input_tokens: 'counted',
  output_tokens: 'counted',
  cache_read_input_tokens: 'counted',
  cache_creation_input_tokens: 'counted',
  cache_creation: { ephemeral_5m_input_tokens: 'inside', ephemeral_1h_input_tokens: 'counted' },
  output_tokens_details: { thinking_tokens: 'inside' },
};

export const MESSAGES_USAGE: UsageFields = {
  ...ANTHROPIC_COUNTS,
  iterations: { ...ANTHROPIC_COUNTS, type: 'label', model: 'label' },
  // A page that is fetched costs its tokens alone.
  server_tool_use: { web_search_requests: 'counted', web_fetch_requests: 'label' },
  service_tier: 'label',
  inference_geo: 'label',
  speed: 'label',
  // It lowers the bill by what the usage does not say.
  fallback_credit: 'told',
};

const MODALITIES: UsageFields = { modality: 'label', tokenCount: 'counted' };

export const GEMINI_USAGE: UsageFields = {
  promptTokenCount: 'counted',
  promptTokensDetails: MODALITIES,
  cachedContentTokenCount: 'counted',
  cacheTokensDetails: MODALITIES,
  candidatesTokenCount: 'counted',
  candidatesTokensDetails: MODALITIES,
  // An embedding has no output that costs.
  responseTokenCount: 'told',
  responseTokensDetails: 'told',
  thoughtsTokenCount: 'counted',
  toolUsePromptTokenCount: 'counted',
  toolUsePromptTokensDetails: MODALITIES,
  initialPromptTokenCount: 'inside',
  totalTokenCount: 'counted',
  trafficType: 'label',
  serviceTier: 'label',
};

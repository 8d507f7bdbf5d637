import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { messages } from './apis/anthropic.ts';
import { generateContent, streamGenerateContent } from './apis/gemini.ts';
import { chatCompletions } from './apis/openai.ts';
import { responses } from './apis/openai-responses.ts';
import type { Operation } from './apis/operation.ts';
import { inputCountCall } from './count-call.ts';
import { scanJson } from './json-text.ts';

/** `counted`: the counting call takes it. `no input`: it is left out. `not counted`: with it, no count would hold. */
type Treatment = 'counted' | 'no input' | 'not counted';
type Sent = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type MessageSent = Anthropic.Beta.MessageCreateParamsNonStreaming;
/** A newer SDK whose call takes another parameter does not compile here, nor does one whose count takes one no more. */
type Treatments<Sent, Taken> = {
  readonly [Name in keyof Required<Sent>]: Name extends keyof Taken ? Treatment : Exclude<Treatment, 'counted'>;
};

const OPENAI: Treatments<Sent, OpenAI.Responses.InputTokenCountParams> = {
  access_programs: 'not counted',
  background: 'no input',
  context_management: 'no input',
  conversation: 'not counted',
  image: 'not counted',
  include: 'no input',
  input: 'counted',
  instructions: 'counted',
  max_output_tokens: 'no input',
  max_tool_calls: 'no input',
  metadata: 'no input',
  model: 'counted',
  moderation: 'not counted',
  parallel_tool_calls: 'counted',
  previous_response_id: 'counted',
  prompt: 'not counted',
  prompt_cache_key: 'no input',
  prompt_cache_options: 'no input',
  prompt_cache_retention: 'no input',
  reasoning: 'counted',
  safety_identifier: 'no input',
  service_tier: 'no input',
  store: 'no input',
  stream: 'no input',
  stream_options: 'no input',
  temperature: 'no input',
  text: 'counted',
  tool_choice: 'counted',
  tools: 'counted',
  top_logprobs: 'no input',
  top_p: 'no input',
  truncation: 'no input',
  user: 'no input',
};
const ANTHROPIC: Treatments<
  Omit<MessageSent, 'betas' | 'user_profile_id' | 'workspace_id'>,
  Anthropic.Beta.MessageCountTokensParams
> = {
  billing_policy: 'counted',
  cache_control: 'counted',
  compaction: 'counted',
  container: 'not counted',
  context_management: 'counted',
  diagnostics: 'no input',
  fallback_credit_token: 'not counted',
  fallbacks: 'not counted',
  inference_geo: 'no input',
  max_tokens: 'no input',
  mcp_servers: 'not counted',
  messages: 'counted',
  metadata: 'no input',
  model: 'counted',
  output_config: 'counted',
  output_format: 'counted',
  service_tier: 'no input',
  speed: 'counted',
  stop_sequences: 'no input',
  stream: 'no input',
  system: 'counted',
  thinking: 'counted',
  thread: 'not counted',
  tool_choice: 'counted',
  tools: 'counted',
};

const MODEL = 'of the proxy';

function countCall(operation: Operation, provider: 'openai' | 'openrouter' | 'anthropic' | 'google', body: object) {
  const text = scanJson(Buffer.from(JSON.stringify(body)));
  const call = inputCountCall({ operation, provider, model: MODEL, parts: { version: 'v1' }, text });
  return call && { path: call.endpoint.path, body: JSON.parse(call.body.toString()) };
}

describe.each([
  ['openai', responses, OPENAI, '/responses/input_tokens'],
  ['anthropic', messages, ANTHROPIC, '/v1/messages/count_tokens'],
] as const)('the count of the input at %s', (provider, operation, treatments, path) => {
  it.each(Object.entries<Treatment>(treatments))('has %s: %s', (name, treatment) => {
    const expected = {
      counted: { path, body: { [name]: ['kept'], model: MODEL } },
      'no input': { path, body: { model: MODEL } },
      'not counted': undefined,
    }[treatment];
    if (name === 'model') expect(countCall(operation, provider, {})).toEqual({ path, body: { model: MODEL } });
    else expect(countCall(operation, provider, { [name]: ['kept'], model: 'of the caller' })).toEqual(expected);
  });

  it('does not take place with a parameter that nobody knows', () => {
    expect(countCall(operation, provider, { surprise: 1 })).toBeUndefined();
  });
});

describe('the count of the input at Gemini', () => {
  it.each([generateContent, streamGenerateContent])('has the whole request', (operation) => {
    const body = { contents: [], tools: [], system_instruction: {}, generationConfig: { maxOutputTokens: 5 } };
    expect(countCall(operation, 'google', { ...body, labels: {} })).toEqual({
      path: '/v1/models/of%20the%20proxy:countTokens',
      body: { generateContentRequest: { ...body, model: `models/${MODEL}` } },
    });
  });

  it.each(['continuationToken', 'surprise'])('does not take place with %s', (name) => {
    expect(countCall(generateContent, 'google', { contents: [], [name]: 'x' })).toBeUndefined();
  });
});

it.each([
  [responses, 'openrouter'],
  [chatCompletions, 'openai'],
  [chatCompletions, 'anthropic'],
] as const)('no count takes place where the provider has none for that API', (operation, provider) => {
  expect(countCall(operation, provider, { model: 'm' })).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import type { Consumption } from '../../money/prices.ts';
import { NO_USAGE } from '../../money/usage.ts';
import { readMessage } from './anthropic.ts';
import { readAnswer, readGeminiResponse } from './gemini.ts';
import { CHAT_NAMES, parseWithCost, readUsage } from './openai.ts';
import { RESPONSES_NAMES } from './openai-responses.ts';

/** Counts above zero only, so that a case says what matters. */
function counts(consumption: Consumption | undefined) {
  return consumption && Object.fromEntries(Object.entries(consumption).filter(([, count]) => count !== 0));
}

describe("OpenAI's usage", () => {
  const cases: readonly [string, object, Partial<Consumption>][] = [
    ['plain', { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 }, { inputTokens: 10, outputTokens: 4 }],
    [
      'with cache reads and writes inside the prompt',
      { prompt_tokens: 10, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 2 } },
      { inputTokens: 10, cachedInputTokens: 3, cacheWrite5mTokens: 2, outputTokens: 4 },
    ],
    [
      'with reasoning inside the completion',
      { prompt_tokens: 1, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 8 } },
      { inputTokens: 1, outputTokens: 9 },
    ],
    [
      'with sound',
      {
        prompt_tokens: 9,
        completion_tokens: 8,
        prompt_tokens_details: { audio_tokens: 7 },
        completion_tokens_details: { audio_tokens: 6 },
      },
      { inputTokens: 9, audioInputTokens: 7, outputTokens: 8, audioOutputTokens: 6 },
    ],
    [
      'with nulls for details',
      { prompt_tokens: 1, completion_tokens: 2, prompt_tokens_details: null },
      { inputTokens: 1, outputTokens: 2 },
    ],
    ['of embeddings', { prompt_tokens: 5, total_tokens: 5 }, { inputTokens: 5 }],
  ];
  it.each(cases)('%s is read', (_case, usage, want) => {
    expect(counts(readUsage(usage, CHAT_NAMES, 'openai')?.consumption)).toEqual(want);
  });

  it('of Google has thoughts in the total only', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 44 };
    expect(readUsage(usage, CHAT_NAMES, 'google')?.consumption.outputTokens).toBe(34);
    expect(readUsage(usage, CHAT_NAMES, 'openai')?.consumption.outputTokens).toBe(4);
  });

  it('of responses has other names', () => {
    const usage = { input_tokens: 7, input_tokens_details: { cached_tokens: 5 }, output_tokens: 3 };
    expect(counts(readUsage(usage, RESPONSES_NAMES, 'openai')?.consumption)).toEqual({
      inputTokens: 7,
      cachedInputTokens: 5,
      outputTokens: 3,
    });
  });

  it.each([
    ['null', null],
    ['empty', {}],
  ])('that is %s is none', (_case, usage) => {
    expect(readUsage(usage, CHAT_NAMES, 'openai')).toBeUndefined();
  });

  it.each([
    ['negative', -1],
    ['a fraction', 1.5],
    ['text', '10'],
    ['too large to be exact', 2 ** 53],
  ])('with a count that is %s has no such count', (_case, count) => {
    const usage = { prompt_tokens: count, completion_tokens: 1 };
    expect(readUsage(usage, CHAT_NAMES, 'openai')?.consumption).toMatchObject({ inputTokens: NaN, outputTokens: 1 });
  });

  it.each([
    ['0.00010000000000000000001', '0.00010000000000000000001'],
    ['1.20e-3', '1.20e-3'],
    ['0', '0'],
    ['"0.5"', '0.5'],
    ['null', undefined],
    ['{}', undefined],
  ])('keeps a cost of %s as it was written', (written, want) => {
    const answer = parseWithCost(`{"usage":{"prompt_tokens":1,"cost":${written}}}`);
    expect(readUsage(answer?.usage, CHAT_NAMES, 'openrouter')?.costUsd).toBe(want);
  });
});

describe('the bill of a call with a key that the platform keeps at OpenRouter', () => {
  const split = '"upstream_inference_prompt_cost":0.01,"upstream_inference_completions_cost":0.0260795000000000001';
  const inOut = '"upstream_inference_input_cost":1e-2,"upstream_inference_output_cost":0.002';

  it.each([
    [
      'the fee and the upstream cost',
      '"cost":0.0018,"cost_details":{"upstream_inference_cost":0.0360795}',
      '0.0378795',
    ],
    ['the upstream cost alone', '"cost_details":{"upstream_inference_cost":0.0360795}', '0.0360795'],
    [
      'the sum of its parts',
      `"cost":0,"cost_details":{"upstream_inference_cost":null,${split}}`,
      '0.0360795000000000001',
    ],
    ['the sum of the parts of responses', `"cost":0.001,"cost_details":{${inOut}}`, '0.013'],
  ])('is %s', (_what, fields, costUsd) => {
    for (const [input, names] of [
      ['prompt_tokens', CHAT_NAMES],
      ['input_tokens', RESPONSES_NAMES],
    ] as const) {
      const answer = parseWithCost(`{"usage":{"${input}":1,"is_byok":true,${fields}}}`);
      expect(readUsage(answer?.usage, names, 'openrouter')).toMatchObject({ costUsd });
    }
  });

  it.each(['{}', 'null', '{"upstream_inference_cost":null}', '{"upstream_inference_cost":-1}'])(
    'is not known with cost details of %s: the listed price stands in, and the fee is added',
    (details) => {
      const answer = parseWithCost(
        `{"usage":{"prompt_tokens":1,"is_byok":true,"cost":0.0018,"cost_details":${details}}}`,
      );
      expect(readUsage(answer?.usage, CHAT_NAMES, 'openrouter')).toMatchObject({
        costUsd: undefined,
        feeUsd: '0.0018',
      });
    },
  );

  it.each(['"true"', '1'])('counts as one where is_byok is %s', (isByok) => {
    const text = `{"usage":{"prompt_tokens":1,"is_byok":${isByok},"cost":0.1,"cost_details":{"upstream_inference_cost":0.5}}}`;
    expect(readUsage(parseWithCost(text)?.usage, CHAT_NAMES, 'openrouter')).toMatchObject({ costUsd: '0.6' });
  });

  it('without such a key is the cost alone, which has the upstream cost in it', () => {
    const details = '"cost_details":{"upstream_inference_cost":0.5}';
    const answer = parseWithCost(`{"usage":{"prompt_tokens":1,"is_byok":false,"cost":0.5,${details}}}`);
    expect(readUsage(answer?.usage, CHAT_NAMES, 'openrouter')).toMatchObject({ costUsd: '0.5' });
  });
});

describe('an error in a list', () => {
  const error = { code: 500, message: 'No.', status: 'INTERNAL' };

  it("of Google's imitation of OpenAI tells its usage", () => {
    const answer = parseWithCost(JSON.stringify([{ error, usage: { prompt_tokens: 7, total_tokens: 9, cost: 0.5 } }]));
    expect(readUsage(answer?.usage, CHAT_NAMES, 'google')).toMatchObject({
      consumption: { inputTokens: 7, outputTokens: 2 },
      costUsd: '0.5',
    });
  });

  it('of Gemini tells its usage, at the beginning and in the middle; without one there is none', () => {
    const failed = { error, usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 2 } };
    const chunk = { candidates: [{}], usageMetadata: { promptTokenCount: 7 } };
    for (const list of [[failed], [chunk, failed]]) {
      expect(readGeminiResponse(JSON.stringify(list))?.consumption).toMatchObject({ inputTokens: 7, outputTokens: 2 });
    }
    expect(readGeminiResponse(JSON.stringify([chunk, { error }]))).toBeUndefined();
  });
});

describe("Anthropic's usage", () => {
  it('leaves cache reads and writes out of its input, and splits writes by their time', () => {
    const usage = {
      input_tokens: 10,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 18, ephemeral_1h_input_tokens: 12 },
      output_tokens: 5,
      server_tool_use: { web_search_requests: 2 },
    };
    expect(readMessage({ usage })?.consumption).toEqual({
      ...NO_USAGE,
      inputTokens: 60,
      cachedInputTokens: 20,
      cacheWrite5mTokens: 18,
      cacheWrite1hTokens: 12,
      outputTokens: 5,
      webSearches: 2,
    });
  });

  it('without the split counts writes as the shorter ones', () => {
    const usage = { input_tokens: 1, cache_creation_input_tokens: 30, output_tokens: 5 };
    expect(counts(readMessage({ usage })?.consumption)).toEqual({
      inputTokens: 31,
      cacheWrite5mTokens: 30,
      outputTokens: 5,
    });
  });

  it('with writes that only the split tells has these', () => {
    const split = { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 3 };
    const usage = { input_tokens: 1, output_tokens: 5, cache_creation: split };
    expect(counts(readMessage({ usage })?.consumption)).toEqual({
      inputTokens: 8,
      cacheWrite5mTokens: 4,
      cacheWrite1hTokens: 3,
      outputTokens: 5,
    });
  });

  it('with half of it missing is none', () => {
    expect(readMessage({ usage: { input_tokens: 1 } })).toBeUndefined();
  });
});

describe("Gemini's usage", () => {
  it('has the cached part inside the prompt, and thoughts and tool prompts beside', () => {
    const metadata = {
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 10,
      thoughtsTokenCount: 30,
      toolUsePromptTokenCount: 5,
      totalTokenCount: 145,
    };
    expect(counts(readAnswer({ usageMetadata: metadata })?.consumption)).toEqual({
      inputTokens: 105,
      cachedInputTokens: 40,
      outputTokens: 40,
    });
  });

  it('has as output what only the total tells', () => {
    const metadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 5_000 };
    expect(counts(readAnswer({ usageMetadata: metadata })?.consumption)).toEqual({
      inputTokens: 10,
      outputTokens: 4_990,
    });
  });

  it('tells sound and pictures apart', () => {
    const metadata = {
      promptTokenCount: 100,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 20 },
        { modality: 'AUDIO', tokenCount: 80 },
      ],
      cachedContentTokenCount: 50,
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 50 }],
      candidatesTokenCount: 1_290,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_290 }],
    };
    expect(counts(readAnswer({ usageMetadata: metadata })?.consumption)).toEqual({
      inputTokens: 100,
      audioInputTokens: 80,
      cachedInputTokens: 50,
      cachedAudioInputTokens: 50,
      outputTokens: 1_290,
      imageOutputTokens: 1_290,
    });
  });

  it('of a list of chunks is the last one, if the list is whole', () => {
    const chunk = (tokens: number, finishReason?: string) => ({
      candidates: [{ finishReason }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: tokens },
    });
    expect(readGeminiResponse(JSON.stringify([chunk(1), chunk(2, 'STOP')]))?.consumption.outputTokens).toBe(2);
    expect(readGeminiResponse(JSON.stringify([chunk(1), chunk(2)]))).toBeUndefined();
  });
});

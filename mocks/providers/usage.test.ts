import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from './api.ts';
import {
  anthropicCompatUsage,
  anthropicDeltaUsage,
  anthropicStartUsage,
  anthropicUsage,
  geminiUsage,
  googleCompatUsage,
  type LogicalUsage,
  openAiUsage,
  responsesUsage,
  usageSoFar,
} from './usage.ts';

const count = fc.nat({ max: 1_000_000 });
/** Counts that hold together: caches lie inside the input, reasoning inside the output. */
const logicalUsage: fc.Arbitrary<LogicalUsage> = fc
  .record({
    freshInput: count,
    cachedInputTokens: count,
    cacheWrite5mTokens: count,
    cacheWrite1hTokens: count,
    text: count,
    reasoningTokens: count,
    thoughtsTokens: count,
    toolUsePromptTokens: count,
    webSearchRequests: count,
  })
  .map(({ freshInput, text, ...counts }) => ({
    ...counts,
    inputTokens: freshInput + counts.cachedInputTokens + counts.cacheWrite5mTokens + counts.cacheWrite1hTokens,
    outputTokens: text + counts.reasoningTokens,
  }));

function sum(usage: JsonObject, ...fields: string[]): number {
  return fields.reduce((total, field) => total + Number(usage[field] ?? 0), 0);
}

test('every API states the same input and output, each by its own way of overlapping', () => {
  fc.assert(
    fc.property(logicalUsage, (usage) => {
      const input = usage.inputTokens + usage.toolUsePromptTokens;
      const output = usage.outputTokens + usage.thoughtsTokens;
      for (const chat of [openAiUsage(usage), anthropicCompatUsage(usage)]) {
        expect(chat).toMatchObject({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output });
      }
      expect(googleCompatUsage(usage)).toMatchObject({ prompt_tokens: input, total_tokens: input + output });
      const responses = responsesUsage(usage);
      expect(responses).toMatchObject({ input_tokens: input, output_tokens: output, total_tokens: input + output });
      for (const messages of [anthropicUsage(usage), anthropicDeltaUsage(usage)]) {
        expect(sum(messages, 'input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens')).toBe(input);
        expect(messages.output_tokens).toBe(output);
      }
      const gemini = geminiUsage(usage);
      expect(sum(gemini, 'promptTokenCount', 'toolUsePromptTokenCount')).toBe(input);
      expect(sum(gemini, 'candidatesTokenCount', 'thoughtsTokenCount')).toBe(output);
      expect(gemini.totalTokenCount).toBe(input + output);
    }),
  );
});

test('no field is ever negative, and what is known at the start is never more than at the end', () => {
  fc.assert(
    fc.property(logicalUsage, fc.integer({ min: 1, max: 50 }), (usage, pieces) => {
      expect(Number(anthropicUsage(usage).input_tokens)).toBeGreaterThanOrEqual(0);
      expect(Number(anthropicStartUsage(usage).output_tokens)).toBeLessThanOrEqual(
        usage.outputTokens + usage.thoughtsTokens,
      );
      let previous = usageSoFar(usage, 0, pieces).outputTokens;
      for (let sent = 1; sent <= pieces; sent += 1) {
        const { outputTokens } = usageSoFar(usage, sent, pieces);
        expect(outputTokens).toBeGreaterThanOrEqual(previous);
        previous = outputTokens;
      }
      expect(usageSoFar(usage, pieces, pieces)).toEqual(usage);
    }),
  );
});

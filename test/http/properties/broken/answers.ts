import type * as Exchanges from '../../../../server/proxy/exchange.ts';
import type * as AnthropicEnvelope from '../../../../server/proxy/providers/anthropic-envelope.ts';
import type * as GeminiEnvelope from '../../../../server/proxy/providers/gemini-envelope.ts';
import { openAiEnvelope } from '../../../../server/proxy/providers/openai-envelope.ts';
import type { Refusal } from '../../../../server/proxy/refusals.ts';
import { type Build, swap, withSwap } from '../build.ts';

/** One way to say no, whatever API was called: the SDKs of the others show a wall of JSON. */
export const speaksOpenAiOnly: Build = {
  name: "answers every API in OpenAI's envelope",
  swaps: [
    swap<typeof AnthropicEnvelope>('server/proxy/providers/anthropic-envelope.ts', ({ anthropicEnvelope }) => ({
      anthropicEnvelope: { ...anthropicEnvelope, body: openAiEnvelope.body },
    })),
    swap<typeof GeminiEnvelope>('server/proxy/providers/gemini-envelope.ts', ({ geminiEnvelope }) => ({
      geminiEnvelope: { ...geminiEnvelope, body: openAiEnvelope.body },
    })),
  ],
};

function answering(
  name: string,
  change: (refusal: Refusal, status?: number) => readonly [Refusal, number | undefined],
): Build {
  return withSwap<typeof Exchanges>(name, 'server/proxy/exchange.ts', (real) => ({
    answerRefusal: (exchange, refusal, status) => real.answerRefusal(exchange, ...change(refusal, status)),
  }));
}

/** SDKs come again and again, and every time it is 429. */
export const takesPovertyForHaste: Build = answering('answers 429 where there are no credits', (refusal, status) =>
  refusal.code === 'insufficient_credits' ? [refusal, 429] : [refusal, status],
);

export const dropsRetryAfter: Build = answering('does not say when to come back', (refusal, status) => [
  without('retry-after', refusal),
  status,
]);

/** The SDK tries again what the provider may have done and billed already. */
export const dropsShouldRetry: Build = answering('does not say that a call must not be repeated', (refusal, status) => [
  without('x-should-retry', refusal),
  status,
]);

function without(header: string, refusal: Refusal): Refusal {
  const headers = Object.entries(refusal.headers).filter(([name]) => name !== header);
  return { ...refusal, headers: Object.fromEntries(headers) };
}

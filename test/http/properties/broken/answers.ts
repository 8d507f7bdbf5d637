import type * as Envelopes from '../../../../contract/error-envelopes.ts';
import type { Refusal } from '../../../../server/proxy/refusals.ts';
import type * as Contexts from '../../../../server/proxy/request-context.ts';
import { type Build, withSwap } from '../build.ts';

/** One way to say no, whatever API was called: the SDKs of the others show a wall of JSON. */
export const speaksOpenAiOnly: Build = withSwap<typeof Envelopes>(
  "answers every API in OpenAI's envelope",
  'contract/error-envelopes.ts',
  (real) => ({ errorBody: (_envelope, content) => real.errorBody('openai', content) }),
);

function answering(
  name: string,
  change: (refusal: Refusal, status?: number) => readonly [Refusal, number | undefined],
): Build {
  return withSwap<typeof Contexts>(name, 'server/proxy/request-context.ts', (real) => ({
    sendRefusal: (context, refusal, status) => real.sendRefusal(context, ...change(refusal, status)),
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

import { TimeIsUp } from '../http/deadline.ts';
import { NoAnswer, NotApplicable, Unverified, Violation } from '../http/errors.ts';
import type { Exchange } from '../http/http-call.ts';

/**
 * What a run says about a requirement. `unverified` is never a pass and never a violation: something that the check
 * needs was not supplied, or could not be set up.
 */
export type Verdict = 'pass' | 'fail' | 'not-applicable' | 'unverified' | 'harness-error';

export const verdicts: readonly Verdict[] = ['pass', 'fail', 'not-applicable', 'unverified', 'harness-error'];

/** What became of one check, before anything is redacted. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Why it is not a pass and not a violation. */
  readonly reason?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly evidence?: Exchange;
}

/** Reads the verdict from what a check threw. `last` is the evidence where the error names none. */
export function judgeError(error: unknown, last: Exchange | undefined): Judgement {
  const evidence = (named: Exchange | undefined) => {
    const exchange = named ?? last;
    return exchange === undefined ? {} : { evidence: exchange };
  };
  if (error instanceof Violation) {
    return { verdict: 'fail', expected: error.expected, actual: error.actual, ...evidence(error.evidence) };
  }
  if (error instanceof NotApplicable) return { verdict: 'not-applicable', reason: error.message };
  if (error instanceof Unverified) return { verdict: 'unverified', reason: error.message, ...evidence(error.evidence) };
  if (error instanceof NoAnswer) return { verdict: 'harness-error', reason: error.message, evidence: error.evidence };
  if (error instanceof TimeIsUp)
    return { verdict: 'harness-error', reason: `the check was ${error.message}`, ...evidence(undefined) };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { verdict: 'harness-error', reason: `the check itself failed: ${message}`, ...evidence(undefined) };
}

/** The platform lives and answers others, but left this request without an answer, twice: that breaks the sentence. */
export function judgeSilence(error: NoAnswer): Judgement {
  return { verdict: 'fail', expected: 'an answer', actual: error.message, evidence: error.evidence };
}

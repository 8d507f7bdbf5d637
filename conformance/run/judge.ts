import { NoAnswer, NotApplicable, Unverified, Violation } from '../http/errors.ts';
import type { HttpCall } from '../http/http-call.ts';
import { TimeIsUp } from '../http/session.ts';

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
  readonly evidence?: HttpCall;
}

/** Reads the verdict from what a check threw. `last` is the evidence where the error names none. */
export function judgeError(error: unknown, last: HttpCall | undefined): Judgement {
  const evidence = (named: HttpCall | undefined) => {
    const call = named ?? last;
    return call === undefined ? {} : { evidence: call };
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

/** More than any report shows. A platform that answers megabytes to each of many checks must not fill the memory. */
const KEPT_CHARACTERS = 65_536;

/** A judgement as it is kept until the end of the run: what the platform said is cut. */
export function kept(judgement: Judgement): Judgement {
  const { expected, actual, reason, evidence, ...rest } = judgement;
  return {
    ...rest,
    ...(expected !== undefined && { expected: cut(expected) }),
    ...(actual !== undefined && { actual: cut(actual) }),
    ...(reason !== undefined && { reason: cut(reason) }),
    ...(evidence !== undefined && { evidence: keptCall(evidence) }),
  };
}

function keptCall(call: HttpCall): HttpCall {
  const { response } = call;
  return response === undefined ? call : { ...call, response: { ...response, text: cut(response.text) } };
}

/** A copy: a mere slice would keep the whole text alive. */
function cut(text: string): string {
  if (text.length <= KEPT_CHARACTERS) return text;
  return Buffer.from(text.slice(0, KEPT_CHARACTERS), 'utf16le').toString('utf16le');
}

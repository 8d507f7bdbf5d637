import { randomBytes } from 'node:crypto';
import type { AnsweredCall, Header } from '../../http/http-call.ts';
import { givenShape, wantStatus, wantValue } from '../../http/want.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { Context } from '../../platform/context.ts';
import { type CallOptions, callAi } from './metering.ts';
import { type Totals, totals } from './usage-totals.ts';

/** Less than any call costs. */
export const TINY = '0.000001';

export interface SubjectLimits {
  readonly budget?: readonly string[] | string;
  readonly rate?: readonly string[] | string;
}

/** A name that no call was made for yet. */
export function freshSubject(t: Context): string {
  return `${t.marker} ${randomBytes(4).toString('hex')}`;
}

/** The headers of a call of this subject under these limits. */
export function limited(
  subject: string | undefined,
  { budget = [], rate = [] }: SubjectLimits = {},
): readonly Header[] {
  return [
    ...(subject === undefined ? [] : ([['x-rigbox-subject', subject]] as const)),
    ...[budget].flat().map((value): Header => ['x-rigbox-subject-budget', value]),
    ...[rate].flat().map((value): Header => ['x-rigbox-subject-rate', value]),
  ];
}

/** A chat completion of this subject under these limits, from the run's workspace. */
export async function callFor(
  t: Context,
  subject: string | undefined,
  limits: SubjectLimits,
  options: CallOptions = {},
): Promise<AnsweredCall> {
  return callAi(t, await t.proxy(), 'openai', { ...options, headers: limited(subject, limits) });
}

/** Refused for a limit of the subject, with this status and code. */
export function wantLimited(answered: AnsweredCall, code: keyof typeof LIMIT_STATUSES): void {
  wantStatus(answered, LIMIT_STATUSES[code]);
  wantValue(answered, '/error/code', code);
}

const LIMIT_STATUSES = { subject_over_budget: 402, subject_rate_limited: 429, subject_limit_malformed: 400 } as const;

export function readSubjectUsage(caller: ProxyCaller, subject: string, window?: string): Promise<AnsweredCall> {
  const query = new URLSearchParams(window === undefined ? { subject } : { subject, window });
  return caller.shaped('openai').get(`/rig/v1/usage?${query}`);
}

export async function givenSubject(caller: ProxyCaller, subject: string): Promise<Totals> {
  return givenShape(await readSubjectUsage(caller, subject), totals);
}

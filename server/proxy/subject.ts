import type { IncomingMessage } from 'node:http';
import type { SubjectLimit, SubjectRefusal } from '../ledger/rules/subject-limits.ts';
import { MICRO_PER_CREDIT, type Micro, microAsCredits } from '../money/microcredits.ts';
import { type Refusal, refusal } from './refusals.ts';

/** The end-user of a workspace's app whom a call is attributed to, with the limits that the app sets (contract section 4). */
export interface Subject {
  readonly name: string;
  readonly limits: readonly SubjectLimit[];
}

export type SubjectOutcome = { readonly kind: 'subject'; readonly subject: Subject | undefined } | Refusal;

const LONGEST_NAME = 256;
/** A hundred years: farther than anybody counts, and no date that is told comes near the last that can be written. */
const LONGEST_WINDOW_SECONDS = 36_525 * 86_400;
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** How each limit's header names its window. */
const WINDOW_NAMES = { budget: 'period', rate: 'window' } as const;

/** Reads the subject headers; `user` is the body's word for the subject, and the header wins. */
export function readSubject(request: IncomingMessage, user: string | undefined): SubjectOutcome {
  const headers = request.headersDistinct;
  const name = subjectName(headers['x-rigbox-subject']?.[0]) ?? subjectName(user);
  if (name === undefined) return { kind: 'subject', subject: undefined };
  const budgets = valuesOf(headers['x-rigbox-subject-budget']).map((value) => parseLimit('budget', value));
  const rates = valuesOf(headers['x-rigbox-subject-rate']).map((value) => parseLimit('rate', value));
  if (budgets.length > 1) return malformed('X-Rigbox-Subject-Budget must be sent at most once.');
  if (budgets.includes(undefined)) return malformed('X-Rigbox-Subject-Budget must look like 5;period=7d.');
  if (rates.includes(undefined)) return malformed('X-Rigbox-Subject-Rate must look like 100req;window=1h.');
  const limits = [...budgets, ...rates].filter((limit) => limit !== undefined);
  return { kind: 'subject', subject: { name, limits } };
}

/** Trimmed; empty is absent; cut at 256 characters. */
export function subjectName(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  // Cut twice: characters outside the basic plane are two units long, and a name may be megabytes.
  return trimmed === '' ? undefined : [...trimmed.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join('');
}

/** `30s`, `15m`, `5h`, `7d`, or seconds. Undefined for anything else, for zero, and for more than a hundred years. */
export function parseWindow(value: string): number | undefined {
  const match = /^(\d{1,9})([smhd]?)$/.exec(value);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * (UNIT_SECONDS[match[2] || 's'] ?? 1);
  return seconds > 0 && seconds <= LONGEST_WINDOW_SECONDS ? seconds : undefined;
}

/** The answer to a call over one of its subject's limits. */
export function subjectRefusal(subject: string, { limit, used, resetsAt }: SubjectRefusal, at: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil((resetsAt - at) / 1000));
  const isBudget = limit.purpose === 'budget';
  const amount = limit.unit === 'credits' ? microAsCredits(limit.amountMicro) : limit.amount;
  return refusal(isBudget ? 'subject_over_budget' : 'subject_rate_limited', {
    details: {
      reason: isBudget ? 'over_budget' : 'rate_limited',
      subject,
      limit: { kind: limit.unit, amount, window_seconds: limit.windowSeconds },
      used: limit.unit === 'credits' ? microAsCredits(used) : Number(used),
      resets_at: new Date(resetsAt).toISOString(),
      retry_after: retryAfter,
    },
    headers: isBudget ? {} : { 'retry-after': String(retryAfter) },
  });
}

/** A header sent several times, or once with commas between the values. */
function valuesOf(lines: readonly string[] | undefined): readonly string[] {
  return (lines ?? []).flatMap((line) => line.split(',')).map((value) => value.trim());
}

function parseLimit(purpose: SubjectLimit['purpose'], value: string): SubjectLimit | undefined {
  const [amount = '', parameter = '', ...more] = value.split(';').map((part) => part.trim());
  const [name = '', window = ''] = parameter.split('=').map((part) => part.trim());
  const windowSeconds = parseWindow(window);
  if (more.length > 0 || name !== WINDOW_NAMES[purpose] || windowSeconds === undefined) return undefined;
  if (/^\d{1,9}req$/.test(amount)) {
    return { purpose, windowSeconds, unit: 'requests', amount: Number(amount.slice(0, -'req'.length)) };
  }
  const amountMicro = microOfAmount(amount);
  return amountMicro === undefined ? undefined : { purpose, windowSeconds, unit: 'credits', amountMicro };
}

function microOfAmount(credits: string): Micro | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(credits);
  if (match === null) return undefined;
  return BigInt(match[1] ?? 0) * MICRO_PER_CREDIT + BigInt((match[2] ?? '').padEnd(6, '0'));
}

function malformed(message: string): Refusal {
  return refusal('subject_limit_malformed', { message });
}

/** Subjects: the end-users of a workspace's app, whom it names in its calls and may limit. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { MeteringStore } from '../ledger/port.ts';
import type { SubjectLimit, SubjectRefusal } from '../ledger/rules/subject-limits.ts';
import { MICRO_PER_CREDIT, type Micro, microAsCredits, microAsInteger } from '../money/microcredits.ts';
import { type Refusal, refusal } from './refusals.ts';

/** The end-user whom a call is attributed to, with the limits that the app sets. */
export interface Subject {
  readonly name: string;
  readonly limits: readonly SubjectLimit[];
}

const MAX_NAME_CHARACTERS = 256;
/** A hundred years. A date so far ahead can still be written. */
const MAX_WINDOW_SECONDS = 36_525 * 86_400;
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** How each limit's header names its window. */
const WINDOW_NAMES = { budget: 'period', rate: 'window' } as const;

/** Reads the subject headers. `user` is the body's name for the subject; the header wins. */
export function readSubject(
  request: IncomingMessage,
  user: string | undefined,
): { readonly kind: 'subject'; readonly subject: Subject | undefined } | Refusal {
  const headers = request.headersDistinct;
  const name = subjectName(headerText(headers['x-rigbox-subject']?.[0])) ?? subjectName(user);
  if (name === undefined) return { kind: 'subject', subject: undefined };
  const budgets = splitValues(headers['x-rigbox-subject-budget']).map((value) => parseLimit('budget', value));
  const rates = splitValues(headers['x-rigbox-subject-rate']).map((value) => parseLimit('rate', value));
  if (budgets.length > 1) return malformed('X-Rigbox-Subject-Budget must be sent at most once.');
  if (budgets.includes(undefined)) return malformed('X-Rigbox-Subject-Budget must look like 5;period=7d.');
  if (rates.includes(undefined)) return malformed('X-Rigbox-Subject-Rate must look like 100req;window=1h.');
  const limits = [...budgets, ...rates].filter((limit) => limit !== undefined);
  return { kind: 'subject', subject: { name, limits } };
}

/** A header's bytes come as Latin-1. Those that are UTF-8 are read as such: in the body, the same person is written in it. */
function headerText(value: string | undefined): string | undefined {
  const bytes = value === undefined ? undefined : Buffer.from(value, 'latin1');
  return bytes !== undefined && isUtf8(bytes) ? bytes.toString('utf8') : value;
}

/** Trimmed; empty is absent; cut at 256 characters. */
export function subjectName(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  // Cut twice: characters outside the basic plane are two units long, and a name may be megabytes.
  return trimmed === ''
    ? undefined
    : [...trimmed.slice(0, 2 * MAX_NAME_CHARACTERS)].slice(0, MAX_NAME_CHARACTERS).join('');
}

/** `30s`, `15m`, `5h`, `7d`, or seconds. Undefined for anything else, for zero, and for more than a hundred years. */
export function parseWindow(value: string): number | undefined {
  const match = /^(\d{1,9})([smhd]?)$/.exec(value);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * (UNIT_SECONDS[match[2] || 's'] ?? 1);
  return seconds > 0 && seconds <= MAX_WINDOW_SECONDS ? seconds : undefined;
}

/** The refusal of a call over one of its subject's limits. */
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
function splitValues(lines: readonly string[] | undefined): readonly string[] {
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
  const amountMicro = parseMicro(amount);
  return amountMicro === undefined ? undefined : { purpose, windowSeconds, unit: 'credits', amountMicro };
}

function parseMicro(credits: string): Micro | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(credits);
  if (match === null) return undefined;
  return BigInt(match[1] ?? 0) * MICRO_PER_CREDIT + BigInt((match[2] ?? '').padEnd(6, '0'));
}

function malformed(message: string): Refusal {
  return refusal('subject_limit_malformed', { message });
}

const DEFAULT_WINDOW = '86400';
const PARAMETERS = ['subject', 'window'];

/** `GET /rig/v1/usage?subject=&window=`: what a subject of the caller's account used. Rejects where the store does. */
export async function readSubjectUsage(
  query: URLSearchParams,
  { accountId, at }: { readonly accountId: string; readonly at: number },
  store: MeteringStore,
): Promise<{ readonly kind: 'usage'; readonly body: object } | Refusal> {
  if ([...query.keys()].some((name) => !PARAMETERS.includes(name))) {
    return refusal('invalid_request', { message: 'Unknown query parameter.' });
  }
  // Which of two values counts would be a guess.
  const twice = PARAMETERS.find((name) => query.getAll(name).length > 1);
  if (twice !== undefined) return refusal('invalid_request', { message: 'May be given only once.', param: twice });
  const subject = subjectName(query.get('subject'));
  if (subject === undefined) {
    return refusal('invalid_request', { message: 'The query must name a subject.', param: 'subject' });
  }
  const windowSeconds = parseWindow(query.get('window') ?? DEFAULT_WINDOW);
  if (windowSeconds === undefined) {
    const message = 'The window must be seconds, or look like 30s, 15m, 5h or 7d.';
    return refusal('invalid_request', { message, param: 'window' });
  }
  const usage = await store.subjectUsage(accountId, subject, windowSeconds, at);
  const body = {
    subject,
    window_seconds: windowSeconds,
    credits: microAsCredits(usage.costMicro),
    credits_micro: microAsInteger(usage.costMicro),
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    requests: usage.requests,
  };
  return { kind: 'usage', body };
}

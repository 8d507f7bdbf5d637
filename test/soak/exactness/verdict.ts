import { isDeepStrictEqual } from 'node:util';
import type { PriceBook } from '../prices/price-book.ts';
import type { Accounts } from './accounts.ts';
import type { Done } from './batch.ts';
import { type Expected, expect, isRefused } from './oracle.ts';

/** A request whose books, or whose answer, are not what the oracle says. */
export interface Mistake {
  readonly done: Done;
  readonly expected: Expected;
  readonly complaint: string;
}

export interface Judged {
  readonly done: Done;
  readonly expected: Expected;
}

const WINDOW_SECONDS = 7 * 86_400;

/** `bookAt`: the prices of a time. */
export function expectAll(
  { side, calendar }: Accounts,
  batch: readonly Done[],
  bookAt: (at: number) => PriceBook,
): readonly Judged[] {
  return batch.map((done) => {
    const { createdAt, since } = done.hold ?? { createdAt: calendar.now(), since: calendar.now() };
    const books = { admitted: bookAt(createdAt), settled: bookAt(since) };
    return { done, expected: expect(done.plan, side, done.isForwarded, books) };
  });
}

/** Holds every request of a batch against the oracle, one by one: what was charged, counted, and told to the caller. */
export async function findMistakes(accounts: Accounts, judged: readonly Judged[]): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const { done, expected } of judged) {
    const complaints = [
      ...(await aboutBooks(accounts, done, expected)),
      ...aboutHold(done, expected),
      ...aboutAnswer(accounts, done, expected),
    ];
    for (const complaint of complaints) mistakes.push({ done, expected, complaint });
  }
  return mistakes;
}

async function aboutBooks(accounts: Accounts, done: Done, expected: Expected): Promise<readonly string[]> {
  const { store } = accounts.site;
  const booked = await store.subjectUsage(done.accountId, done.tag, WINDOW_SECONDS, accounts.calendar.now());
  const wanted =
    expected.kind === 'settled'
      ? {
          requests: 1,
          inputTokens: expected.inputTokens,
          outputTokens: expected.outputTokens,
          costMicro: expected.costMicro,
        }
      : { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n };
  return isDeepStrictEqual({ ...booked }, wanted) ? [] : [`booked ${show(booked)}`];
}

/** What is held covers all that the provider may lawfully bill. A provider's own bill may be above its list. */
function aboutHold({ hold }: Done, expected: Expected): readonly string[] {
  if (expected.kind !== 'settled' || expected.listedMicro === undefined) return [];
  const { costMicro, listedMicro } = expected;
  const leastMicro = costMicro < listedMicro ? costMicro : listedMicro;
  if (hold === undefined) return ['it was charged without a hold'];
  return hold.amountMicro < leastMicro ? [`held ${hold.amountMicro} for what costs ${leastMicro}`] : [];
}

/** A cost is told where the API has a place for it, and only when it is known. */
function aboutAnswer({ side }: Accounts, { plan, answer, isForwarded }: Done, expected: Expected): readonly string[] {
  const isRefusal = isRefused(plan, side);
  if (isRefusal && isForwarded) return ['forwarded, and its price is not known'];
  if (plan.leaves.kind !== 'stays') return [];
  const complaints: string[] = [];
  if (!answer.isWhole) complaints.push('the answer broke off');
  if (!isForwarded && answer.status !== (isRefusal ? 400 : 402))
    complaints.push(`not forwarded, and answered ${answer.status}`);
  const inHeader = answer.headers['x-rigbox-cost-micro'];
  const cost = expected.kind === 'settled' ? String(expected.costMicro) : undefined;
  if (inHeader !== undefined && inHeader !== cost) complaints.push(`the header tells a cost of ${inHeader}`);
  if (cost === undefined || plan.fault.kind !== 'none') return complaints;
  const told = [...answer.body.toString('utf8').matchAll(/"cost_micro":(\d+)/g)].map((match) => match[1]);
  if (plan.transport !== 'sse' && inHeader === undefined) complaints.push('no header tells the cost');
  if (!isDeepStrictEqual(told, tellsInBody(plan) ? [cost] : [])) complaints.push(`the body tells ${show(told)}`);
  return complaints;
}

/** OpenAI's shapes tell the cost in the body; streams of chats and completions to those who ask for the usage. */
function tellsInBody({ shape, transport, usageAsked }: Done['plan']): boolean {
  if (shape === 'responses' || shape === 'embeddings') return true;
  return (shape === 'chat' || shape === 'completions') && (transport === 'document' || usageAsked);
}

export function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

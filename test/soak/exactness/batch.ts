import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldRecord } from '../../../server/ledger/audit.ts';
import { type CallResult, call, type OpenCall } from '../../harness/caller.ts';
import { until } from '../../harness/wait.ts';
import type { Accounts } from './accounts.ts';
import type { Plan } from './plan.ts';
import { COUNTING, toRequest, toScript } from './request.ts';

/** A request of a batch after everything about it is over. */
export interface Done {
  readonly plan: Plan;
  /** In its body, and its subject. */
  readonly tag: string;
  readonly accountId: string;
  readonly answer: CallResult;
  /** Whether the provider saw it. */
  readonly isForwarded: boolean;
  /** As the ledger has it in the end; undefined where none was placed. */
  readonly hold: HoldRecord | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let sentSoFar = 0;

/**
 * Sends the requests of a batch all at once, and waits until the proxy has reported every one of them. `turnsAfter`: the month
 * ends as soon as the providers have seen so many.
 */
export async function sendBatch(
  accounts: Accounts,
  plans: readonly Plan[],
  turnsAfter: number | undefined,
): Promise<readonly Done[]> {
  const { stub, log, store } = accounts.site;
  stub.reset();
  const from = log.length;
  const tagged = plans.map((plan) => ({ plan, tag: `soak-${++sentSoFar}-end` }));
  for (const { plan, tag } of tagged) for (const rule of toScript(plan, tag)) stub.script(rule);
  const sending = Promise.all(tagged.map(({ plan, tag }) => send(accounts, plan, tag)));
  if (turnsAfter !== undefined) await turnMonth(accounts, turnsAfter, sending);
  const answers = await sending;
  await until(
    () => reportedSince(log, from) >= plans.length,
    () => `${plans.length} calls were sent, and ${reportedSince(log, from)} reported`,
  );
  const charged = stub.calls.filter(({ operation }) => !COUNTING.some((counting) => counting === operation));
  const holds = await Promise.all(tagged.map(({ tag }) => store.findHold(accounts.holdIds.get(tag) ?? '')));
  return tagged.map(({ plan, tag }, index) => {
    const seen = charged.filter(({ bodyText }) => bodyText.includes(tag));
    if (seen.length > 1) throw new Error(`the provider saw ${tag} ${seen.length} times`);
    const answer = answers[index];
    if (answer === undefined) throw new RangeError(`no answer for ${tag}`);
    const { accountId } = accounts.payerFor(plan);
    return { plan, tag, accountId, answer, isForwarded: seen.length === 1, hold: holds[index] };
  });
}

async function turnMonth({ site, calendar }: Accounts, after: number, sending: Promise<unknown>): Promise<void> {
  let isOver = false;
  const noteEnd = () => {
    isOver = true;
  };
  sending.then(noteEnd, noteEnd);
  await until(() => isOver || site.stub.calls.length >= after);
  await calendar.turn();
}

/** The proxy writes one line for every call, when all is over. */
function reportedSince(log: readonly string[], from: number): number {
  return log.slice(from).filter((line) => line.includes('"msg":"call"')).length;
}

async function send(accounts: Accounts, plan: Plan, tag: string): Promise<CallResult> {
  const { path, headers, body } = toRequest(plan, tag, accounts.payerFor(plan).workspaceKey);
  const bytes = Buffer.from(JSON.stringify(body));
  const isUnfinished = plan.leaves.kind === 'in-its-body';
  const open = call({
    agent,
    url: accounts.site.proxy + path,
    headers,
    body: isUnfinished ? bytes.subarray(0, bytes.length / 2) : bytes,
    unfinished: isUnfinished,
  });
  await leaveAsPlanned(accounts, plan, tag, open);
  return open.answer;
}

async function leaveAsPlanned(accounts: Accounts, plan: Plan, tag: string, open: OpenCall): Promise<void> {
  switch (plan.leaves.kind) {
    case 'stays':
      return;
    case 'in-its-body':
      await open.sent;
      break;
    case 'when-forwarded':
      await forwardedOrAnswered(accounts, tag, open);
      break;
    case 'when-answered':
      await open.begun;
      break;
    case 'at-any-time':
      await open.sent;
      await sleep(plan.leaves.afterMs);
  }
  open.leave();
}

/** Resolves when the provider has the call, or the caller its answer: a refused call is never forwarded. */
async function forwardedOrAnswered({ site }: Accounts, tag: string, open: OpenCall): Promise<void> {
  let isAnswered = false;
  open.answer.then(() => {
    isAnswered = true;
  });
  const isSeen = () => site.stub.calls.some(({ bodyText }) => bodyText.includes(tag));
  await until(
    () => isAnswered || isSeen(),
    () => `${tag} was neither forwarded nor answered`,
  );
}

import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallResult, call, type OpenCall } from '../../harness/caller.ts';
import { until } from '../../harness/wait.ts';
import type { Accounts } from './accounts.ts';
import type { Plan } from './plan.ts';
import { toRequest, toScript } from './request.ts';

/** A request of a batch after everything about it is over. */
export interface Done {
  readonly plan: Plan;
  /** In its body, and its subject. */
  readonly tag: string;
  readonly accountId: string;
  readonly answer: CallResult;
  /** Whether the provider saw it. */
  readonly isForwarded: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let sentSoFar = 0;

/** Sends the requests of a batch all at once, and waits until the proxy has reported every one of them. */
export async function sendBatch(accounts: Accounts, plans: readonly Plan[]): Promise<readonly Done[]> {
  const { stub, log } = accounts.site;
  stub.reset();
  const from = log.length;
  const tagged = plans.map((plan) => ({ plan, tag: `soak-${++sentSoFar}-end` }));
  for (const { plan, tag } of tagged) for (const rule of toScript(plan, tag)) stub.script(rule);
  const answers = await Promise.all(tagged.map(({ plan, tag }) => send(accounts, plan, tag)));
  await until(
    () => reportedSince(log, from) >= plans.length,
    () => `${plans.length} calls were sent, and ${reportedSince(log, from)} reported`,
  );
  const charged = stub.calls.filter((seen) => seen.operation !== 'countTokens');
  return tagged.map(({ plan, tag }, index) => {
    const seen = charged.filter(({ bodyText }) => bodyText.includes(tag));
    if (seen.length > 1) throw new Error(`the provider saw ${tag} ${seen.length} times`);
    const answer = answers[index];
    if (answer === undefined) throw new RangeError(`no answer for ${tag}`);
    return { plan, tag, accountId: accounts.payerFor(plan).accountId, answer, isForwarded: seen.length === 1 };
  });
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

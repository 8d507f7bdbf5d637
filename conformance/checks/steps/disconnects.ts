import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer, Unverified } from '../../http/errors.ts';
import type { AnsweredCall } from '../../http/http-call.ts';
import { wantEqual, wantThat } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { callAi, chargeMicro, givenBalance, spentDuring, toBilledTokens, USAGE, until } from './metering.ts';
import { givenUsage } from './usage-totals.ts';

/** The stub takes longer for its answer than the caller waits for it. */
const SLOWLY = { streamed: { betweenChunks: 80 }, buffered: { beforeHeaders: 300 } } as const;
const PATIENCE_MS = 70;
const LONGEST_SETTLEMENT_MS = 3_000;

/**
 * A caller that goes away before the end of its answer is charged what the provider reports in the end, or what was
 * reserved for it stays so: never nothing, and never a guess.
 */
export async function wantDisconnectCharged(
  t: Context,
  provider: ProviderName,
  kind: 'streamed' | 'buffered',
): Promise<void> {
  const stub = await t.stub(provider);
  const proxy = await t.proxy();
  const { name, price } = t.model(provider);
  const expected = chargeMicro(price, toBilledTokens(USAGE));
  await stub.script({ usage: USAGE, chunks: 5, delayMs: SLOWLY[kind] });
  const before = await givenBalance(t.funded);
  const counted = await givenUsage(t.funded, proxy.workspaceId);

  const { path, body } = aiCall(provider, { model: name, prompt: t.marker, stream: kind === 'streamed' });
  const underWay = async () => (await stub.calls()).length > 0;
  const when = until(underWay, 'the call to reach the stub').then(() => sleep(PATIENCE_MS));
  await proxy.shaped(provider).abandon(path, body, when);

  const spent = async () => before - (await givenBalance(t.funded));
  const isSettled = async () => (await spent()) === expected;
  await until(isSettled, 'the charge', LONGEST_SETTLEMENT_MS).catch((error: unknown) => {
    if (!(error instanceof Unverified)) throw error;
  });
  const fall = await spent();
  wantThat(fall > 0n, 'a fall of remaining_micro after the caller went away', `${fall}`);
  const { days } = await givenUsage(t.funded, proxy.workspaceId);
  if (days.requests > counted.days.requests) wantEqual('fall of remaining_micro', `${fall}`, `${expected}`);
}

/** A connection that breaks is an answer too, where it tells that a stream is not whole. */
export async function answerOrBreak(call: () => Promise<AnsweredCall>): Promise<AnsweredCall | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NoAnswer && error.kind === 'broken') return undefined;
    throw error;
  }
}

/** When the provider answers an error status without usage, nothing is charged and nothing stays on hold. */
export async function wantErrorsFree(t: Context, provider: ProviderName): Promise<void> {
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  for (const status of [400, 429, 500, 503]) {
    await stub.script({ error: { status } });
    const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, provider));
    wantEqual(`fall of remaining_micro after the provider's ${status}`, `${spent}`, '0', result);
  }
}

/** When the provider breaks off a call that it was sent, the balance stays lower: the cost of the call is not known. */
export async function wantReservedAfterBreak(t: Context, provider: ProviderName): Promise<void> {
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  for (const [stream, disconnect] of [
    [false, 'before-headers'],
    [true, { afterChunks: 1 }],
  ] as const) {
    await stub.script({ disconnect });
    const call = () => callAi(t, caller, provider, { stream, maxTokens: 16 });
    const { result, spent } = await spentDuring(t.funded, () => answerOrBreak(call));
    wantThat(spent > 0n, 'remaining_micro lower after a call that broke off', `a fall of ${spent}`, result);
  }
}

/** How the end of a stream tells that it is not whole: the API's own error, and not what ends a whole one. */
export interface BreakSigns {
  isError(answered: AnsweredCall): boolean;
  isWhole(answered: AnsweredCall): boolean;
}

/** A stream that the provider breaks off, or ends too early, does not end as if it were whole. */
export async function wantBreakTold(
  t: Context,
  provider: ProviderName,
  signs: BreakSigns,
  call: () => Promise<AnsweredCall>,
): Promise<void> {
  const stub = await t.stub(provider);
  for (const respond of [{ disconnect: { afterChunks: 1 } }, { truncate: { afterChunks: 1 } }]) {
    await stub.script(respond);
    const answered = await answerOrBreak(call);
    if (answered === undefined) continue;
    wantThat(signs.isError(answered), 'an error at the end of the stream', 'none', answered);
    wantThat(!signs.isWhole(answered), 'no sign of a whole stream', 'one', answered);
  }
}

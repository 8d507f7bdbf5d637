import { setTimeout as sleep } from 'node:timers/promises';
import { Unverified } from '../../http/errors.ts';
import { wantEqual, wantThat } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { givenBalance } from './balance.ts';
import { chargeMicro } from './charge.ts';
import { billedOf, USAGE } from './charging.ts';
import { givenUsage } from './usage-totals.ts';
import { until } from './waiting.ts';

/** The stub takes longer for its answer than the caller waits for it. */
const SLOWLY = { streamed: { betweenChunks: 80 }, buffered: { beforeHeaders: 300 } } as const;
const PATIENCE_MS = 70;
const LONGEST_SETTLEMENT_MS = 3_000;

/**
 * A caller that goes away before the end of its answer is charged what the provider reports in the end, or what was
 * reserved for it stays so: never nothing, and never a guess.
 */
export async function wantLeaverCharged(
  t: Context,
  provider: ProviderName,
  kind: 'streamed' | 'buffered',
): Promise<void> {
  const stub = await t.stub(provider);
  const proxy = await t.proxy();
  const { name, price } = t.model(provider);
  const expected = chargeMicro(price, billedOf(USAGE));
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

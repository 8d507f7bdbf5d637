import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Answered } from '../../http/http-call.ts';
import { wantEqual } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import type { ProxyCaller } from '../../platform/proxy-caller.ts';
import { type CallOptions, givenAiCall } from './ai-calls.ts';
import { spentDuring } from './balance.ts';
import { type BilledTokens, chargeMicro } from './charge.ts';

export type ScriptedUsage = NonNullable<ScriptRule['respond']['usage']>;

/** Odd counts, so that one that is dropped, doubled or taken for another shows in the charge. */
export const USAGE: ScriptedUsage = { inputTokens: 37, outputTokens: 41 };

/** The stub reports cache reads and writes as parts of the input, reasoning as a part of the output, thoughts apart. */
export function billedOf(usage: ScriptedUsage): BilledTokens {
  const { cachedInputTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0, thoughtsTokens = 0 } = usage;
  return {
    input: usage.inputTokens - cachedInputTokens - cacheWrite5mTokens - cacheWrite1hTokens,
    cachedInput: cachedInputTokens,
    cacheWrite5m: cacheWrite5mTokens,
    cacheWrite1h: cacheWrite1hTokens,
    output: usage.outputTokens + thoughtsTokens,
  };
}

/**
 * A call for which the provider reports this usage lowers the balance by exactly its price, and has done so when its
 * answer, or the end of its stream, is here.
 */
export async function wantExactCharge(
  t: Context,
  provider: ProviderName,
  usage: ScriptedUsage = USAGE,
  options: CallOptions = {},
): Promise<void> {
  await wantChargeOf(t, provider, usage, (caller) => givenAiCall(t, caller, provider, options));
}

/** The same of any call. Answers it with its price in microcredits. */
export async function wantChargeOf(
  t: Context,
  provider: ProviderName,
  usage: ScriptedUsage,
  call: (caller: ProxyCaller) => Promise<Answered>,
): Promise<{ readonly answered: Answered; readonly costMicro: bigint }> {
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  await stub.script({ usage });
  const { result, spent } = await spentDuring(t.funded, () => call(caller));
  const costMicro = chargeMicro(t.model(provider).price, billedOf(usage));
  wantEqual('fall of remaining_micro', `${spent}`, `${costMicro}`, result);
  return { answered: result, costMicro };
}

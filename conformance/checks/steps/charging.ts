import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { ProviderName } from '../../runner/config.ts';
import { wantEqual } from '../../runner/want.ts';
import type { Context } from '../../world/context.ts';
import { type CallOptions, givenAiCall } from './ai-calls.ts';
import { spentDuring } from './balance.ts';
import { type BilledTokens, chargeMicro } from './charge.ts';

export type ScriptedUsage = NonNullable<ScriptRule['respond']['usage']>;

/** Odd counts, so that one that is dropped, doubled or taken for another shows in the charge. */
export const USAGE: ScriptedUsage = { inputTokens: 37, outputTokens: 41 };

/** The stub reports cached input as a part of the input, and thoughts apart from the output. */
export function billedOf(usage: ScriptedUsage): BilledTokens {
  const cachedInput = usage.cachedInputTokens ?? 0;
  return {
    input: usage.inputTokens - cachedInput,
    cachedInput,
    output: usage.outputTokens + (usage.thoughtsTokens ?? 0),
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
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  await stub.script({ usage });
  const { result, spent } = await spentDuring(t.funded, () => givenAiCall(t, caller, provider, options));
  wantEqual('fall of remaining_micro', `${spent}`, `${chargeMicro(t.model(provider).price, billedOf(usage))}`, result);
}

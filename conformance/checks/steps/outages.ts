import { NoAnswer } from '../../http/errors.ts';
import type { Answered } from '../../http/http-call.ts';
import { wantEqual, wantThat } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { callAi } from './ai-calls.ts';
import { spentDuring } from './balance.ts';

/** A connection that breaks is an answer too, where it tells that a stream is not whole. */
export async function answerOrBreak(call: () => Promise<Answered>): Promise<Answered | undefined> {
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

/** When the provider breaks off a call that it was sent, the balance stays lower: nobody knows what the call cost. */
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
  isError(answered: Answered): boolean;
  isWhole(answered: Answered): boolean;
}

/** A stream that the provider breaks off, or ends too early, does not end as if it were whole. */
export async function wantBreakTold(
  t: Context,
  provider: ProviderName,
  signs: BreakSigns,
  call: () => Promise<Answered>,
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

import { givenStatus, wantEqual, wantStatus } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { givenAiCall, stubbed } from '../steps/ai-calls.ts';
import { spentDuring } from '../steps/balance.ts';
import { type ScriptedUsage, USAGE, wantChargeOf, wantExactCharge } from '../steps/charging.ts';
import { callWithoutCredits, wantNothingForwarded } from '../steps/refusals.ts';

const STREAMED: ScriptedUsage = { inputTokens: 31, outputTokens: 29 };
/** Odd numbers of every kind of token, so that none can stand in for another. */
const CACHED: ScriptedUsage = { inputTokens: 97, outputTokens: 53, cachedInputTokens: 13, reasoningTokens: 19 };

/** Contract section 4: streams, and kinds of tokens, are metered to the microcredit. */
export const streamChecks: readonly Check[] = [
  check('OAI-008', stubbed('openai'), (t) => wantKindsCharged(t, 'openai', { ...CACHED, cacheWrite5mTokens: 7 })),
  check('ANT-008', stubbed('anthropic'), (t) =>
    wantKindsCharged(t, 'anthropic', { ...CACHED, cacheWrite5mTokens: 7, cacheWrite1hTokens: 11 }),
  ),
  check('GEM-008', stubbed('google'), (t) => wantKindsCharged(t, 'google', CACHED)),

  check('OAI-009', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    // 12,345.01 microcredits, whatever the tokens: a platform that prices them itself, or rounds down, shows.
    await stub.script({ usage: USAGE, costUsd: 0.0001234501 });
    const { result, spent } = await spentDuring(t.funded, () => givenAiCall(t, caller, 'openai'));
    wantEqual('fall of remaining_micro', `${spent}`, '12346', result);
  }),

  check('ANT-007', stubbed('anthropic'), (t) => wantExactCharge(t, 'anthropic', STREAMED, { stream: true })),

  check('GEM-020', stubbed('google'), async (t) => {
    await wantExactCharge(t, 'google', STREAMED, { stream: true });
    const { path, body } = aiCall('google', { model: t.model('google').name, prompt: t.marker, stream: true });
    const list = path.replace('?alt=sse', '');
    await wantChargeOf(t, 'google', USAGE, async (caller) =>
      givenStatus(await caller.shaped('google').post(list, body), 200),
    );
  }),

  check('GEM-021', stubbed('google'), async (t) => {
    const { answered, stub } = await callWithoutCredits(t, 'google', { stream: true });
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),
];

async function wantKindsCharged(t: Context, provider: ProviderName, usage: ScriptedUsage): Promise<void> {
  await wantExactCharge(t, provider, usage);
  await wantExactCharge(t, provider, usage, { stream: true });
}

import type { z } from 'zod';
import { readPointer } from '../../../contract/json-pointer.ts';
import { parseEvents } from '../../http/event-stream.ts';
import { type AnsweredCall, readHeader } from '../../http/http-call.ts';
import { givenStatus, wantEqual, wantShape, wantStatus, wantThat } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import {
  type BreakSigns,
  wantBreakTold,
  wantDisconnectCharged,
  wantErrorsFree,
  wantReservedAfterBreak,
} from '../steps/disconnects.ts';
import {
  callAi,
  chargeMicro,
  givenAiCall,
  type ScriptedUsage,
  spentDuring,
  stubbed,
  toBilledTokens,
  USAGE,
  wantCharge,
  wantExactCharge,
} from '../steps/metering.ts';
import { callWithoutCredits, envelopes, wantNothingForwarded } from '../steps/refusals.ts';
import { response } from '../steps/route-bodies.ts';

const STREAMED: ScriptedUsage = { inputTokens: 31, outputTokens: 29 };
/** Odd numbers of every kind of token, so that none can stand in for another. */
const CACHED: ScriptedUsage = { inputTokens: 97, outputTokens: 53, cachedInputTokens: 13, reasoningTokens: 19 };

const openai = stubbed('openai');
const anthropic = stubbed('anthropic');
const google = stubbed('google');

/** Streams and kinds of tokens are metered to the microcredit; a call that breaks off is never free. */
export const checks: readonly Check[] = [
  check('OAI-008', openai, (t) => wantKindsCharged(t, 'openai', { ...CACHED, cacheWrite5mTokens: 7 })),
  check('ANT-008', anthropic, (t) =>
    wantKindsCharged(t, 'anthropic', { ...CACHED, cacheWrite5mTokens: 7, cacheWrite1hTokens: 11 }),
  ),
  check('GEM-008', google, (t) => wantKindsCharged(t, 'google', CACHED)),

  check('OAI-009', openai, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    // 12,345.01 microcredits, whatever the tokens: a platform that prices them itself, or rounds down, shows.
    await stub.script({ usage: USAGE, costUsd: 0.0001234501 });
    const { result, spent } = await spentDuring(t.funded, () => givenAiCall(t, caller, 'openai'));
    wantEqual('fall of remaining_micro', `${spent}`, '12346', result);
  }),

  check('ANT-007', anthropic, (t) => wantExactCharge(t, 'anthropic', STREAMED, { stream: true })),

  check('GEM-020', google, async (t) => {
    await wantExactCharge(t, 'google', STREAMED, { stream: true });
    const { path, body } = aiCall('google', { model: t.model('google').name, prompt: t.marker, stream: true });
    const list = path.replace('?alt=sse', '');
    await wantCharge(t, 'google', USAGE, async (caller) =>
      givenStatus(await caller.shaped('google').post(list, body), 200),
    );
  }),

  check('GEM-021', google, async (t) => {
    const { answered, stub } = await callWithoutCredits(t, 'google', { stream: true });
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),

  check('OAI-030', openai, (t) => wantReservedAfterBreak(t, 'openai')),
  check('ANT-015', anthropic, (t) => wantReservedAfterBreak(t, 'anthropic')),
  check('GEM-015', google, (t) => wantReservedAfterBreak(t, 'google')),

  check('OAI-031', openai, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    for (const stream of [false, true]) {
      await stub.script({ omitUsage: true });
      const { result, spent } = await spentDuring(t.funded, () =>
        givenAiCall(t, caller, 'openai', { stream, maxTokens: 16 }),
      );
      wantEqual('X-Rigbox-Cost-Micro', readHeader(result, 'x-rigbox-cost-micro'), undefined, result);
      wantThat(!result.response.text.includes('"cost_micro"'), 'no cost_micro in the body', 'one', result);
      wantThat(spent > 0n, 'remaining_micro lower after a call of unknown cost', `a fall of ${spent}`, result);
    }
  }),

  check('OAI-032', openai, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const expected = chargeMicro(t.model('openai').price, toBilledTokens(USAGE));
    await stub.script({ usage: USAGE, error: { status: 500, reportsUsage: true } });
    const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, 'openai'));
    givenStatus(result, 500);
    wantEqual('fall of remaining_micro', `${spent}`, `${expected}`, result);
  }),

  check('OAI-044', openai, async (t) => {
    const stub = await t.stub('openai');
    await stub.script({ disconnect: 'before-headers' });
    const answered = await callAi(t, await t.proxy(), 'openai', { maxTokens: 16 });
    wantThat(
      answered.response.status >= 500,
      'a status of 500 or more',
      `status ${answered.response.status}`,
      answered,
    );
    wantShape(answered, envelopes.openai());
    wantEqual('x-should-retry', readHeader(answered, 'x-should-retry'), 'false', answered);
  }),

  check('ANT-009', anthropic, (t) => wantErrorsFree(t, 'anthropic')),
  check('GEM-009', google, (t) => wantErrorsFree(t, 'google')),

  check('OAI-033', openai, (t) => wantDisconnectCharged(t, 'openai', 'streamed')),
  check('OAI-034', openai, (t) => wantDisconnectCharged(t, 'openai', 'buffered')),
  check('ANT-013', anthropic, (t) => wantDisconnectCharged(t, 'anthropic', 'streamed')),
  check('GEM-013', google, (t) => wantDisconnectCharged(t, 'google', 'streamed')),

  check('OAI-035', openai, async (t) => {
    const caller = await t.proxy();
    await wantBreakTold(t, 'openai', chatSigns, () => callAi(t, caller, 'openai', { stream: true, maxTokens: 16 }));
  }),
  check('OAI-076', openai, async (t) => {
    const caller = (await t.proxy()).shaped('openai');
    const body = { ...response(t.marker, t.model('openai').name), stream: true };
    await wantBreakTold(t, 'openai', responseSigns, () => caller.post('/v1/responses', body));
  }),
  check('ANT-012', anthropic, (t) => wantShapeBreakTold(t, 'anthropic', messageSigns)),
  check('GEM-012', google, (t) => wantShapeBreakTold(t, 'google', geminiSigns)),
];

async function wantKindsCharged(t: Context, provider: ProviderName, usage: ScriptedUsage): Promise<void> {
  await wantExactCharge(t, provider, usage);
  await wantExactCharge(t, provider, usage, { stream: true });
}

async function wantShapeBreakTold(t: Context, provider: 'anthropic' | 'google', signs: BreakSigns): Promise<void> {
  const caller = await t.proxy();
  await wantBreakTold(t, provider, signs, () => callAi(t, caller, provider, { stream: true, maxTokens: 16 }));
}

const lastEvent = (answered: AnsweredCall) => parseEvents(answered).at(-1);
const eventTypes = (answered: AnsweredCall) => parseEvents(answered).map((event) => readPointer(event, '/type'));
const isErrorEvent = ({ response }: AnsweredCall) => /^event: ?error$/m.test(response.text);
const endsWith = (envelope: () => z.ZodType) => (answered: AnsweredCall) =>
  envelope().safeParse(lastEvent(answered)).success;

const chatSigns: BreakSigns = {
  isError: endsWith(envelopes.openai),
  isWhole: (answered) => parseEvents(answered).includes('[DONE]'),
};
const responseSigns: BreakSigns = {
  isError: (answered) => isErrorEvent(answered) && typeof readPointer(lastEvent(answered), '/message') === 'string',
  isWhole: (answered) => eventTypes(answered).includes('response.completed'),
};
const messageSigns: BreakSigns = {
  isError: (answered) => isErrorEvent(answered) && endsWith(envelopes.anthropic)(answered),
  isWhole: (answered) => eventTypes(answered).includes('message_stop'),
};
const geminiSigns: BreakSigns = {
  isError: endsWith(envelopes.google),
  isWhole: (answered) => answered.response.text.includes('"finishReason":"STOP"'),
};

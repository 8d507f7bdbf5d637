import type { z } from 'zod';
import { type Answered, headerOf, valueAt } from '../../http/http-call.ts';
import { givenStatus, wantEqual, wantShape, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { callAi, givenAiCall, stubbed } from '../steps/ai-calls.ts';
import { spentDuring } from '../steps/balance.ts';
import { chargeMicro } from '../steps/charge.ts';
import { billedOf, USAGE } from '../steps/charging.ts';
import { wantLeaverCharged } from '../steps/departures.ts';
import { eventsOf } from '../steps/event-stream.ts';
import { type BreakSigns, wantBreakTold, wantErrorsFree, wantReservedAfterBreak } from '../steps/outages.ts';
import { envelopes } from '../steps/refusals.ts';
import { response } from '../steps/route-bodies.ts';

const openai = stubbed('openai');
const anthropic = stubbed('anthropic');
const google = stubbed('google');

/** Contract section 4: what is charged, held and told when a provider or a caller goes away. */
export const outageChecks: readonly Check[] = [
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
      wantEqual('X-Rigbox-Cost-Micro', headerOf(result, 'x-rigbox-cost-micro'), undefined, result);
      wantThat(!result.answer.text.includes('"cost_micro"'), 'no cost_micro in the body', 'one', result);
      wantThat(spent > 0n, 'remaining_micro lower after a call of unknown cost', `a fall of ${spent}`, result);
    }
  }),

  check('OAI-032', openai, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const expected = chargeMicro(t.model('openai').price, billedOf(USAGE));
    await stub.script({ usage: USAGE, error: { status: 500, reportsUsage: true } });
    const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, 'openai'));
    givenStatus(result, 500);
    wantEqual('fall of remaining_micro', `${spent}`, `${expected}`, result);
  }),

  check('OAI-044', openai, async (t) => {
    const stub = await t.stub('openai');
    await stub.script({ disconnect: 'before-headers' });
    const answered = await callAi(t, await t.proxy(), 'openai', { maxTokens: 16 });
    wantThat(answered.answer.status >= 500, 'a status of 500 or more', `status ${answered.answer.status}`, answered);
    wantShape(answered, envelopes.openai());
    wantEqual('x-should-retry', headerOf(answered, 'x-should-retry'), 'false', answered);
  }),

  check('ANT-009', anthropic, (t) => wantErrorsFree(t, 'anthropic')),
  check('GEM-009', google, (t) => wantErrorsFree(t, 'google')),

  check('OAI-033', openai, (t) => wantLeaverCharged(t, 'openai', 'streamed')),
  check('OAI-034', openai, (t) => wantLeaverCharged(t, 'openai', 'buffered')),
  check('ANT-013', anthropic, (t) => wantLeaverCharged(t, 'anthropic', 'streamed')),
  check('GEM-013', google, (t) => wantLeaverCharged(t, 'google', 'streamed')),

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

async function wantShapeBreakTold(t: Context, provider: 'anthropic' | 'google', signs: BreakSigns): Promise<void> {
  const caller = await t.proxy();
  await wantBreakTold(t, provider, signs, () => callAi(t, caller, provider, { stream: true, maxTokens: 16 }));
}

const lastOf = (answered: Answered) => eventsOf(answered).at(-1);
const typesOf = (answered: Answered) => eventsOf(answered).map((event) => valueAt(event, '/type'));
const isErrorEvent = ({ answer }: Answered) => /^event: ?error$/m.test(answer.text);
const endsWith = (envelope: () => z.ZodType) => (answered: Answered) => envelope().safeParse(lastOf(answered)).success;

const chatSigns: BreakSigns = {
  isError: endsWith(envelopes.openai),
  isWhole: (answered) => eventsOf(answered).includes('[DONE]'),
};
const responseSigns: BreakSigns = {
  isError: (answered) => isErrorEvent(answered) && typeof valueAt(lastOf(answered), '/message') === 'string',
  isWhole: (answered) => typesOf(answered).includes('response.completed'),
};
const messageSigns: BreakSigns = {
  isError: (answered) => isErrorEvent(answered) && endsWith(envelopes.anthropic)(answered),
  isWhole: (answered) => typesOf(answered).includes('message_stop'),
};
const geminiSigns: BreakSigns = {
  isError: endsWith(envelopes.google),
  isWhole: (answered) => answered.answer.text.includes('"finishReason":"STOP"'),
};

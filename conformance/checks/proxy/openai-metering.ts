import { givenStatus, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { wantErrorsFree } from '../steps/disconnects.ts';
import { callAi, givenBalance, stubbed, until, wantExactCharge } from '../steps/metering.ts';
import { callWithoutCredits, envelopes, wantNothingForwarded } from '../steps/refusals.ts';
import { callOfAtLeast, scarcePayer, scarcePayers } from '../steps/scarce-credits.ts';

const needs = stubbed('openai');

/** Reserve, forward, settle. */
export const checks: readonly Check[] = [
  check('OAI-010', needs, async (t) => {
    await wantExactCharge(t, 'openai', { inputTokens: 31, outputTokens: 29 }, { stream: true });
    await wantExactCharge(t, 'openai', { inputTokens: 23, outputTokens: 19 }, { body: { stream: true } });
  }),

  check('OAI-012', needs, async (t) => {
    const { answered, stub } = await callWithoutCredits(t, 'openai');
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),

  check('OAI-013', needs, async (t) => {
    const { answered } = await callWithoutCredits(t, 'openai');
    givenStatus(answered, 402);
    wantShape(answered, envelopes.openai());
    wantValue(answered, '/error/code', 'insufficient_credits');
  }),

  check('OAI-014', needs, async (t) => {
    const stub = await t.stub('openai');
    const { caller, account } = await scarcePayer(t);
    const call = callOfAtLeast(t, (await givenBalance(account)) + 1n);
    const answered = await caller.shaped('openai').post('/v1/chat/completions', call);
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),

  check('OAI-015', needs, async (t) => {
    const stub = await t.stub('openai');
    const { caller, account } = await scarcePayer(t);
    // Each may cost more than half of what is left: a second one does not fit beside the first.
    const call = callOfAtLeast(t, ((await givenBalance(account)) * 6n) / 10n);
    const parallel = 6;
    await stub.script({ usage: { inputTokens: 1, outputTokens: 1 }, delayMs: { beforeHeaders: 1_000 } }, parallel);
    const proxy = caller.shaped('openai');
    const answers = await Promise.all(Array.from({ length: parallel }, () => proxy.post('/v1/chat/completions', call)));
    const forwarded = (await stub.calls()).length;
    const statuses = answers.map(({ response }) => response.status);
    wantEqual('number of calls forwarded', forwarded, 1, answers[0]);
    wantEqual('number of 402 answers', statuses.filter((status) => status === 402).length, parallel - 1, answers[0]);
  }),

  check('OAI-019', needs, async (t) => {
    const stub = await t.stub('openai');
    const { callers, account } = await scarcePayers(t);
    const call = callOfAtLeast(t, ((await givenBalance(account)) * 6n) / 10n);
    const calls = callers.flatMap((caller) =>
      [false, true, false].map((stream) => ({ caller: caller.shaped('openai'), body: { ...call, stream } })),
    );
    await stub.script({ usage: { inputTokens: 1, outputTokens: 1 }, delayMs: { beforeHeaders: 600 } }, calls.length);
    const answers = await Promise.all(calls.map(({ caller, body }) => caller.post('/v1/chat/completions', body)));
    wantEqual('number of calls forwarded', (await stub.calls()).length, 1, answers[0]);
    const refused = answers.filter(({ response }) => response.status === 402).length;
    wantEqual('number of 402 answers', refused, calls.length - 1, answers[0]);
  }),

  check('OAI-016', needs, async (t) => {
    const stub = await t.stub('openai');
    const answered = await callAi(t, await t.proxy(), 'openai', { model: `unpriced-${t.runId}` });
    const { status } = answered.response;
    wantThat(status >= 400 && status < 500, 'a 4xx status', `status ${status}`, answered);
    await wantNothingForwarded(stub, answered);
  }),

  check('OAI-018', needs, async (t) => {
    // The call reserves 16 tokens of output and no more input than its few hundred bytes.
    await wantExactCharge(t, 'openai', { inputTokens: 40, outputTokens: 4_000 }, { maxTokens: 16 });
  }),

  check('OAI-020', needs, (t) => wantErrorsFree(t, 'openai')),

  check('CRD-003', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const before = await givenBalance(t.funded);
    await stub.script({ delayMs: { beforeHeaders: 1_500 } });
    const call = callAi(t, caller, 'openai');
    try {
      await until(async () => (await stub.calls()).length > 0, 'the call to reach the stub');
      const during = await givenBalance(t.funded);
      wantThat(during < before, `remaining_micro below ${before} during the call`, `${during}`);
    } finally {
      await call;
    }
  }),
];

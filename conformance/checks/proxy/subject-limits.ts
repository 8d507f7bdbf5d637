import { setTimeout as sleep } from 'node:timers/promises';
import { givenStatus, wantEqual, wantHeader, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { callAi, spentDuring, stubbed } from '../steps/metering.ts';
import { callWithoutCredits, wantNothingForwarded } from '../steps/refusals.ts';
import { givenByok } from '../steps/settings.ts';
import {
  callFor,
  freshSubject,
  givenSubject,
  limited,
  type SubjectLimits,
  TINY,
  wantLimited,
} from '../steps/subjects.ts';

const needs = stubbed('openai');
const WINDOWS: Readonly<Record<string, number>> = { '3600': 3600, '30s': 30, '15m': 900, '5h': 18_000, '7d': 604_800 };
const OVER_BUDGET: SubjectLimits = { budget: `${TINY};period=1h` };
const ONE_CALL: SubjectLimits = { budget: '1req;period=1h' };
const ONE_CALL_RATE: SubjectLimits = { rate: '1req;window=1h' };

/** Budgets and rates on the OpenAI-shaped routes. */
export const checks: readonly Check[] = [
  check('SUB-020', needs, async (t) => {
    const stub = await t.stub('openai');
    const answered = await callFor(t, freshSubject(t), OVER_BUDGET);
    wantLimited(answered, 'subject_over_budget');
    await wantNothingForwarded(stub, answered);
  }),

  check('SUB-021', needs, async (t) => {
    const stub = await t.stub('openai');
    const subject = freshSubject(t);
    wantStatus(await callFor(t, subject, ONE_CALL), 200);
    const answered = await callFor(t, subject, ONE_CALL);
    wantLimited(answered, 'subject_over_budget');
    wantEqual('number of calls forwarded', (await stub.calls()).length, 1, answered);
  }),

  check('SUB-022', needs, async (t) => {
    const stub = await t.stub('openai');
    const subject = freshSubject(t);
    wantStatus(await callFor(t, subject, ONE_CALL_RATE), 200);
    for (const limits of [ONE_CALL_RATE, { rate: `${TINY};window=1h` }]) {
      const answered = await callFor(t, subject, limits);
      wantLimited(answered, 'subject_rate_limited');
      wantHeader(answered, 'retry-after', /^[1-9]\d*$/);
      wantEqual('number of calls forwarded', (await stub.calls()).length, 1, answered);
    }
  }),

  check('SUB-023', needs, async (t) => {
    const stub = await t.stub('openai');
    const subject = freshSubject(t);
    const budgets = ['', 'soon', '5', '5;period=', '5;period=1x', '-1;period=1h', '5;window=1h', '5;period=1h;more=1'];
    const rates = ['', 'req;window=1h', '5req', '5req;period=1h', '5req;window=often', '1.5req;window=1h'];
    for (const limits of [...budgets.map((budget) => ({ budget })), ...rates.map((rate) => ({ rate }))]) {
      const answered = await callFor(t, subject, limits);
      wantLimited(answered, 'subject_limit_malformed');
      await wantNothingForwarded(stub, answered);
    }
  }),

  check('SUB-025', needs, async (t) => {
    await t.stub('openai');
    for (const limits of [OVER_BUDGET, { rate: '0req;window=1h' }, { budget: 'soon' }, { rate: ['x', 'y'] }]) {
      wantStatus(await callFor(t, undefined, limits), 200);
      wantStatus(await callFor(t, '   ', limits), 200);
    }
  }),

  check('SUB-026', needs, async (t) => {
    const limits = { ...OVER_BUDGET, rate: `${TINY};window=1h` };
    const { answered } = await callWithoutCredits(t, 'openai', { headers: limited(freshSubject(t), limits) });
    wantStatus(answered, 402);
    wantValue(answered, '/error/code', 'insufficient_credits');
  }),

  check('SUB-027', needs, async (t) => {
    await t.stub('openai');
    const subject = freshSubject(t);
    const both = { ...ONE_CALL, ...ONE_CALL_RATE };
    givenStatus(await callFor(t, subject, both), 200);
    wantLimited(await callFor(t, subject, both), 'subject_over_budget');
  }),

  check('SUB-028', needs, async (t) => {
    await t.stub('openai');
    for (const [window, seconds] of Object.entries(WINDOWS)) {
      const budget = await callFor(t, freshSubject(t), { budget: `${TINY};period=${window}` });
      wantLimited(budget, 'subject_over_budget');
      wantValue(budget, '/error/details/limit/window_seconds', seconds);
      const rate = await callFor(t, freshSubject(t), { rate: `${TINY};window=${window}` });
      wantLimited(rate, 'subject_rate_limited');
      wantValue(rate, '/error/details/limit/window_seconds', seconds);
    }
  }),

  check('SUB-029', needs, async (t) => {
    await t.stub('openai');
    const [wide, narrow] = ['100req;window=1h', '1req;window=1h'];
    for (const rate of [
      [wide, narrow],
      [narrow, wide],
    ]) {
      const subject = freshSubject(t);
      wantStatus(await callFor(t, subject, { rate }), 200);
      wantLimited(await callFor(t, subject, { rate }), 'subject_rate_limited');
    }
    const twice = { budget: ['5;period=1h', '5;period=1h'] };
    wantLimited(await callFor(t, freshSubject(t), twice), 'subject_limit_malformed');
  }),

  check('SUB-030', needs, async (t) => {
    await t.stub('openai');
    const subject = freshSubject(t);
    const limits = { budget: '1req;period=1', rate: '1req;window=1s' };
    givenStatus(await callFor(t, subject, limits), 200);
    await sleep(1_050);
    wantStatus(await callFor(t, subject, limits), 200);
  }),

  check('SUB-031', needs, async (t) => {
    const stub = await t.stub('openai');
    const subject = freshSubject(t);
    const parallel = 6;
    await stub.script({ delayMs: { beforeHeaders: 400 } }, parallel);
    const calls = Array.from({ length: parallel }, () => callFor(t, subject, { budget: '2req;period=1h' }));
    const answers = await Promise.all(calls);
    const forwarded = (await stub.calls()).length;
    wantThat(forwarded <= 2, 'no more than 2 calls forwarded', `${forwarded}`, answers[0]);
    const refused = answers.filter(({ response }) => response.status === 402).length;
    wantEqual('number of 402 answers', refused, parallel - forwarded, answers[0]);
  }),

  check('SUB-032', needs, async (t) => {
    await t.stub('openai');
    const limits = { ...ONE_CALL, ...ONE_CALL_RATE };
    givenStatus(await callFor(t, freshSubject(t), limits), 200);
    wantStatus(await callFor(t, freshSubject(t), limits), 200);
  }),

  check('SUB-033', needs, async (t) => {
    await t.stub('openai');
    const caller = await t.proxy();
    const subject = freshSubject(t);
    givenStatus(await callFor(t, subject, ONE_CALL), 200);
    const before = await givenSubject(caller, subject);
    const { spent } = await spentDuring(t.funded, async () => {
      givenStatus(await callFor(t, subject, ONE_CALL), 402);
      givenStatus(await callFor(t, subject, ONE_CALL_RATE), 429);
    });
    wantEqual('usage of the subject after the refusals', await givenSubject(caller, subject), before);
    wantEqual('fall of remaining_micro', `${spent}`, '0');
  }),

  check('SUB-034', needs, async (t) => {
    await t.stub('openai');
    const caller = await t.ownProxy();
    await givenByok(t.funded, caller.workspace, 'openai', t.canaryKey('openai'));
    const headers = limited(freshSubject(t), ONE_CALL_RATE);
    givenStatus(await callAi(t, caller, 'openai', { headers }), 200);
    wantLimited(await callAi(t, caller, 'openai', { headers }), 'subject_rate_limited');
  }),
];

import { readPointer } from '../../../contract/json-pointer.ts';
import { Unverified } from '../../http/errors.ts';
import { parseEvents } from '../../http/event-stream.ts';
import { type AnsweredCall, readHeader } from '../../http/http-call.ts';
import { givenShape, givenStatus, givenThat, wantEqual, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import { workspacePath } from '../../platform/workspaces.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { callAi, chargeMicro, givenAiCall, givenBalance, stubbed, toBilledTokens, USAGE } from '../steps/metering.ts';
import { callWithoutCredits } from '../steps/refusals.ts';
import { givenByok } from '../steps/settings.ts';
import { difference, givenSeriesSum, givenSummary, givenUsage, type Totals } from '../steps/usage-totals.ts';

const needs = stubbed('openai');
const ACCOUNT = '/users/me/ai-usage/metrics';

/** What a call adds to the usage. */
export const checks: readonly Check[] = [
  check('USG-003', needs, async (t) => {
    const { before, after } = await aroundCall(t, (id) => givenUsage(t.funded, id));
    const added = expectedTotals(t);
    wantEqual('growth of the row of the workspace', difference(after.workspace, before.workspace), added);
    wantEqual('growth of the rows of all days', difference(after.days, before.days), added);
  }),

  check('USG-004', [...needs, 'exhausted-key'], async (t) => {
    const usage = async () => (await givenUsage(t.as('exhausted'), undefined)).days;
    const before = await usage();
    const { answered } = await callWithoutCredits(t, 'openai');
    givenStatus(answered, 402);
    wantEqual('usage after the refusal', await usage(), before, answered);
  }),

  check('USG-005', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.ownProxy();
    await givenByok(t.funded, caller.workspace, 'openai', t.canaryKey('openai'));
    const before = await givenUsage(t.funded, caller.workspaceId);
    await stub.script({ usage: USAGE });
    await givenAiCall(t, caller, 'openai');
    const after = await givenUsage(t.funded, caller.workspaceId);
    wantEqual('growth of the row of the workspace', difference(after.workspace, before.workspace), {
      ...expectedTotals(t),
      credits_micro: 0,
    });
  }),

  check('USG-006', needs, async (t) => {
    await t.stub('openai');
    await givenAiCall(t, await t.proxy(), 'openai');
    const answered = await t.funded.get('/users/me/ai-usage');
    const { window_days, daily } = givenShape(answered, documented('GetAiUsageResponse'));
    wantEqual('window_days', window_days, 30, answered);
    const days = daily.map(({ day }) => day);
    wantThat(
      days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day)),
      'days as YYYY-MM-DD',
      days.join(', '),
      answered,
    );
    wantEqual('days', days, [...new Set(days)].sort(), answered);
    // The platform's own clock says what day it is.
    const today = new Date(readHeader(answered, 'date') ?? Date.now()).toISOString().slice(0, 'YYYY-MM-DD'.length);
    wantEqual('last day', days.at(-1), today, answered);
  }),

  check('USG-007', needs, async (t) => {
    await t.stub('openai');
    const fresh = await t.newWorkspace();
    const caller = await t.proxyFor(fresh);
    await givenAiCall(t, caller, 'openai');
    const before = await givenUsage(t.funded, fresh.id);
    givenStatus(await t.funded.delete(fresh.path()), 200);
    wantEqual('row of the deleted workspace', (await givenUsage(t.funded, fresh.id)).workspace, before.workspace);
    wantEqual('requests in it', before.workspace.requests, 1);
  }),

  check('USG-008', stubbed('anthropic'), async (t) => {
    const stub = await t.stub('anthropic');
    const caller = await t.proxy();
    const before = await givenUsage(t.funded, caller.workspaceId);
    await stub.script({
      usage: {
        ...{ inputTokens: 97, cachedInputTokens: 13, cacheWrite5mTokens: 7, cacheWrite1hTokens: 11 },
        ...{ outputTokens: 53, reasoningTokens: 19 },
      },
    });
    await givenAiCall(t, caller, 'anthropic');
    const { days } = await givenUsage(t.funded, caller.workspaceId);
    const { input_tokens, output_tokens } = difference(days, before.days);
    wantEqual('growth of tokens', { input_tokens, output_tokens }, { input_tokens: 97, output_tokens: 53 });
  }),

  check('USG-009', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const before = await givenUsage(t.funded, caller.workspaceId);
    await stub.script({ error: { status: 500 } });
    givenStatus(await callAi(t, caller, 'openai'), 500);
    wantEqual('usage after the failed call', await givenUsage(t.funded, caller.workspaceId), before);
  }),

  check('USG-042', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const { workspaceId: id } = caller;
    if (id === undefined) throw new Unverified('the configuration does not supply `accounts.funded.workspaceId`');
    const look = async () => ({
      'ai-usage, the days': (await givenUsage(t.funded, id)).days.credits_micro,
      'ai-usage, the workspace': (await givenUsage(t.funded, id)).workspace.credits_micro,
      'the summary of the workspace': (await givenSummary(t.funded, workspacePath(id, '/ai-usage/metrics')))
        .credits_micro,
      'the summary of the account': (await givenSummary(t.funded, ACCOUNT)).credits_micro,
      'total_micro less remaining_micro': -Number(await givenBalance(t.funded)),
    });
    for (const stream of [false, true]) {
      const before = await look();
      await stub.script({ usage: { inputTokens: 101, outputTokens: 67, cachedInputTokens: 29, reasoningTokens: 23 } });
      const answered = await givenAiCall(t, caller, 'openai', { stream });
      const told = stream ? costInStream(answered) : Number(readHeader(answered, 'x-rigbox-cost-micro') ?? Number.NaN);
      const after = await look();
      for (const place of Object.keys(before) as (keyof typeof before)[]) {
        wantEqual(`growth of ${place}`, after[place] - before[place], told, answered);
      }
    }
  }),

  check('USG-041', needs, async (t) => {
    const { before, after } = await aroundCall(t, async (id) => {
      const own = workspacePath(id, '/ai-usage/metrics');
      return {
        'summary of the workspace': await givenSummary(t.funded, own),
        'summary of the account': await givenSummary(t.funded, ACCOUNT),
        'series of the workspace': await givenSeriesSum(t.funded, own),
        'series of the account': await givenSeriesSum(t.funded, ACCOUNT),
      };
    });
    for (const view of Object.keys(before) as (keyof typeof before)[]) {
      wantEqual(`growth of the ${view}`, difference(after[view], before[view]), expectedTotals(t));
    }
  }),
];

function costInStream(answered: AnsweredCall): number {
  const usages = parseEvents(answered).map((event) => readPointer(event, '/usage/cost_micro'));
  return Number(usages.findLast((cost) => cost !== undefined) ?? Number.NaN);
}

/** Looks before and after one managed call of a workspace that the configuration names or the suite made. */
async function aroundCall<Seen>(
  t: Context,
  look: (workspaceId: string) => Promise<Seen>,
): Promise<{ readonly before: Seen; readonly after: Seen }> {
  const stub = await t.stub('openai');
  const caller = await t.proxy();
  const { workspaceId } = caller;
  givenThat(workspaceId !== undefined, 'the configuration does not supply `accounts.funded.workspaceId`');
  const before = await look(workspaceId ?? '');
  await stub.script({ usage: USAGE });
  await givenAiCall(t, caller, 'openai');
  return { before, after: await look(workspaceId ?? '') };
}

function expectedTotals(t: Context): Totals {
  return {
    requests: 1,
    input_tokens: USAGE.inputTokens,
    output_tokens: USAGE.outputTokens,
    credits_micro: Number(chargeMicro(t.model('openai').price, toBilledTokens(USAGE))),
  };
}

import { type Check, check } from '../../runner/check.ts';
import { givenStatus, givenThat, wantEqual } from '../../runner/want.ts';
import type { Context } from '../../world/context.ts';
import { givenAiCall, stubbed } from '../steps/ai-calls.ts';
import { givenByok } from '../steps/ai-config.ts';
import { chargeMicro } from '../steps/charge.ts';
import { billedOf, USAGE } from '../steps/charging.ts';
import { callWithoutCredits } from '../steps/refusals.ts';
import { difference, givenSeriesSum, givenSummary, givenUsage, type Totals } from '../steps/usage-totals.ts';

const needs = stubbed('openai');
const ACCOUNT = '/users/me/ai-usage/metrics';

/** Contract section 3: what a call adds to the usage. */
export const usageOfCallsChecks: readonly Check[] = [
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

  check('USG-041', needs, async (t) => {
    const { before, after } = await aroundCall(t, async (id) => {
      const own = `/workspaces/${id}/ai-usage/metrics`;
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
    credits_micro: Number(chargeMicro(t.model('openai').price, billedOf(USAGE))),
  };
}

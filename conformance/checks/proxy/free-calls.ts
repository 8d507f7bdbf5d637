import type { Caller } from '../../http/caller.ts';
import type { AnsweredCall } from '../../http/http-call.ts';
import { wantEqual, wantStatus } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { spentDuring, stubbed } from '../steps/metering.ts';

import { fillModel, givenExhausted } from '../steps/refusals.ts';
import { contents, countable } from '../steps/route-bodies.ts';
import { givenUsage } from '../steps/usage-totals.ts';

/** Models and token counts cost nothing, so that credits do not matter to them. */
export const checks: readonly Check[] = [
  check('OAI-038', [...stubbed('openai'), 'exhausted-key'], (t) =>
    wantFree(t, 'openai', (caller) => caller.get('/v1/models')),
  ),
  check('ANT-070', [...stubbed('anthropic'), 'exhausted-key'], (t) =>
    wantFree(t, 'anthropic', (caller, model) =>
      caller.post('/v1/messages/count_tokens', countable(t.marker, model), {
        headers: [['anthropic-version', '2023-06-01']],
      }),
    ),
  ),
  check('GEM-070', [...stubbed('google'), 'exhausted-key'], (t) =>
    wantFree(t, 'google', (caller, model) =>
      caller.post(fillModel('/google/v1beta/models/{model}:countTokens', model), contents(t.marker, model)),
    ),
  ),
];

async function wantFree(
  t: Context,
  provider: ProviderName,
  call: (caller: Caller, model: string) => Promise<AnsweredCall>,
): Promise<void> {
  await t.stub(provider);
  await givenExhausted(t, 1n);
  const proxy = await t.proxyAs('exhausted');
  const usage = () => givenUsage(t.as('exhausted'), proxy.workspaceId);
  const before = await usage();
  const { result, spent } = await spentDuring(t.as('exhausted'), () =>
    call(proxy.shaped(provider), t.model(provider).name),
  );
  wantStatus(result, 200);
  wantEqual('fall of remaining_micro', `${spent}`, '0', result);
  wantEqual('ai-usage after the call', await usage(), before, result);
}

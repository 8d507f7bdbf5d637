import type { AnsweredCall } from '../../http/http-call.ts';
import { givenThat, wantEqual, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type ProviderName, providerNames } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { answersThatRepeat, EVERY_REPETITION, wantNoLeak } from '../steps/key-secrecy.ts';

import { callAi, givenAiCall, spentDuring, stubbed } from '../steps/metering.ts';
import { wantNothingForwarded } from '../steps/refusals.ts';
import { givenByok, givenPut } from '../steps/settings.ts';

/** The workspace pays the provider with its own key. */
export const checks: readonly Check[] = [
  check('AIC-031', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.ownProxy();
    for (const key of [t.canaryKey('openai'), t.canaryKey('openai')]) {
      await givenByok(t.funded, caller.workspace, 'openai', key);
      const answered = await callAi(t, caller, 'openai');
      wantStatus(answered, 200);
      wantThat(
        (await stub.calls()).at(-1)?.credential === key,
        "the stored key at the provider's",
        'another',
        answered,
      );
    }
  }),

  check('AIC-032', providerNames.flatMap(stubbed), async (t) => {
    const stubs = [];
    for (const provider of providerNames) stubs.push(await t.stub(provider));
    const caller = await t.ownProxy();
    const key = t.canaryKey('openai');
    await givenByok(t.funded, caller.workspace, 'openai', key);
    const answers: AnsweredCall[] = [];
    for (const inEffect of providerNames) {
      await givenPut(t.funded, caller.workspace, { provider: inEffect });
      for (const called of providerNames) answers.push(await callAi(t, caller, called));
      // Also by a model's name on the OpenAI-shaped route.
      for (const named of ['anthropic', 'google'] as const) {
        answers.push(await callAi(t, caller, 'openai', { model: `${named}/${t.model(named).name}` }));
      }
    }
    const elsewhere = (await stubs[0]?.calls())?.filter((call) => call.provider !== 'openai') ?? [];
    const sent = elsewhere.filter((call) =>
      `${call.path} ${JSON.stringify(call.headers)} ${call.bodyText}`.includes(key),
    );
    wantThat(sent.length === 0, 'the OpenAI key at OpenAI only', `it at ${sent[0]?.provider}`, answers.at(-1));
  }),

  check('AIC-034', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.ownProxy();
    const key = t.canaryKey('openai');
    await givenByok(t.funded, caller.workspace, 'openai', key);
    await givenAiCall(t, caller, 'openai');
    await givenPut(t.funded, caller.workspace, { mode: 'managed' });
    const answered = await callAi(t, caller, 'openai');
    wantStatus(answered, 200);
    const last = (await stub.calls()).at(-1);
    wantThat(last?.credential !== key, "another key than the workspace's own", 'that key', answered);
  }),

  check('OAI-040', [...stubbed('openai'), 'provider-key:openai'], (t) =>
    wantOwnKeyAndNoCharge(t, 'openai', 'authorization'),
  ),
  check('ANT-040', stubbed('anthropic'), (t) => wantOwnKeyAndNoCharge(t, 'anthropic', 'x-api-key')),
  check('GEM-040', stubbed('google'), (t) => wantOwnKeyAndNoCharge(t, 'google', 'x-goog-api-key')),

  check('OAI-041', [...stubbed('openai'), 'exhausted-key'], async (t) => {
    await t.stub('openai');
    const caller = await t.ownProxy('exhausted');
    await givenByok(t.as('exhausted'), caller.workspace, 'openai', t.canaryKey('openai'));
    wantStatus(await callAi(t, caller, 'openai'), 200);
  }),

  check('OAI-042', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.ownProxy();
    await givenPut(t.funded, caller.workspace, { mode: 'byok', provider: 'openai' });
    const answered = await callAi(t, caller, 'openai');
    wantStatus(answered, 400);
    wantValue(answered, '/error/code', 'invalid_missing_key');
    await wantNothingForwarded(stub, answered);
  }),

  check('OAI-043', stubbed('openai'), async (t) => {
    await t.stub('openai');
    const caller = await t.ownProxy();
    const key = t.canaryKey('openai');
    await givenByok(t.funded, caller.workspace, 'openai', key);
    wantNoLeak(await answersThatRepeat(t, caller, 'openai', key, EVERY_REPETITION), key, "the workspace's own key");
  }),
];

async function wantOwnKeyAndNoCharge(t: Context, provider: ProviderName, header: string): Promise<void> {
  const stub = await t.stub(provider);
  const caller = await t.ownProxy();
  const key = t.canaryKey(provider);
  await givenByok(t.funded, caller.workspace, provider, key);
  const { result, spent } = await spentDuring(t.funded, () => givenAiCall(t, caller, provider));
  const [call] = await stub.calls();
  givenThat(call !== undefined, 'the call did not reach the stub', result);
  const sent = call?.headers[header]?.replace(/^Bearer +/i, '');
  wantThat(sent === key, `the workspace's own key in ${header}`, sent === undefined ? 'no key' : 'another key', result);
  wantEqual('fall of remaining_micro', `${spent}`, '0', result);
}

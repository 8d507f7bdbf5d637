import { givenStatus, wantEqual, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { wantManagedKeyHidden } from '../steps/key-secrecy.ts';
import { callAi, givenAiCall, stubbed, USAGE, wantExactCharge } from '../steps/metering.ts';
import { callWithoutCredits, envelopes, wantNothingForwarded, wantSameOnNativeRoute } from '../steps/refusals.ts';

import { chat } from '../steps/route-bodies.ts';

const needs = stubbed('anthropic');

/** The metering proxy in the shape of Anthropic's API. */
export const checks: readonly Check[] = [
  check('ANT-001', needs, async (t) => {
    const stub = await t.stub('anthropic');
    const caller = await t.proxy();
    await stub.script({ usage: USAGE, text: 'Straight from Anthropic.' });
    const answered = await callAi(t, caller, 'anthropic');
    wantStatus(answered, 200);
    wantValue(answered, '/content/0/text', 'Straight from Anthropic.');
    wantValue(answered, '/usage/input_tokens', USAGE.inputTokens);
    wantValue(answered, '/usage/output_tokens', USAGE.outputTokens);
  }),

  check('ANT-002', [...needs, 'provider-key:anthropic'], async (t) => {
    const stub = await t.stub('anthropic');
    const answered = await givenAiCall(t, await t.proxy(), 'anthropic');
    const sent = (await stub.calls()).map((call) => call.headers['x-api-key']);
    wantEqual('x-api-key as Anthropic received it', sent, [t.config.providerKeys?.anthropic], answered);
  }),

  check('ANT-003', needs, (t) => wantExactCharge(t, 'anthropic')),

  check('ANT-004', needs, async (t) => {
    const { answered, stub } = await callWithoutCredits(t, 'anthropic');
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),

  check('ANT-005', needs, async (t) => {
    const { answered } = await callWithoutCredits(t, 'anthropic');
    givenStatus(answered, 402);
    wantShape(answered, envelopes.anthropic());
    wantValue(answered, '/error/type', 'billing_error');
  }),

  check('ANT-006', [...needs, 'provider-key:anthropic'], (t) => wantManagedKeyHidden(t, 'anthropic')),

  check('ANT-050', needs, (t) => wantSameOnNativeRoute(t, 'anthropic', '/anthropic/v1/messages', chat)),
];

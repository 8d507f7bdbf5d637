import { givenStatus, wantEqual, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import { type Check, check } from '../check.ts';
import { givenAiCall, stubbed } from '../steps/ai-calls.ts';
import { USAGE, wantExactCharge } from '../steps/charging.ts';
import { wantManagedKeyHidden } from '../steps/key-secrecy.ts';
import { callWithoutCredits, envelopes, wantNothingForwarded } from '../steps/refusals.ts';

const needs = stubbed('google');

/** Contract section 4 in the shape of the Gemini API. */
export const googleChecks: readonly Check[] = [
  check('GEM-001', needs, async (t) => {
    const stub = await t.stub('google');
    const caller = (await t.proxy()).shaped('google');
    const { path, body } = aiCall('google', { model: t.model('google').name, prompt: t.marker });
    for (const version of ['v1beta', 'v1']) {
      await stub.script({ usage: USAGE, text: 'Straight from Google.' });
      const answered = await caller.post(path.replace('/v1beta/', `/${version}/`), body);
      wantStatus(answered, 200);
      wantValue(answered, '/candidates/0/content/parts/0/text', 'Straight from Google.');
      wantValue(answered, '/usageMetadata/promptTokenCount', USAGE.inputTokens);
      wantValue(answered, '/usageMetadata/candidatesTokenCount', USAGE.outputTokens);
    }
  }),

  check('GEM-002', [...needs, 'provider-key:google'], async (t) => {
    const stub = await t.stub('google');
    const answered = await givenAiCall(t, await t.proxy(), 'google');
    const sent = (await stub.calls()).map((call) => call.headers['x-goog-api-key']);
    wantEqual('x-goog-api-key as Google received it', sent, [t.config.providerKeys?.google], answered);
  }),

  check('GEM-003', needs, (t) => wantExactCharge(t, 'google')),

  check('GEM-004', needs, (t) => wantExactCharge(t, 'google', { ...USAGE, thoughtsTokens: 17 })),

  check('GEM-005', needs, async (t) => {
    const { answered, stub } = await callWithoutCredits(t, 'google');
    wantStatus(answered, 402);
    await wantNothingForwarded(stub, answered);
  }),

  check('GEM-006', needs, async (t) => {
    const { answered } = await callWithoutCredits(t, 'google');
    givenStatus(answered, 402);
    wantShape(answered, envelopes.google());
    wantValue(answered, '/error/status', 'RESOURCE_EXHAUSTED');
  }),

  check('GEM-007', [...needs, 'provider-key:google'], (t) => wantManagedKeyHidden(t, 'google')),
];

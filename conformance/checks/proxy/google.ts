import { givenStatus, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { wantManagedKeyHidden } from '../steps/key-secrecy.ts';
import { givenAiCall, spentDuring, stubbed, USAGE, wantExactCharge } from '../steps/metering.ts';
import {
  callWithoutCredits,
  envelopes,
  fillModel,
  postWithoutCredits,
  wantNothingForwarded,
} from '../steps/refusals.ts';
import { batch, content, type RouteBody } from '../steps/route-bodies.ts';

const needs = stubbed('google');
const ONE = '/google/v1beta/models/{model}:embedContent';
const MANY = '/google/v1beta/models/{model}:batchEmbedContents';

/** The metering proxy in the shape of the Gemini API. */
export const checks: readonly Check[] = [
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

  check('GEM-022', needs, (t) => wantRefusedWithoutCredits(t, ONE, content)),
  check('GEM-023', needs, (t) => wantRefusedWithoutCredits(t, MANY, batch)),
  check('GEM-024', needs, (t) => wantNotFree(t, ONE, content)),
  check('GEM-025', needs, (t) => wantNotFree(t, MANY, batch)),
];

async function wantRefusedWithoutCredits(t: Context, path: string, body: RouteBody): Promise<void> {
  const { answered, stub } = await postWithoutCredits(t, 'google', path, body);
  wantStatus(answered, 402);
  await wantNothingForwarded(stub, answered);
}

async function wantNotFree(t: Context, path: string, body: RouteBody): Promise<void> {
  await t.stub('google');
  const { name } = t.model('google');
  const caller = (await t.proxy()).shaped('google');
  const { result, spent } = await spentDuring(t.funded, () => caller.post(fillModel(path, name), body(t.marker, name)));
  wantStatus(result, 200);
  wantThat(spent > 0n, 'a fall of remaining_micro', `${spent}`, result);
}

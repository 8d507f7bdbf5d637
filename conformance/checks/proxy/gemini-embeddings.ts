import { wantStatus, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { stubbed } from '../steps/ai-calls.ts';
import { spentDuring } from '../steps/balance.ts';
import { pathOf, postWithoutCredits, wantNothingForwarded } from '../steps/refusals.ts';
import { batch, content, type RouteBody } from '../steps/route-bodies.ts';

const needs = stubbed('google');
const ONE = '/google/v1beta/models/{model}:embedContent';
const MANY = '/google/v1beta/models/{model}:batchEmbedContents';

/** Contract section 4: Gemini's embeddings, whose usage Google does not tell. */
export const geminiEmbeddingChecks: readonly Check[] = [
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
  const { result, spent } = await spentDuring(t.funded, () => caller.post(pathOf(path, name), body(t.marker, name)));
  wantStatus(result, 200);
  wantThat(spent > 0n, 'a fall of remaining_micro', `${spent}`, result);
}

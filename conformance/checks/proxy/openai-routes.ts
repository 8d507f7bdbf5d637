import { z } from 'zod';
import { readPointer } from '../../../contract/json-pointer.ts';
import { parseEvents } from '../../http/event-stream.ts';

import { givenShape, givenStatus, wantEqual, wantHeader, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { type ScriptedUsage, stubbed, USAGE, wantCharge } from '../steps/metering.ts';
import { envelopes, postWithoutCredits, wantNothingForwarded, wantSameOnNativeRoute } from '../steps/refusals.ts';
import { chat, completion, embedding, type RouteBody, response } from '../steps/route-bodies.ts';

const needs = stubbed('openai');

/** What an embedding is reported with: it has no output. */
const INPUT_ONLY: ScriptedUsage = { inputTokens: 43, outputTokens: 0 };

/** Completions, responses and embeddings, metered as chat completions are. */
export const checks: readonly Check[] = [
  check('OAI-070', needs, (t) => wantChargedAndTold(t, '/v1/completions', completion, USAGE)),
  check('OAI-071', needs, async (t) => {
    await wantStreamCharged(t, '/v1/completions', completion);
  }),
  check('OAI-072', needs, (t) => wantRefusedWithoutCredits(t, '/v1/completions', completion)),

  check('OAI-073', needs, (t) => wantChargedAndTold(t, '/v1/responses', response, USAGE)),
  check('OAI-074', needs, async (t) => {
    const { answered, costMicro } = await wantStreamCharged(t, '/v1/responses', response);
    const usages = parseEvents(answered).map((event) => readPointer(event, '/response/usage'));
    const last = usages.findLast((usage) => usage !== undefined && usage !== null);
    wantEqual('cost_micro of the last usage', readPointer(last, '/cost_micro'), Number(costMicro), answered);
  }),
  check('OAI-075', needs, (t) => wantRefusedWithoutCredits(t, '/v1/responses', response)),

  check('OAI-085', needs, async (t) => {
    const stub = await t.stub('openai');
    const [attacker, victim] = [await t.proxy(), await t.proxyAs('other')];
    const ask = (caller: ProxyCaller, more: object) =>
      caller.shaped('openai').post('/v1/responses', { ...response(t.marker, t.model('openai').name), ...more });
    const { id } = givenShape(givenStatus(await ask(victim, {}), 200), z.looseObject({ id: z.string() }));
    const before = (await stub.calls()).length;
    for (const foreign of [id, `${id}_of_nobody`]) {
      const answered = await ask(attacker, { previous_response_id: foreign });
      wantStatus(answered, 404);
      wantShape(answered, envelopes.openai());
      wantEqual('number of calls that reached the provider', (await stub.calls()).length, before, answered);
    }
  }),

  check('OAI-077', needs, (t) => wantChargedAndTold(t, '/v1/embeddings', embedding, INPUT_ONLY)),
  check('OAI-078', needs, (t) => wantRefusedWithoutCredits(t, '/v1/embeddings', embedding)),

  check('OAI-050', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/chat/completions', chat)),
  check('OAI-051', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/completions', completion)),
  check('OAI-052', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/responses', response)),
  check('OAI-053', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/embeddings', embedding, INPUT_ONLY)),
];

async function wantChargedAndTold(t: Context, path: string, body: RouteBody, usage: ScriptedUsage): Promise<void> {
  const { answered, costMicro } = await wantCharge(t, 'openai', usage, (caller) =>
    caller.shaped('openai').post(path, body(t.marker, t.model('openai').name)),
  );
  wantStatus(answered, 200);
  wantEqual('X-Rigbox-Cost-Micro', wantHeader(answered, 'x-rigbox-cost-micro'), `${costMicro}`, answered);
  wantValue(answered, '/usage/cost_micro', Number(costMicro));
}

async function wantStreamCharged(t: Context, path: string, body: RouteBody) {
  const charged = await wantCharge(t, 'openai', USAGE, (caller) =>
    caller.shaped('openai').post(path, { ...body(t.marker, t.model('openai').name), stream: true }),
  );
  wantStatus(charged.answered, 200);
  return charged;
}

async function wantRefusedWithoutCredits(t: Context, path: string, body: RouteBody): Promise<void> {
  const { answered, stub } = await postWithoutCredits(t, 'openai', path, body);
  wantStatus(answered, 402);
  await wantNothingForwarded(stub, answered);
}

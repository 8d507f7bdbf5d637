import { z } from 'zod';
import { readPointer } from '../../../contract/json-pointer.ts';
import { Unverified } from '../../http/errors.ts';
import { parseEvents } from '../../http/event-stream.ts';

import { givenThat, wantEqual, wantHeader, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { callAi, chargeMicro, givenAiCall, spentDuring, stubbed, toBilledTokens, USAGE } from '../steps/metering.ts';

const cost = z.object({ cost_micro: z.int().nonnegative(), cost_credits: z.number().nonnegative() });
const needs = stubbed('openai');

/** What a chat completion reaches the provider with, and what comes back. */
export const checks: readonly Check[] = [
  check('OAI-001', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    await stub.script({ usage: USAGE, text: 'Straight from the provider.' });
    const answered = await callAi(t, caller, 'openai');
    wantStatus(answered, 200);
    wantValue(answered, '/choices/0/message/content', 'Straight from the provider.');
    wantValue(answered, '/usage/prompt_tokens', USAGE.inputTokens);
    wantValue(answered, '/usage/completion_tokens', USAGE.outputTokens);
    wantShape(answered, z.object({ usage: cost }));
  }),

  check('OAI-002', [...needs, 'provider-key:openai'], async (t) => {
    const stub = await t.stub('openai');
    const answered = await givenAiCall(t, await t.proxy(), 'openai');
    const sent = (await stub.calls()).map((call) => call.headers.authorization);
    wantEqual(
      "Authorization as the provider received it: the platform's key,",
      sent,
      [`Bearer ${t.config.providerKeys?.openai}`],
      answered,
    );
  }),

  check('OAI-003', needs, async (t) => {
    const stub = await t.stub('openai');
    const cookie = t.canaryKey('openai');
    const answered = await givenAiCall(t, await t.proxy(), 'openai', { headers: [['cookie', `session=${cookie}`]] });
    const own = answered.request.headers
      .filter(([name]) => ['authorization', 'x-api-key', 'x-goog-api-key'].includes(name.toLowerCase()))
      .map(([, value]) => value.replace(/^Bearer +/i, ''));
    const received = JSON.stringify((await stub.calls()).map((call) => call.headers));
    for (const secret of [cookie, ...own]) {
      wantThat(!received.includes(secret), "no credential of the caller's at the provider", 'one', answered);
    }
  }),

  check('OAI-004', needs, async (t) => {
    await t.stub('openai');
    const answered = await givenAiCall(t, await t.proxy(), 'openai');
    const micro = wantHeader(answered, 'x-rigbox-cost-micro', /^\d+$/);
    const credits = wantHeader(answered, 'x-rigbox-cost-credits', /^\d+(\.\d+)?$/);
    wantValue(answered, '/usage/cost_micro', Number(micro));
    wantValue(answered, '/usage/cost_credits', Number(credits));
  }),

  check('OAI-005', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const { price } = t.model('openai');
    const cached = price.cached_input === undefined ? {} : { cachedInputTokens: 13 };
    for (const counts of [USAGE, { inputTokens: 1, outputTokens: 1 }, { ...USAGE, ...cached }]) {
      await stub.script({ usage: counts });
      const answered = await givenAiCall(t, caller, 'openai');
      wantValue(answered, '/usage/cost_micro', Number(chargeMicro(price, toBilledTokens(counts))));
    }
  }),

  check('OAI-006', needs, async (t) => {
    await t.stub('openai');
    const caller = await t.proxy();
    const { result, spent } = await spentDuring(t.funded, () => givenAiCall(t, caller, 'openai'));
    const told = wantHeader(result, 'x-rigbox-cost-micro');
    givenThat(told !== '0', 'the call cost nothing, so nothing could be seen of its charge', result);
    wantEqual('fall of remaining_micro', `${spent}`, told, result);
  }),

  check('OAI-007', needs, async (t) => {
    await t.stub('openai');
    const answered = await givenAiCall(t, await t.proxy(), 'openai', { stream: true });
    const usages = parseEvents(answered).map((event) => readPointer(event, '/usage'));
    const last = usages.findLast((usage) => usage !== undefined && usage !== null);
    wantThat(last !== undefined, 'a chunk with usage', 'none', answered);
    wantThat(cost.safeParse(last).success, 'usage with cost_micro and cost_credits', JSON.stringify(last), answered);
  }),

  check('OAI-011', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const respond = { usage: USAGE, text: 'Every event as it came.', chunks: 5 };
    await stub.script(respond);
    const answered = await givenAiCall(t, caller, 'openai', { body: { stream: true } });
    const [call] = await stub.calls();
    if (call === undefined) throw new Unverified('the call did not reach the stub', answered);
    const sent = await stub.replay(call, respond);
    const expected = eventsIn(sent).filter((event) => !isUsageChunk(event));
    wantEqual('events', parseEvents(answered).map(comparable), expected.map(comparable), answered);
  }),

  check('OAI-017', needs, async (t) => {
    const stub = await t.stub('openai');
    const { name } = t.model('openai');
    const messages = [{ role: 'user', content: t.marker }];
    const caller = (await t.proxy()).shaped('openai');
    const answered = await caller.post('/v1/chat/completions', { model: name, messages });
    wantStatus(answered, 200);
    const [body] = (await stub.calls()).map((call) => call.body);
    const limit = readPointer(body, '/max_completion_tokens') ?? readPointer(body, '/max_tokens');
    const isLimit = typeof limit === 'number' && Number.isInteger(limit) && limit > 0;
    wantThat(isLimit, 'an output limit at the provider', JSON.stringify(limit) ?? 'none', answered);
  }),

  check('OAI-026', needs, async (t) => {
    const stub = await t.stub('openai');
    const { name } = t.model('openai');
    const answered = await callAi(t, await t.proxy(), 'openai', { model: `openai/${name}` });
    wantStatus(answered, 200);
    wantEqual(
      'model at the provider',
      (await stub.calls()).map((call) => call.model),
      [name],
      answered,
    );
  }),
];

function eventsIn(body: string): readonly unknown[] {
  return parseEvents({ response: { text: body } });
}

function isUsageChunk(event: unknown): boolean {
  const choices = readPointer(event, '/choices');
  return Array.isArray(choices) && choices.length === 0;
}

/** Two calls differ in id and time; `usage: null` is what the provider sends because the proxy asked for usage. */
function comparable(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return event;
  return Object.fromEntries(
    Object.entries(event).filter(
      ([key, value]) => !['id', 'created'].includes(key) && !(key === 'usage' && value === null),
    ),
  );
}

import { wantEqual, wantHeader, wantShape, wantStatus, wantThat } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { callAi, chargeMicro, givenAiCall, spentDuring, stubbed, toBilledTokens, USAGE } from '../steps/metering.ts';
import { envelopes, fillModel, wantNothingForwarded } from '../steps/refusals.ts';
import { chat, contents, type RouteBody } from '../steps/route-bodies.ts';
import { givenPut } from '../steps/settings.ts';

const needs = stubbed('openai');
const MODELS = '/google/v1beta/models';

/** Which provider and model a call reaches, and what is refused before it reaches any. */
export const checks: readonly Check[] = [
  check('OAI-027', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    for (const model of ['free', `${t.model('openai').name}:free`, `openai/${t.model('openai').name}-free`]) {
      const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, 'openai', { model }));
      const { status } = result.response;
      const refused = status >= 400 && status < 500 && (await stub.calls()).length === 0;
      wantThat(refused || spent > 0n, `${model} refused or charged`, `status ${status}, a fall of ${spent}`, result);
    }
  }),

  check('OAI-028', [...needs, ...stubbed('anthropic'), ...stubbed('google')], async (t) => {
    const caller = await t.proxy();
    for (const provider of ['anthropic', 'google'] as const) {
      const stub = await t.stub(provider);
      const { name, price } = t.model(provider);
      for (const model of [`${provider}/${name}`, name]) {
        await stub.script({ usage: USAGE });
        const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, 'openai', { model }));
        wantStatus(result, 200);
        const reached = (await stub.calls())
          .map((call) => [call.provider, call.model?.replace(/^models\//, '')])
          .at(-1);
        wantEqual(`provider and model that ${model} reached`, reached, [provider, name], result);
        wantEqual('fall of remaining_micro', `${spent}`, `${chargeMicro(price, toBilledTokens(USAGE))}`, result);
      }
    }
  }),

  check('OAI-029', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const headers = [['idempotency-key', t.marker]] as const;
    await givenAiCall(t, caller, 'openai', { headers });
    const { result, spent } = await spentDuring(t.funded, () => callAi(t, caller, 'openai', { headers }));
    wantStatus(result, 409);
    wantEqual('number of calls at the provider', (await stub.calls()).length, 1, result);
    wantEqual('fall of remaining_micro', `${spent}`, '0', result);
  }),

  check('OAI-039', needs, async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.ownProxy();
    const names = Object.entries(t.config.prices ?? {}).filter(([, price]) => price.provider === 'openai');
    for (const [name] of names) {
      await givenPut(t.funded, caller.workspace, { mode: 'managed', provider: 'openai', model: name });
      const body = { messages: [{ role: 'user', content: t.marker }], max_tokens: 8 };
      const answered = await caller.shaped('openai').post('/v1/chat/completions', body);
      wantStatus(answered, 200);
      wantEqual('model at the provider', (await stub.calls()).at(-1)?.model, name, answered);
    }
  }),

  check('OAI-036', needs, async (t) => {
    await wantNotJsonRefused(t, 'openai', '/v1/chat/completions');
    await wantMethodRefused(t, 'openai', '/v1/chat/completions');
  }),
  check('OAI-037', needs, (t) =>
    wantUnknownRefused(t, 'openai', ['/v1/files', '/v1/chat', '/openai/v1/files', '/openai/v1/chat/completions/1']),
  ),
  check('ANT-014', stubbed('anthropic'), async (t) => {
    await wantNotJsonRefused(t, 'anthropic', '/v1/messages');
    await wantMethodRefused(t, 'anthropic', '/v1/messages');
    await wantUnknownRefused(t, 'anthropic', ['/v1/messages/batches', '/anthropic/v1/complete']);
  }),
  check('GEM-014', stubbed('google'), async (t) => {
    const generate = `${MODELS}/${encodeURIComponent(t.model('google').name)}:generateContent`;
    await wantNotJsonRefused(t, 'google', generate);
    await wantMethodRefused(t, 'google', generate);
    await wantUnknownRefused(t, 'google', [`${MODELS}/some-model:doMagic`, '/google/v7/models/some-model:countTokens']);
  }),

  check('OAI-079', needs, (t) =>
    wantUnknownToolRefused(t, 'openai', '/v1/chat/completions', chat, { type: UNKNOWN_TOOL }),
  ),
  check('ANT-016', stubbed('anthropic'), (t) =>
    wantUnknownToolRefused(t, 'anthropic', '/v1/messages', chat, { type: UNKNOWN_TOOL, name: UNKNOWN_TOOL }),
  ),
  check('GEM-016', stubbed('google'), (t) =>
    wantUnknownToolRefused(t, 'google', `${MODELS}/{model}:generateContent`, contents, { [UNKNOWN_TOOL]: {} }),
  ),
];

const UNKNOWN_TOOL = 'tool_nobody_has_heard_of';

async function wantUnknownToolRefused(
  t: Context,
  provider: ProviderName,
  path: string,
  body: RouteBody,
  tool: object,
): Promise<void> {
  const stub = await t.stub(provider);
  const { name } = t.model(provider);
  const caller = (await t.proxy()).shaped(provider);
  const answered = await caller.post(fillModel(path, name), { ...body(t.marker, name), tools: [tool] });
  wantStatus(answered, 400);
  wantShape(answered, envelopes[provider]());
  await wantNothingForwarded(stub, answered);
}

async function wantNotJsonRefused(t: Context, provider: ProviderName, path: string): Promise<void> {
  const stub = await t.stub(provider);
  const caller = (await t.proxy()).shaped(provider);
  for (const body of [`{"note": "${t.marker}"`, `["${t.marker}"]`]) {
    const answered = await caller.send('POST', path, { body, headers: [['content-type', 'application/json']] });
    wantStatus(answered, 400);
    wantShape(answered, envelopes[provider]());
    await wantNothingForwarded(stub, answered);
  }
}

async function wantMethodRefused(t: Context, provider: ProviderName, path: string): Promise<void> {
  const answered = await (await t.proxy()).shaped(provider).put(path, { note: t.marker });
  wantStatus(answered, 405);
  wantHeader(answered, 'allow', /\bPOST\b/);
  wantShape(answered, envelopes[provider]());
}

async function wantUnknownRefused(t: Context, provider: ProviderName, paths: readonly string[]): Promise<void> {
  const stub = await t.stub(provider);
  const caller = (await t.proxy()).shaped(provider);
  for (const path of paths) {
    const answered = await caller.post(path, { model: t.model(provider).name, prompt: t.marker });
    wantStatus(answered, 404);
    wantShape(answered, envelopes[provider]());
    await wantNothingForwarded(stub, answered);
  }
}

import { givenStatus, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import {
  AI_DEFAULTS,
  BAD_TEXTS,
  givenAiDefaults,
  givenPut,
  givenRefused,
  inEffect,
  NOT_STRINGS,
  wantRefused,
  withoutStatus,
} from '../steps/settings.ts';

/** Reading and changing the AI configuration of a workspace. The stored key has its own file. */
export const checks: readonly Check[] = [
  check('AIC-001', [], async ({ funded, workspace }) => {
    const answered = await funded.get((await workspace()).path('/ai-config'));
    wantStatus(answered, 200);
    wantShape(answered, documented('WorkspaceAiConfigResponse'));
  }),

  check('AIC-002', [], async ({ funded, workspace }) => {
    const answered = await funded.put((await workspace()).path('/ai-config'), { mode: 'managed' });
    givenStatus(answered, 200);
    wantValue(answered, '/status', 'managed_active');
  }),

  check('AIC-010', [], async ({ funded, workspace }) => {
    const own = await workspace();
    let before = withoutStatus(await givenPut(funded, own, { mode: 'byok', provider: 'openai', model: 'gpt-4o' }));
    for (const patch of [{ model: 'gpt-4o-mini' }, { provider: 'anthropic' }, { mode: 'managed' }]) {
      const answered = await funded.put(own.path('/ai-config'), patch);
      wantStatus(answered, 200);
      const expected = { ...before, ...patch };
      wantEqual('settings', withoutStatus(inEffect(answered)), expected, answered);
      const read = await funded.get(own.path('/ai-config'));
      wantEqual('settings read back', inEffect(read), inEffect(answered), read);
      before = expected;
    }
  }),

  check('AIC-011', [], async ({ funded, workspace }) => {
    const own = await workspace();
    await givenPut(funded, own, { mode: 'byok', provider: 'anthropic', model: 'claude-sonnet-4-5' });
    const expected = await givenAiDefaults(funded);
    const answered = await funded.put(own.path('/ai-config'), { mode: null, provider: null, model: null });
    wantStatus(answered, 200);
    wantEqual('settings', withoutStatus(inEffect(answered)), expected, answered);
  }),

  check('AIC-012', [], async ({ funded, workspace }) => {
    await wantRefused(funded, (await workspace()).path('/ai-config'), [
      { modle: 'gpt-4o' },
      { default_provider: 'openai' },
      { default_model: 'gpt-4o' },
      { provider_keys: { openai: 'sk-none' } },
      { model: 'gpt-4o', modle: 'gpt-4o' },
    ]);
  }),

  check('AIC-013', [], async ({ funded, workspace }) => {
    const fields = ['mode', 'provider', 'api_key', 'model'];
    const wrongTypes = fields.flatMap((field) => NOT_STRINGS.map((value) => ({ [field]: value })));
    const unknownValues = [{ mode: 'free' }, { mode: '' }, { provider: 'OpenAI' }, { provider: 'mistral' }];
    await wantRefused(funded, (await workspace()).path('/ai-config'), [...unknownValues, ...wrongTypes]);
  }),

  check('AIC-014', [], async ({ funded, anonymous, workspace }) => {
    const own = await workspace();
    const before = await givenPut(funded, own, { mode: 'managed', provider: 'openai', model: 'gpt-4o' });
    await givenRefused(funded, own.path('/ai-config'), [
      { model: 'gpt-4o-mini', modle: 'gpt-4o-mini' },
      { provider: 'anthropic', mode: 'free' },
      { mode: 'byok', model: 5 },
    ]);
    givenStatus(await anonymous.put(own.path('/ai-config'), { model: 'gpt-4o-mini' }), 401);
    const after = await funded.get(own.path('/ai-config'));
    wantEqual('configuration after the refusals', inEffect(after), before, after);
  }),

  check('AIC-025', [], async ({ funded, workspace }) => {
    const own = await workspace();
    await givenPut(funded, own, { mode: 'byok', provider: 'openai' });
    await wantRefused(
      funded,
      own.path('/ai-config'),
      ['api_key', 'model'].flatMap((field) => BAD_TEXTS.map((text) => ({ [field]: text }))),
    );
  }),

  check('AIC-026', [], async ({ funded, workspace }) => {
    const own = await workspace();
    const before = await givenPut(funded, own, { mode: 'byok', provider: 'anthropic', model: 'claude-sonnet-4-5' });
    const answered = await funded.put(own.path('/ai-config'), {});
    wantStatus(answered, 200);
    wantEqual('configuration', inEffect(answered), before, answered);
  }),

  check('AIC-029', [], async ({ funded, workspace, borrowSettings }) => {
    const own = await workspace();
    await borrowSettings();
    const defaults = { default_mode: 'managed', default_provider: 'openai', default_model: 'gpt-4o' };
    givenStatus(await funded.put(AI_DEFAULTS, defaults), 200);
    wantValue(givenStatus(await funded.get(own.path('/ai-config'))), '/model', 'gpt-4o');
    const away = givenStatus(await funded.put(own.path('/ai-config'), { provider: 'anthropic' }), 200);
    const { model } = inEffect(away);
    wantThat(typeof model === 'string' && model !== 'gpt-4o', 'a model of anthropic', `${model}`, away);
    const back = givenStatus(await funded.put(own.path('/ai-config'), { provider: null }), 200);
    wantValue(back, '/model', 'gpt-4o');
  }),
];

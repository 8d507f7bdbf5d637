import { readPointer } from '../../../contract/json-pointer.ts';
import { parseBody } from '../../http/http-call.ts';
import { givenStatus, wantEqual, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { clearSetting } from '../../platform/settings.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import {
  AI_DEFAULTS,
  BAD_TEXTS,
  givenAiConfig,
  givenPut,
  givenRefused,
  NOT_STRINGS,
  wantRefused,
  withoutStatus,
} from '../steps/settings.ts';

const FIELDS = ['default_mode', 'default_provider', 'default_model'] as const;

/** What workspaces inherit from their account. */
export const checks: readonly Check[] = [
  check('DEF-001', [], async ({ funded, borrowSettings }) => {
    const wantRead = async () => {
      const answered = await funded.get(AI_DEFAULTS);
      wantStatus(answered, 200);
      wantShape(answered, documented('GetAiDefaultsResponse'));
    };
    await wantRead();
    await borrowSettings();
    // Whichever of the three was chosen, the others are answered all the same.
    for (const [field, value] of [
      ['default_mode', 'byok'],
      ['default_provider', 'anthropic'],
      ['default_model', 'gpt-4o'],
    ] as const) {
      await clearSetting(funded, AI_DEFAULTS);
      givenStatus(await funded.put(AI_DEFAULTS, { [field]: value }), 200);
      await wantRead();
    }
  }),

  check('DEF-002', [], async ({ funded, workspace, borrowSettings }) => {
    const own = await workspace();
    await borrowSettings();
    for (const [mode, provider, model] of [
      ['byok', 'anthropic', 'claude-sonnet-4-5'],
      ['managed', 'google', 'gemini-2.5-flash'],
    ]) {
      const defaults = { default_mode: mode, default_provider: provider, default_model: model };
      givenStatus(await funded.put(AI_DEFAULTS, defaults), 200);
      const answered = givenStatus(await funded.get(own.path('/ai-config')), 200);
      wantValue(answered, '/mode', mode);
      wantValue(answered, '/provider', provider);
      wantValue(answered, '/model', model);
    }
  }),

  check('DEF-003', [], async ({ funded, workspace, borrowSettings }) => {
    const own = await workspace();
    await borrowSettings();
    const before = await givenPut(funded, own, { mode: 'byok', provider: 'openai', model: 'gpt-4o' });
    const defaults = { default_mode: 'managed', default_provider: 'anthropic', default_model: 'claude-sonnet-4-5' };
    givenStatus(await funded.put(AI_DEFAULTS, defaults), 200);
    wantEqual('settings', withoutStatus(await givenAiConfig(funded, own)), withoutStatus(before));
  }),

  check('DEF-010', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    let before = { default_mode: 'managed', default_provider: 'openai', default_model: 'gpt-4o' };
    givenStatus(await funded.put(AI_DEFAULTS, before), 200);
    // Another provider may bring another model with it, so it comes together with its model.
    for (const patch of [
      { default_mode: 'byok' },
      { default_model: 'gpt-4o-mini' },
      { default_provider: 'anthropic', default_model: 'claude-sonnet-4-5' },
    ]) {
      const answered = await funded.put(AI_DEFAULTS, patch);
      wantStatus(answered, 200);
      before = { ...before, ...patch };
      for (const field of FIELDS) wantValue(answered, `/${field}`, before[field]);
    }
  }),

  check('DEF-011', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    const afterClearing = async (defaults: object) => {
      await clearSetting(funded, AI_DEFAULTS);
      givenStatus(await funded.put(AI_DEFAULTS, defaults), 200);
      const cleared = await funded.put(AI_DEFAULTS, {
        default_mode: null,
        default_provider: null,
        default_model: null,
      });
      wantStatus(cleared, 200);
      return cleared;
    };
    const first = await afterClearing({
      default_mode: 'byok',
      default_provider: 'anthropic',
      default_model: 'claude-sonnet-4-5',
    });
    const second = await afterClearing({
      default_mode: 'managed',
      default_provider: 'google',
      default_model: 'gemini-2.5-flash',
    });
    for (const field of FIELDS) wantValue(second, `/${field}`, readPointer(parseBody(first), `/${field}`));
  }),

  check('DEF-012', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    await wantRefused(funded, AI_DEFAULTS, [
      { default_modle: 'gpt-4o' },
      { mode: 'managed' },
      { provider: 'openai' },
      { api_key: 'sk-none' },
      { model: 'gpt-4o' },
      { default_model: 'gpt-4o', model: 'gpt-4o' },
    ]);
  }),

  check('DEF-013', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    await wantRefused(
      funded,
      AI_DEFAULTS,
      FIELDS.flatMap((field) => NOT_STRINGS.map((value) => ({ [field]: value }))),
    );
  }),

  check('DEF-014', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    const before = { default_mode: 'managed', default_provider: 'openai', default_model: 'gpt-4o' };
    givenStatus(await funded.put(AI_DEFAULTS, before), 200);
    await givenRefused(funded, AI_DEFAULTS, [
      { default_model: 'gpt-4o-mini', modle: 'x' },
      { default_mode: 'byok', default_model: 5 },
      { default_provider: 'anthropic', default_mode: true },
    ]);
    const after = givenStatus(await funded.get(AI_DEFAULTS), 200);
    for (const field of FIELDS) wantValue(after, `/${field}`, before[field]);
  }),

  check('DEF-015', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    await clearSetting(funded, AI_DEFAULTS);
    const answered = givenStatus(await funded.get(AI_DEFAULTS), 200);
    wantValue(answered, '/default_mode', 'managed');
    wantValue(answered, '/default_provider', 'openai');
    wantValue(answered, '/default_model', 'gpt-4o-mini');
  }),

  check('DEF-016', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    await wantRefused(funded, AI_DEFAULTS, [
      ...['free', '', 'MANAGED'].map((default_mode) => ({ default_mode })),
      ...['OpenAI', '', 'mistral'].map((default_provider) => ({ default_provider })),
      ...BAD_TEXTS.map((default_model) => ({ default_model })),
    ]);
  }),

  check('DEF-017', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    const before = { default_mode: 'byok', default_provider: 'anthropic', default_model: 'claude-sonnet-4-5' };
    givenStatus(await funded.put(AI_DEFAULTS, before), 200);
    const answered = await funded.put(AI_DEFAULTS, {});
    wantStatus(answered, 200);
    for (const field of FIELDS) wantValue(answered, `/${field}`, before[field]);
  }),

  check('DEF-020', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    for (const mode of ['byok', 'managed']) {
      const answered = await funded.put('/users/me/ai-mode', { mode });
      wantStatus(answered, 200);
      wantShape(answered, documented('AiCredits'));
      wantValue(answered, '/mode', mode);
    }
  }),

  check('DEF-021', [], async ({ funded, borrowSettings }) => {
    await borrowSettings();
    const notStrings = NOT_STRINGS.map((mode) => ({ mode }));
    await wantRefused(funded, '/users/me/ai-mode', [{}, { mode: null }, ...notStrings]);
  }),
];

import { givenStatus, wantEqual, wantStatus, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { wantNoLeak } from '../steps/key-secrecy.ts';
import { readablePaths } from '../steps/resources.ts';
import { givenAiConfig, givenByok, givenPut } from '../steps/settings.ts';

/** The one key slot of a workspace, seen through `status`. */
export const checks: readonly Check[] = [
  check('AIC-015', [], async ({ funded, workspace, canaryKey }) => {
    const path = (await workspace()).path('/ai-config');
    const key = canaryKey('openai');
    const answers = [
      await funded.put(path, { mode: 'byok', provider: 'openai', api_key: key }),
      await funded.get(path),
      await funded.put(path, { model: 'gpt-4o' }),
      // What a refusal says about a body must not repeat the key in it.
      await funded.put(path, { api_key: key, mode: 'free' }),
      await funded.put(path, { api_key: [key] }),
      await funded.put(path, { apikey: key }),
      await funded.put(path, { mode: 'managed', api_key: key }),
    ];
    wantNoLeak(answers, key, 'the stored key');
  }),

  check('AIC-018', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    const key = canaryKey('openai');
    await givenByok(funded, own, 'openai', key);
    // AIC-015 looks at the answers of ai-config itself.
    const paths = readablePaths({ workspaces: own.id }).filter((path) => path !== own.path('/ai-config'));
    for (const path of paths) wantNoLeak([await funded.get(path)], key, 'the stored key');
    wantNoLeak([await funded.put(own.path('/mode'), {})], key, 'the stored key');
  }),

  check('AIC-016', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenPut(funded, own, { provider: 'openai' });
    const answered = await funded.put(own.path('/ai-config'), { mode: 'byok', api_key: canaryKey('openai') });
    wantStatus(answered, 200);
    wantValue(answered, '/status', 'byok_active');
  }),

  check('AIC-017', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenByok(funded, own, 'openai', canaryKey('openai'));
    const answered = await funded.put(own.path('/ai-config'), { api_key: null });
    wantStatus(answered, 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),

  check('AIC-020', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenByok(funded, own, 'openai', canaryKey('openai'));
    await givenPut(funded, own, { mode: 'managed' });
    const answered = givenStatus(await funded.put(own.path('/ai-config'), { mode: 'byok' }), 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),

  check('AIC-021', [], async ({ funded, workspace }) => {
    const answered = await funded.put((await workspace()).path('/ai-config'), { mode: 'byok' });
    wantStatus(answered, 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),

  check('AIC-022', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenByok(funded, own, 'openai', canaryKey('openai'));
    const away = givenStatus(await funded.put(own.path('/ai-config'), { provider: 'anthropic' }), 200);
    wantValue(away, '/status', 'invalid_missing_key');
    const back = givenStatus(await funded.put(own.path('/ai-config'), { provider: 'openai' }), 200);
    wantValue(back, '/status', 'byok_active');
  }),

  check('AIC-023', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenByok(funded, own, 'openai', canaryKey('openai'));
    await givenByok(funded, own, 'anthropic', canaryKey('anthropic'));
    const back = givenStatus(await funded.put(own.path('/ai-config'), { provider: 'openai' }), 200);
    wantValue(back, '/status', 'invalid_missing_key');
  }),

  check('AIC-024', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenPut(funded, own, { mode: 'managed' });
    for (const patch of [{}, { mode: 'managed' }]) {
      const answered = await funded.put(own.path('/ai-config'), { ...patch, api_key: canaryKey('openai') });
      wantStatus(answered, 400);
      wantValue(answered, '/error/code', 'key_in_managed_mode');
    }
  }),

  check('AIC-028', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    const before = await givenPut(funded, own, { mode: 'managed', provider: 'openai', model: 'gpt-4o' });
    const sent = { model: 'gpt-4o-mini', api_key: canaryKey('openai') };
    givenStatus(await funded.put(own.path('/ai-config'), sent), 400);
    wantEqual('configuration after the refusal', await givenAiConfig(funded, own), before);
    const answered = givenStatus(await funded.put(own.path('/ai-config'), { mode: 'byok' }), 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),

  check('AIC-030', [], async ({ funded, workspace, newWorkspace, canaryKey }) => {
    await givenByok(funded, await workspace(), 'openai', canaryKey('openai'));
    const second = await newWorkspace();
    const answered = await funded.put(second.path('/ai-config'), { mode: 'byok', provider: 'openai' });
    givenStatus(answered, 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),
];

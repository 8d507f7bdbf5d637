import { readPointer } from '../../../contract/json-pointer.ts';
import { parseBody } from '../../http/http-call.ts';
import { givenStatus, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { givenAiDefaults, givenByok, givenPut, wantRefused } from '../steps/settings.ts';

/** The mode of a workspace, the second view on ai-config's. */
export const checks: readonly Check[] = [
  check('MOD-001', [], async ({ funded, workspace }) => {
    const own = await workspace();
    for (const mode of [null, 'byok', 'managed']) {
      givenStatus(await funded.put(own.path('/mode'), { mode }), 200);
      const answered = await funded.get(own.path('/mode'));
      wantStatus(answered, 200);
      wantShape(answered, documented('WorkspaceAiModeResponse'));
    }
  }),

  check('MOD-002', [], async ({ funded, workspace }) => {
    const own = await workspace();
    await givenPut(funded, own, { mode: 'byok' });
    wantValue(givenStatus(await funded.get(own.path('/mode')), 200), '/mode', 'byok');
    givenStatus(await funded.put(own.path('/mode'), { mode: 'managed' }), 200);
    wantValue(givenStatus(await funded.get(own.path('/ai-config')), 200), '/mode', 'managed');
  }),

  check('MOD-010', [], async ({ funded, workspace }) => {
    const own = await workspace();
    for (const mode of ['byok', 'managed']) {
      const answered = await funded.put(own.path('/mode'), { mode });
      wantStatus(answered, 200);
      wantValue(answered, '/mode', mode);
      wantValue(answered, '/source', 'workspace');
    }
  }),

  check('MOD-011', [], async ({ funded, workspace }) => {
    const own = await workspace();
    const inherited = await givenAiDefaults(funded);
    givenStatus(await funded.put(own.path('/mode'), { mode: inherited.mode === 'byok' ? 'managed' : 'byok' }), 200);
    const answered = await funded.put(own.path('/mode'), { mode: null });
    wantStatus(answered, 200);
    wantValue(answered, '/mode', inherited.mode);
    wantValue(answered, '/source', 'user_default');
  }),

  check('MOD-012', [], async ({ funded, workspace }) => {
    await wantRefused(funded, (await workspace()).path('/mode'), [{ mode: 'free' }, { mode: '' }, { mode: 'MANAGED' }]);
  }),

  check('MOD-014', [], async ({ funded, workspace }) => {
    const own = await workspace();
    for (const mode of ['byok', null]) {
      const before = givenStatus(await funded.put(own.path('/mode'), { mode }), 200);
      const answered = await funded.put(own.path('/mode'), {});
      wantStatus(answered, 200);
      for (const place of ['/mode', '/source']) wantValue(answered, place, readPointer(parseBody(before), place));
    }
  }),

  check('MOD-013', [], async ({ funded, workspace, canaryKey }) => {
    const own = await workspace();
    await givenByok(funded, own, 'openai', canaryKey('openai'));
    givenStatus(await funded.put(own.path('/mode'), { mode: 'managed' }), 200);
    const answered = givenStatus(await funded.put(own.path('/ai-config'), { mode: 'byok' }), 200);
    wantValue(answered, '/status', 'invalid_missing_key');
  }),
];

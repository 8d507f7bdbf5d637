import { z } from 'zod';
import type { AnsweredCall, Header } from '../../http/http-call.ts';
import { givenStatus, wantEqual, wantListHeader, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { givenAiConfig, givenPut } from '../steps/settings.ts';

const CREDITS = '/users/me/credits';
const JSON_TYPE: Header = ['content-type', 'application/json'];
const ONE_MIB = 1024 * 1024;
const OVER_ONE_MIB = ONE_MIB + 1024;

const envelope = z.object({ error: z.object({ code: z.string().min(1), message: z.string().min(1) }) });
const details = z.object({ error: z.object({ details: z.array(z.object({ pointer: z.string() })) }) });

/** The body of an error, and which refusal comes first. */
export const checks: readonly Check[] = [
  check('ERR-001', [], async ({ funded, anonymous, workspace, runId }) => {
    const refusals: readonly (readonly [AnsweredCall, number])[] = [
      [await funded.put((await workspace()).path('/ai-config'), { modle: 'gpt-4o' }), 400],
      [await anonymous.get(CREDITS), 401],
      [await funded.get(`/workspaces/ws-none-${runId}`), 404],
    ];
    for (const [answered, status] of refusals) {
      givenStatus(answered, status);
      wantShape(answered, envelope);
    }
  }),

  check('ERR-006', [], async ({ funded, workspace, runId }) => {
    const path = (await workspace()).path('/ai-config');
    const tooLarge = { name: `conformance-${runId}-large`, ram_mb: 2_147_483_647 };
    const refusals: readonly (readonly [AnsweredCall, number])[] = [
      [await funded.post('/workspaces', tooLarge), 402],
      [await funded.send('DELETE', CREDITS), 405],
      [await funded.put(path, { model: 'x'.repeat(OVER_ONE_MIB) }), 413],
      [await funded.send('PUT', path, { body: '{}', headers: [['content-type', 'text/plain']] }), 415],
    ];
    for (const [answered, status] of refusals) {
      givenStatus(answered, status);
      wantShape(answered, envelope);
    }
  }),

  check('ERR-002', [], async ({ funded, anonymous, runId }) => {
    for (const caller of [funded, anonymous]) {
      const answered = await caller.get(`/no-such-path-${runId}`);
      wantStatus(answered, 404);
      wantValue(answered, '/error/code', 'not_found');
    }
  }),

  check('ERR-003', [], async ({ funded }) => {
    for (const method of ['DELETE', 'POST', 'PATCH']) {
      const answered = await funded.send(method, CREDITS);
      wantStatus(answered, 405);
      const allowed = wantListHeader(answered, 'allow').map((name) => name.toUpperCase());
      const lists = allowed.includes('GET') && !allowed.includes(method);
      wantThat(lists, `an Allow header with GET and without ${method}`, allowed.join(', '), answered);
    }
  }),

  check('ERR-004', [], async ({ funded }) => {
    const answered = await funded.get(`${CREDITS}?surprise=1`);
    wantStatus(answered, 400);
    wantValue(answered, '/error/code', 'invalid_request');
  }),

  check('ERR-010', [], async ({ funded, anonymous, runId }) => {
    const path = `/workspaces/ws-none-${runId}/ai-config`;
    wantStatus(await anonymous.put(path, { model: 'gpt-4o' }), 401);
    wantStatus(await funded.put(path, { modle: 'gpt-4o' }), 404);
  }),

  check('ERR-011', [], async ({ funded, workspace }) => {
    const answered = await funded.put((await workspace()).path('/ai-config'), { model: 'x'.repeat(OVER_ONE_MIB) });
    wantStatus(answered, 413);
  }),

  check('ERR-015', [], async ({ funded, anonymous, workspace, runId }) => {
    const path = (await workspace()).path('/ai-config');
    const large = JSON.stringify({ modle: 'x'.repeat(OVER_ONE_MIB) });
    const text: Header = ['content-type', 'text/plain'];
    wantStatus(await anonymous.send('POST', CREDITS), 405);
    const unknown = `/workspaces/ws-none-${runId}/ai-config`;
    wantStatus(await funded.send('PUT', unknown, { body: large, headers: [text] }), 404);
    wantStatus(await funded.send('PUT', path, { body: large, headers: [text] }), 413);
    wantStatus(await funded.send('PUT', path, { body: '{"modle":', headers: [text] }), 415);
  }),

  check('ERR-016', [], async ({ funded, workspace }) => {
    const empty = JSON.stringify({ model: '' });
    const body = JSON.stringify({ model: 'x'.repeat(ONE_MIB - empty.length) });
    const path = (await workspace()).path('/ai-config');
    wantStatus(await funded.send('PUT', path, { body, headers: [JSON_TYPE] }), 400);
  }),

  check('ERR-017', [], async ({ funded, workspace }) => {
    const own = await workspace();
    const before = await givenPut(funded, own, { mode: 'managed', provider: 'openai', model: 'gpt-4o' });
    for (const body of ['{"model":"gpt-4o-mini","model":"gpt-4o-mini"}', '{"model":5,"model":"gpt-4o-mini"}']) {
      wantStatus(await funded.send('PUT', own.path('/ai-config'), { body, headers: [JSON_TYPE] }), 400);
    }
    wantEqual('configuration after the refusals', await givenAiConfig(funded, own), before);
  }),

  check('ERR-012', [], async ({ funded, workspace }) => {
    const path = (await workspace()).path('/ai-config');
    const body = JSON.stringify({ model: 'gpt-4o' });
    wantStatus(await funded.send('PUT', path, { body }), 415);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      wantStatus(await funded.send('PUT', path, { body, headers: [['content-type', type]] }), 415);
    }
  }),

  check('ERR-013', [], async ({ funded, workspace }) => {
    const own = await workspace();
    const before = await givenPut(funded, own, { mode: 'managed', provider: 'openai', model: 'gpt-4o' });
    for (const body of ['', '{"model":', 'model=gpt-4o', '[]', '[{"model":"gpt-4o-mini"}]', '"gpt-4o"', '1', 'null']) {
      wantStatus(await funded.send('PUT', own.path('/ai-config'), { body, headers: [JSON_TYPE] }), 400);
    }
    wantEqual('configuration after the refusals', await givenAiConfig(funded, own), before);
  }),

  check('ERR-014', [], async ({ funded, workspace }) => {
    const path = (await workspace()).path('/ai-config');
    const answered = await funded.put(path, { modle: 'gpt-4o', provider: 'mistral', model: 5 });
    givenStatus(answered, 400);
    wantValue(answered, '/error/code', 'invalid_request');
    const { error } = wantShape(answered, details);
    const pointers = [...new Set(error.details.map(({ pointer }) => pointer))].sort();
    wantEqual('pointers', pointers, ['/model', '/modle', '/provider'], answered);
    wantEqual('number of details', error.details.length, pointers.length, answered);
  }),
];

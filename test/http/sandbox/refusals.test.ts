import { describe, expect, it } from 'vitest';
import { useTestSandbox } from '../../harness/use-sandbox.ts';
import { controlsClient, ok } from './controls.ts';

const sandbox = useTestSandbox();

async function send(method: string, path: string, body?: unknown) {
  const json = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${sandbox.controls}${path}`, body === undefined ? { method } : json);
  const { error } = (await answer.json()) as { error?: { code: string } };
  return { status: answer.status, code: error?.code };
}

describe('the controls refuse in the words of the control plane', () => {
  it.each([
    ['POST', '/accounts', { plan: 'pro', credit: 1 }],
    ['POST', '/accounts', { plan: 'gold' }],
    ['POST', '/accounts', { plan: 'pro', now: 'tomorrow' }],
    ['PUT', '/accounts/ID/balance', { remaining_micro: 1, note: 'mine' }],
    ['PUT', '/accounts/ID/balance', { remaining_micro: 0.5 }],
    ['PUT', '/accounts/ID/clock', { advance: 1 }],
    ['PUT', '/accounts/ID/clock', { advance_seconds: -1 }],
    ['POST', '/accounts/ID/usage', { days: 1, hours: 1 }],
    ['PUT', '/accounts/ID/answers', { answers: [{ respond: { tokens: 1 } }] }],
    ['PUT', '/accounts/ID/answers', { answers: [{ respond: { error: { status: 200 } } }] }],
    ['PUT', '/accounts/ID/answers', { answers: [{ match: { provider: 'acme' }, respond: {} }] }],
    ['POST', '/scenarios/rainy-day', undefined],
    ['POST', '/reset?all=1', undefined],
  ])('%s %s with a wrong field or value: 400', async (method, path, body) => {
    const id = sandbox.accounts.other.account_id;
    expect(await send(method, path.replace('ID', id), body)).toEqual({ status: 400, code: 'invalid_request' });
  });

  it('an unknown account, path or method', async () => {
    expect(await send('GET', '/accounts/user-unknown')).toEqual({ status: 404, code: 'not_found' });
    expect(await send('GET', '/accounts/user-unknown/answers')).toEqual({ status: 404, code: 'not_found' });
    expect(await send('PUT', '/accounts/user-unknown/answers', { answers: [] })).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect(await send('PUT', '/accounts/user-unknown/clock', {})).toEqual({ status: 404, code: 'not_found' });
    expect(await send('GET', '/weather')).toEqual({ status: 404, code: 'not_found' });
    expect(await send('GET', '/accounts')).toEqual({ status: 405, code: 'method_not_allowed' });
  });

  it('to end an account that the sandbox started with', async () => {
    const id = sandbox.accounts.funded.account_id;
    expect(await send('DELETE', `/accounts/${id}`)).toEqual({ status: 404, code: 'not_found' });
  });
});

it('a reset ends what was made and gives the demo accounts back what they had', async () => {
  const controls = controlsClient(sandbox);
  const made = await ok(controls.POST('/accounts', { body: { plan: 'free' } }));
  const account_id = sandbox.accounts.funded.account_id;
  const path = { account_id };
  await ok(controls.PUT('/accounts/{account_id}/balance', { params: { path }, body: { remaining_micro: -5 } }));
  expect(await sandbox.remainingMicro('funded')).toBe(-5);
  expect(await ok(controls.POST('/reset'))).toEqual({ accounts_ended: 1 });
  expect(await sandbox.remainingMicro('funded')).toBe(2_000_000_000);
  expect(await sandbox.remainingMicro('exhausted')).toBe(0);
  const headers = { authorization: `Bearer ${made.api_key}` };
  expect((await fetch(`${sandbox.control_plane}/users/me/credits`, { headers })).status).toBe(401);
});

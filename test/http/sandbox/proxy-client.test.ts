import { describe, expect, it } from 'vitest';
import { createProxyClient } from '../../../client/index.ts';
import { useTestSandbox } from '../../harness/use-sandbox.ts';

const sandbox = useTestSandbox();

const prompt = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hello' }] };
const proxyClient = (name: 'funded' | 'exhausted') =>
  createProxyClient({ baseUrl: `${sandbox.proxy}/`, apiKey: sandbox.accounts[name].workspace_key });

describe('createProxyClient', () => {
  it('calls a model as a workspace, and reads what its subject has used', async () => {
    const client = proxyClient('funded');
    const called = await client.POST('/v1/chat/completions', {
      body: prompt,
      headers: { 'X-Rigbox-Subject': 'alice' },
    });
    expect(called.response.status).toBe(200);
    const costMicro = Number(called.response.headers.get('x-rigbox-cost-micro'));
    expect(costMicro).toBeGreaterThan(0);

    const { data } = await client.GET('/rig/v1/usage', { params: { query: { subject: 'alice', window: '1h' } } });
    expect(data).toMatchObject({ subject: 'alice', window_seconds: 3_600, requests: 1, credits_micro: costMicro });
  });

  it('gives a refusal as `error`, in the envelope of the API that was called', async () => {
    const { data, error, response } = await proxyClient('exhausted').POST('/v1/chat/completions', { body: prompt });
    expect([data, response.status]).toEqual([undefined, 402]);
    expect(error).toMatchObject({ error: { code: 'insufficient_credits' } });
  });

  it('sends no credential of its own where it has none, and the headers that it is given', async () => {
    const anonymous = createProxyClient({ baseUrl: sandbox.proxy });
    const usage = { params: { query: { subject: 'alice' } } };
    expect((await anonymous.GET('/rig/v1/usage', usage)).response.status).toBe(401);
    const authorization = `Bearer ${sandbox.accounts.funded.workspace_key}`;
    const given = createProxyClient({ baseUrl: sandbox.proxy, apiKey: 'rb_wrong', headers: { authorization } });
    expect((await given.GET('/rig/v1/usage', usage)).response.status).toBe(200);
  });
});

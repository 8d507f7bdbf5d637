import { describe, expect, it } from 'vitest';
import { useTestSandbox } from '../../harness/use-sandbox.ts';
import { controlsClient, ok } from './controls.ts';

const sandbox = useTestSandbox({ RIGKIT_RATE_LIMITS: 'on' });

const origin = 'https://dashboard.test';
const readable = (answer: Response) => ({
  origin: answer.headers.get('access-control-allow-origin'),
  credentials: answer.headers.get('access-control-allow-credentials'),
  vary: answer.headers.get('vary'),
});
const YES = { origin, credentials: 'true', vary: 'Origin' };
const exposed = (answer: Response) => answer.headers.get('access-control-expose-headers')?.split(', ') ?? [];

describe('a page of another origin', () => {
  it.each([
    ['control plane', () => `${sandbox.control_plane}/workspaces/ws-1/ai-config`, 'PUT'],
    ['proxy', () => `${sandbox.proxy}/v1/chat/completions`, 'POST'],
    ['controls', () => `${sandbox.controls}/accounts`, 'POST'],
  ])('gets the preflight of the %s answered without a credential, with what it asked for', async (_, url, method) => {
    const asked = 'authorization,content-type,x-stainless-lang';
    const answer = await fetch(url(), {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': asked,
        'access-control-request-private-network': 'true',
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': method,
      'access-control-allow-headers': asked,
      'access-control-allow-private-network': 'true',
    });
  });

  it('may read responses, refusals and unknown paths, from every part', async () => {
    const { api_key } = sandbox.accounts.other;
    for (const [url, status, authorization] of [
      [`${sandbox.control_plane}/users/me/credits`, 200, `Bearer ${api_key}`],
      [`${sandbox.control_plane}/users/me/credits`, 401, ''],
      [`${sandbox.proxy}/v1/models`, 401, ''],
      [`${sandbox.controls}/accounts/user-unknown`, 404, ''],
      [`${sandbox.proxy}/nowhere`, 404, ''],
    ] as const) {
      const answer = await fetch(url, { headers: { origin, ...(authorization && { authorization }) } });
      expect({ url, status: answer.status, ...readable(answer) }).toEqual({ url, status, ...YES });
    }
  });

  it('may read what a metered call cost, buffered and as a stream', async () => {
    for (const stream of [false, true]) {
      const answer = await fetch(`${sandbox.proxy}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          origin,
          'content-type': 'application/json',
          authorization: `Bearer ${sandbox.accounts.other.workspace_key}`,
        },
        body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], stream }),
      });
      expect({ status: answer.status, ...readable(answer) }).toEqual({ status: 200, ...YES });
      await answer.text();
      expect(exposed(answer)).toEqual(expect.arrayContaining(['x-rigbox-cost-micro', 'x-rigbox-cost-credits']));
    }
  });

  it('may read how long to wait when it is limited', async () => {
    const made = await ok(controlsClient(sandbox).POST('/accounts', { body: { plan: 'free' } }));
    const ask = () =>
      fetch(`${sandbox.control_plane}/users/me/credits`, {
        headers: { origin, authorization: `Bearer ${made.api_key}` },
      });
    let answer = await ask();
    for (let asked = 1; answer.status !== 429 && asked < 300; asked += 1) answer = await ask();
    expect({ status: answer.status, ...readable(answer) }).toEqual({ status: 429, ...YES });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(exposed(answer)).toEqual(expect.arrayContaining(['retry-after', 'x-request-id', 'allow']));
  });

  it('is not spoken of to a caller that is no page', async () => {
    const { headers } = await fetch(`${sandbox.control_plane}/capacity`);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});

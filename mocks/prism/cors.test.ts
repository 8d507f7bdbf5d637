import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from './mock-server.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const ORIGIN = 'https://dashboard.test';

describe('a page of another origin', () => {
  it('gets its preflight answered without a credential, with what it asked for', async () => {
    const answer = await fetch(`${mock.controlPlaneUrl}/workspaces/ws-1/ai-config`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,prefer',
        'access-control-request-private-network': 'true',
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'authorization,content-type,prefer',
      'access-control-allow-private-network': 'true',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    });
  });

  it.each(['/capacity', '/nope', '/users/me/credits'])('may read the answer of %s, refusal or not', async (path) => {
    const { headers } = await fetch(mock.controlPlaneUrl + path, { headers: { origin: ORIGIN } });
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('vary')).toBe('Origin');
    const exposed = headers.get('access-control-expose-headers')?.split(', ');
    const needed = ['allow', 'retry-after', 'x-request-id', 'x-rigbox-cost-credits', 'x-rigbox-cost-micro'];
    expect(exposed).toEqual(expect.arrayContaining(needed));
  });

  it('is not spoken of to a caller that is no page', async () => {
    const { headers } = await fetch(`${mock.controlPlaneUrl}/capacity`);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});

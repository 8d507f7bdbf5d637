import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from './mock-server.ts';
import { parsePreference } from './preferences.ts';

const NO_QUERY = new URLSearchParams();

describe('the Prefer header', () => {
  it.each([
    ['code=402', { code: '402' }],
    ['code=200, example=byok', { code: '200', example: 'byok' }],
    ['code=200,example="with, comma"', { code: '200', example: 'with, comma' }],
    ['example=a; q=1, CODE = 404', { example: 'a', code: '404' }],
    ['code=402, code=200', { code: '402' }],
    ['return=minimal, respond-async, dynamic=true', { dynamic: true }],
    ['other="x, code=500", dynamic=false, seed=s', { dynamic: false, seed: 's' }],
    ['', {}],
  ])('reads %s', (header, preference) => {
    expect(parsePreference(header, NO_QUERY)).toEqual({ kind: 'parsed', preference });
  });

  it.each(['code=4xx', 'code=', 'code=999', 'dynamic=maybe', 'dynamic', 'example='])('refuses %s', (header) => {
    expect(parsePreference(header, NO_QUERY)).toMatchObject({ refusal: { status: 400, code: 'invalid_request' } });
  });

  it('gives way to the query parameters of Prism only where it is absent', () => {
    const query = new URLSearchParams('__code=402&__example=a&__dynamic=true');
    expect(parsePreference(undefined, query)).toEqual({
      kind: 'parsed',
      preference: { code: '402', example: 'a', dynamic: true },
    });
    expect(parsePreference('code=404', query)).toEqual({ kind: 'parsed', preference: { code: '404' } });
  });
});

describe('the mock', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock.close());

  async function get(path: string, prefer?: string | string[]) {
    const headers = new Headers({ authorization: 'Bearer rb_x' });
    for (const value of [prefer ?? []].flat()) headers.append('prefer', value);
    const answer = await fetch(mock.controlPlaneUrl + path, { headers });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
  }

  interface Body {
    readonly [field: string]: unknown;
    readonly error?: { readonly message: string };
  }

  const AI_CONFIG = '/workspaces/ws-1/ai-config';

  it('answers with the example that is preferred', async () => {
    expect((await get(AI_CONFIG)).body).toMatchObject({ mode: 'managed' });
    expect((await get(AI_CONFIG, 'example=byok')).body).toMatchObject({ mode: 'byok', status: 'byok_active' });
    expect((await get(AI_CONFIG, 'code=200, example=byok')).body).toMatchObject({ mode: 'byok' });
    expect((await get(`${AI_CONFIG}?__example=byok`)).body).toMatchObject({ mode: 'byok' });
  });

  it('reads a preference from several Prefer headers', async () => {
    const answer = await get(AI_CONFIG, ['code=401', 'example=duplicate-credentials']);
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'duplicate_credentials' } } });
  });

  it('answers with the headers that the preferred response declares', async () => {
    const { status, headers } = await get(AI_CONFIG, 'code=429');
    expect([status, headers.get('retry-after')]).toEqual([429, '12']);
  });

  it('lists what there is when the code is not declared', async () => {
    const { status, body } = await get(AI_CONFIG, 'code=418');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: {
        code: 'example_not_found',
        message: expect.stringContaining('declares no response 418. Available: 200 (managed, byok'),
        details: { available: { '200': expect.arrayContaining(['byok']), '429': ['rate-limited'] } },
      },
    });
  });

  it('lists what there is when the example is not declared, rather than answering with another', async () => {
    const { status, body } = await get(AI_CONFIG, 'code=404, example=byok');
    expect(status).toBe(404);
    expect(body).toMatchObject({ error: { code: 'example_not_found' } });
    expect(body.error?.message).toContain('Response 404 has no example named "byok"');
  });

  it('makes a body up from the schema when it is dynamic, the same one for the same seed only', async () => {
    const draw = async (prefer: string) => (await get(AI_CONFIG, prefer)).body;
    const seeded = [await draw('dynamic=true, seed=s'), await draw('dynamic=true, seed=s')];
    const free = await draw('dynamic=true');
    const again = [await draw('dynamic=true, seed=s'), await draw('dynamic=true')];
    const fields = ['mode', 'model', 'provider', 'status', 'updated_at'];
    expect(Object.keys({ ...seeded[0] })).toEqual(expect.arrayContaining(fields));
    expect([seeded[1], again[0]]).toEqual([seeded[0], seeded[0]]);
    // A seed that stayed in force would repeat the answer after it as well.
    expect(again[1]).not.toEqual(free);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePreference } from '../responses/preferences.ts';
import { type Mock, startMock } from './mock-server.ts';

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
    ['scenario=busy-month, delay=0', { scenario: 'busy-month', delayMs: 0 }],
    ['first-token=300, rate=20, cut-after=3', { firstTokenMs: 300, eventsPerSecond: 20, cutAfterEvents: 3 }],
    ['', {}],
  ])('reads %s', (header, preference) => {
    expect(parsePreference(header, NO_QUERY)).toEqual({ kind: 'parsed', preference });
  });

  it.each([
    ...['code=4xx', 'code=', 'code=999', 'dynamic=maybe', 'dynamic', 'example=', 'scenario=nope', 'scenario=__proto__'],
    ...['delay=-1', 'delay=600001', 'delay=1e3', 'first-token=', 'rate=0', 'rate=1001', 'cut-after=1.5'],
  ])('refuses %s', (header) => {
    expect(parsePreference(header, NO_QUERY)).toMatchObject({ refusal: { status: 400, code: 'invalid_request' } });
  });

  it('stands above query parameters of the same names', () => {
    const query = new URLSearchParams('__code=402&__example=a&__dynamic=true&__delay=20');
    const inQuery = { code: '402', example: 'a', dynamic: true, delayMs: 20 };
    expect(parsePreference(undefined, query)).toEqual({ kind: 'parsed', preference: inQuery });
    expect(parsePreference('code=404', query)).toEqual({ kind: 'parsed', preference: { ...inQuery, code: '404' } });
  });

  it('says which of the two is malformed', () => {
    const details = (prefer: string | undefined, query: string) => {
      const parsed = parsePreference(prefer, new URLSearchParams(query));
      return parsed.kind === 'refused' ? parsed.refusal.details : parsed;
    };
    expect(details('delay=soon', '')).toMatchObject([{ in: 'header', pointer: '/prefer' }]);
    expect(details(undefined, '__scenario=nope')).toMatchObject([{ in: 'query', pointer: '/__scenario' }]);
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

  it('lists what there is when the code is not declared and no error', async () => {
    const { status, body } = await get(AI_CONFIG, 'code=202');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: {
        code: 'example_not_found',
        message: expect.stringContaining('declares no response 202. Available: 200 (managed, '),
        details: { available: { '200': expect.arrayContaining(['byok']), '429': ['rate-limited'] } },
      },
    });
  });

  it('answers an error that the contract does not document in its envelope, and says so in a header', async () => {
    const { status, headers, body } = await get(AI_CONFIG, 'code=503');
    expect([status, headers.get('x-rigkit-mock')]).toEqual([503, 'undocumented']);
    const message = 'The service is not available at the moment.';
    expect(body).toEqual({ error: { code: 'service_unavailable', message } });
    const other = await get(`${AI_CONFIG}?__code=418`);
    expect(other).toMatchObject({ status: 418, body: { error: { code: 'status_418' } } });
    expect((await get(AI_CONFIG, 'code=404')).headers.has('x-rigkit-mock')).toBe(false);
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

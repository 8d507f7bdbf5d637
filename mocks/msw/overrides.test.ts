import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rigkitMocks } from './index.ts';

const ORIGIN = 'https://platform.test';
const mocks = rigkitMocks({ controlPlaneUrl: `${ORIGIN}/api/v1`, proxyUrl: ORIGIN, scenario: 'busy-month' });
const server = setupServer(...mocks.handlers);
beforeAll(() => server.listen({ onUnhandledFrame: mocks.onUnhandledFrame }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${ORIGIN}/api/v1${path}`, { headers });
const credits = async () => (await get('/users/me/credits')).json() as Promise<{ remaining_micro: number }>;

describe('the browser handlers', () => {
  it('answer from the scenario they were made for, and from another one until they are reset', async () => {
    expect((await credits()).remaining_micro).toBe(761_482_917);
    server.use(...mocks.inScenario('exhausted'));
    expect((await credits()).remaining_micro).toBe(0);
    server.resetHandlers();
    expect((await credits()).remaining_micro).toBe(761_482_917);
  });

  it('know the workspaces of the scenario, and no others', async () => {
    expect(await (await get('/workspaces/ws-e5f6a7b8')).json()).toMatchObject({ vm: { name: 'support-assistant' } });
    expect((await get('/workspaces/ws-unknown')).status).toBe(404);
  });

  it('let one operation answer otherwise, whatever the request prefers', async () => {
    server.use(
      mocks.override('getCredits', { code: 429 }),
      mocks.override('createWorkspace', { code: 402, example: 'ram-limit' }),
    );
    const limited = await get('/users/me/credits', { prefer: 'code=200' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '12']);
    const refused = await fetch(`${ORIGIN}/api/v1/workspaces`, { method: 'POST', body: '{}' });
    expect(await refused.json()).toMatchObject({ error: { details: { limit: 'max_ram_per_vm_mb' } } });
    expect((await get('/workspaces')).status).toBe(200);
  });

  it('let it answer once, from another scenario, with a body of its own, and with an error that is not documented', async () => {
    server.use(mocks.override('getCredits', { scenario: 'almost-out', once: true }));
    expect((await credits()).remaining_micro).toBe(3_104_250);
    expect((await credits()).remaining_micro).toBe(761_482_917);
    server.use(
      mocks.override('getAiDefaults', {
        body: { default_mode: 'byok', default_provider: 'google', default_model: 'x' },
      }),
    );
    expect(await (await get('/users/me/ai-defaults')).json()).toMatchObject({ default_model: 'x' });
    server.use(mocks.override('getLimits', { undocumented: 503 }));
    const outage = await get('/users/me/limits');
    expect([outage.status, outage.headers.get('x-rigkit-mock')]).toEqual([503, 'undocumented']);
  });

  it('let it fail as if there were no network, and answer late', async () => {
    server.use(mocks.override('getCredits', { networkError: true }));
    await expect(get('/users/me/credits')).rejects.toThrow(TypeError);
    server.use(mocks.override('getCredits', { delayMs: 60 }));
    const started = performance.now();
    await credits();
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  it('fail a misspelt path of the API, and leave other hosts alone', async () => {
    const complaints: unknown[] = [];
    const report = (url: string) => {
      const defaults = { error: () => complaints.push(url) };
      mocks.onUnhandledFrame({ frame: { data: { request: new Request(url) } }, defaults });
    };
    for (const url of [`${ORIGIN}/api/v1/nope`, 'https://fonts.test/a.woff', 'https://platform.test.evil/api/v1'])
      report(url);
    expect(complaints).toEqual([`${ORIGIN}/api/v1/nope`]);
    await expect(get('/users/me/credit')).rejects.toThrow(TypeError);
  });

  it('break a stream off', async () => {
    server.use(mocks.override('createChatCompletion', { cutAfterEvents: 1 }));
    const answer = await fetch(`${ORIGIN}/v1/chat/completions`, { method: 'POST', body: '{"stream":true}' });
    // A page's reading fails; what stands in for the network in Node lets the body end early instead.
    const text = await answer.text();
    expect(text.split('\n\n')).toHaveLength(2);
    expect(text).not.toContain('[DONE]');
  });

  it('object, when types are checked, to what the operation does not have', () => {
    // @ts-expect-error: no such operation
    expect(() => mocks.override('getCredit', { code: 429 })).toThrow('there is no operation getCredit');
    // @ts-expect-error: getCredits documents no 402
    mocks.override('getCredits', { code: 402 });
    // @ts-expect-error: that example belongs to another status
    mocks.override('getCredits', { code: 401, example: 'rate-limited' });
    // @ts-expect-error: an example of no success
    mocks.override('getCredits', { example: 'nope' });
    // @ts-expect-error: a body of another operation
    mocks.override('getCredits', { body: { vms: [] } });
    // @ts-expect-error: two answers at once
    mocks.override('getCredits', { code: 429, scenario: 'byok' });
  });
});

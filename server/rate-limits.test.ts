import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor, type Platform, startPlatform } from './resources/fixtures/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ rateLimits: true });
});
afterAll(() => platform.close());

/** How many of `count` requests were answered with each status. */
async function statuses(count: number, send: () => Promise<{ status: number }>): Promise<Record<number, number>> {
  const tally: Record<number, number> = {};
  for (const { status } of await Promise.all(Array.from({ length: count }, send))) {
    tally[status] = (tally[status] ?? 0) + 1;
  }
  return tally;
}

describe('the limits of a minute', () => {
  it('are 180 for workspaces and 120 for the rest, for each account', async () => {
    const [alice, bob] = [await platform.join(), await platform.join()];
    expect(await statuses(190, () => alice.get('/workspaces'))).toEqual({ 200: 180, 429: 10 });
    expect(await statuses(125, () => alice.get('/users/me/credits'))).toEqual({ 200: 120, 429: 5 });
    expect((await bob.get('/workspaces')).status).toBe(200);
  });

  it('say when to try again', async () => {
    const alice = await platform.join();
    await statuses(180, () => alice.get('/workspaces'));
    const answer = await fetch(`${platform.api}/workspaces`, { headers: { authorization: `Bearer ${alice.key}` } });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited' } });
  });

  it('count refused requests, whatever is wrong with them', async () => {
    const alice = await platform.join();
    expect(await statuses(181, () => alice.get('/workspaces/ws-none'))).toEqual({ 404: 180, 429: 1 });
  });

  it('hold for an address whose keys are refused, and do not lock out a good key from there', async () => {
    const nobody = clientFor(platform.api, '', 'rb_nobody');
    expect(await statuses(125, () => nobody.get('/workspaces'))).toEqual({ 401: 120, 429: 5 });
    expect((await (await platform.join()).get('/workspaces')).status).toBe(200);
  });

  it('hold for an address where no key is asked for', async () => {
    expect(await statuses(121, () => fetch(`${platform.api}/capacity`))).toEqual({ 200: 120, 429: 1 });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, NOON, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;
let shop: string;
let batch: string;
let calls = 0;

const MINUTE = 60_000;
const DAY = 86_400_000;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  platform.setClock(NOON - 40 * DAY);
  alice = await platform.join();
  shop = await alice.workspace('shop');
  batch = await alice.workspace('batch');
});

/** A call that was admitted and settled. */
async function settled(workspaceId: string, at: number, tokens: [number, number], costMicro: bigint): Promise<void> {
  calls += 1;
  const holdId = `h-${calls}`;
  const [inputTokens, outputTokens] = tokens;
  const usage = { inputTokens, outputTokens, cachedInputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
  const call = { accountId: alice.accountId, workspaceId, mode: 'managed', provider: 'openai', model: 'm' } as const;
  await platform.store.admit({ ...call, holdId, amountMicro: costMicro, at });
  await platform.store.settle({ holdId, costMicro, usage, at });
}

async function history(): Promise<void> {
  await settled(shop, NOON - 30 * DAY, [1, 1], 1n);
  await settled(shop, NOON - 29 * DAY, [10, 20], 100_000n);
  await settled(batch, NOON - DAY, [100, 200], 250_001n);
  await settled(shop, NOON - 10 * MINUTE, [1000, 2000], 3_000_000n);
  await settled(shop, NOON, [7, 3], 5n);
  platform.setClock(NOON);
}

describe('usage', () => {
  it('is none where nothing was called', async () => {
    expect((await alice.get('/users/me/ai-usage')).body).toEqual({ window_days: 30, daily: [], by_workspace: [] });
  });

  it('is told by day and by workspace over thirty days, today included, and the sums agree', async () => {
    await history();
    const { body } = await alice.get('/users/me/ai-usage');
    expect(body).toEqual({
      window_days: 30,
      daily: [
        { day: '2026-02-14', requests: 1, input_tokens: 10, output_tokens: 20, credits: 0.1, credits_micro: 100_000 },
        {
          day: '2026-03-14',
          requests: 1,
          input_tokens: 100,
          output_tokens: 200,
          credits: 0.250001,
          credits_micro: 250_001,
        },
        {
          day: '2026-03-15',
          requests: 2,
          input_tokens: 1007,
          output_tokens: 2003,
          credits: 3.000005,
          credits_micro: 3_000_005,
        },
      ],
      by_workspace: expect.arrayContaining([
        {
          workspace_id: shop,
          workspace_name: 'shop',
          requests: 3,
          input_tokens: 1017,
          output_tokens: 2023,
          credits: 3.100005,
          credits_micro: 3_100_005,
        },
        {
          workspace_id: batch,
          workspace_name: 'batch',
          requests: 1,
          input_tokens: 100,
          output_tokens: 200,
          credits: 0.250001,
          credits_micro: 250_001,
        },
      ]),
    });
    for (const field of ['requests', 'input_tokens', 'output_tokens', 'credits_micro']) {
      const sum = (rows: Record<string, number>[]) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
      expect(sum(body.daily)).toBe(sum(body.by_workspace));
    }
  });

  it('keeps the row of a deleted workspace', async () => {
    await history();
    await alice.delete(`/workspaces/${shop}`);
    const { by_workspace } = (await alice.get('/users/me/ai-usage')).body;
    expect(by_workspace).toContainEqual(
      expect.objectContaining({ workspace_id: shop, workspace_name: 'shop', requests: 3 }),
    );
  });

  it('is told in the published shape and not in the one of a guide', async () => {
    await history();
    const { body } = await alice.get('/users/me/ai-usage');
    expect(body).not.toHaveProperty('usage');
    expect(JSON.stringify(body)).not.toMatch(/"(provider|model)"/);
  });
});

describe('metrics', () => {
  it.each([
    ['1h', 60, 60],
    ['6h', 300, 72],
    ['24h', 900, 96],
    ['7d', 3600, 168],
  ])('over %s come in steps of %i seconds, without a gap', async (range, step, count) => {
    await history();
    const { body } = await alice.get(`/users/me/ai-usage/metrics?range=${range}`);
    expect(body).toMatchObject({ range, step_seconds: step, workspace_id: null });
    const { credits, requests, input_tokens, output_tokens } = body.series;
    const times = requests.map(({ t }: { t: number }) => t);
    expect(times).toHaveLength(count);
    expect(times.every((t: number, index: number) => index === 0 || t - times[index - 1] === step)).toBe(true);
    expect(times.at(-1)).toBe(Math.floor(NOON / 1000 / step) * step);
    for (const series of [credits, input_tokens, output_tokens]) {
      expect(series.map(({ t }: { t: number }) => t)).toEqual(times);
    }
  });

  it('put each call in its step, and 0 where there was none', async () => {
    await history();
    const { series } = (await alice.get('/users/me/ai-usage/metrics?range=1h')).body;
    const points = (name: string) => series[name].filter(({ v }: { v: number }) => v !== 0);
    const [earlier, now] = [(NOON - 10 * MINUTE) / 1000, NOON / 1000];
    expect(points('requests')).toEqual([
      { t: earlier, v: 1 },
      { t: now, v: 1 },
    ]);
    expect(points('credits')).toEqual([
      { t: earlier, v: 3 },
      { t: now, v: 0.000005 },
    ]);
    expect(points('input_tokens')).toEqual([
      { t: earlier, v: 1000 },
      { t: now, v: 7 },
    ]);
    expect(points('output_tokens')).toEqual([
      { t: earlier, v: 2000 },
      { t: now, v: 3 },
    ]);
  });

  it('cover 24 hours unless told otherwise', async () => {
    expect((await alice.get('/users/me/ai-usage/metrics')).body.range).toBe('24h');
    expect((await alice.get('/users/me/ai-usage/metrics/summary')).body.range).toBe('24h');
  });

  it.each([['1d'], ['24H'], ['']])('refuse the range %j', async (range) => {
    for (const path of ['/users/me/ai-usage', `/workspaces/${shop}/ai-usage`]) {
      expect((await alice.get(`${path}/metrics?range=${range}`)).status).toBe(400);
      expect((await alice.get(`${path}/metrics/summary?range=${range}`)).status).toBe(400);
    }
  });
});

describe('the summary', () => {
  it.each(['1h', '6h', '24h', '7d'])('over %s is the sum of the series', async (range) => {
    await history();
    for (const path of ['/users/me/ai-usage', `/workspaces/${shop}/ai-usage`]) {
      const { series } = (await alice.get(`${path}/metrics?range=${range}`)).body;
      const sum = (name: string) => series[name].reduce((total: number, { v }: { v: number }) => total + v, 0);
      const { body } = await alice.get(`${path}/metrics/summary?range=${range}`);
      expect(body).toMatchObject({
        range,
        total_requests: sum('requests'),
        input_tokens: sum('input_tokens'),
        output_tokens: sum('output_tokens'),
      });
      expect(body.total_credits).toBeCloseTo(sum('credits'), 9);
    }
  });

  it('of a workspace counts its own calls alone', async () => {
    await history();
    expect((await alice.get(`/workspaces/${batch}/ai-usage/metrics/summary?range=7d`)).body).toEqual({
      range: '7d',
      total_credits: 0.250001,
      total_credits_micro: 250_001,
      total_requests: 1,
      input_tokens: 100,
      output_tokens: 200,
      workspace_id: batch,
    });
    expect((await alice.get(`/workspaces/${batch}/ai-usage/metrics?range=7d`)).body.workspace_id).toBe(batch);
  });
});

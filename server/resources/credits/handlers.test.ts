import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { creditsToMicro } from '../../money/microcredits.ts';
import { type Client, NOON, type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
let alice: Client;

beforeAll(async () => {
  platform = await startPlatform({ room: 12 });
});
afterAll(() => platform.close());
beforeEach(async () => {
  platform.setClock(NOON);
  alice = await platform.join('free');
});

describe('credits', () => {
  it.each([
    ['free', 250],
    ['pro', 2000],
  ] as const)('of the %s plan are granted for the month', async (plan, credits) => {
    const client = await platform.join(plan);
    expect((await client.get('/users/me/credits')).body).toEqual({
      mode: 'managed',
      remaining: credits,
      total: credits,
      remaining_micro: credits * 1_000_000,
      total_micro: credits * 1_000_000,
    });
  });

  it('have what is held and what was charged taken off already, to the microcredit', async () => {
    const { accountId } = alice;
    const workspaceId = await alice.workspace();
    const call = { accountId, workspaceId, mode: 'managed', provider: 'openai', model: 'm', at: NOON } as const;
    await platform.store.admit({ ...call, holdId: 'h-1', amountMicro: creditsToMicro(2) });
    expect((await alice.get('/users/me/credits')).body).toMatchObject({ remaining: 248, remaining_micro: 248_000_000 });
    await platform.store.settle({ holdId: 'h-1', costMicro: 1_234_567n, usage: usage(10, 5), at: NOON });
    expect((await alice.get('/users/me/credits')).body).toMatchObject({
      remaining: 248.765433,
      remaining_micro: 248_765_433,
      total: 250,
    });
  });

  it('start anew with the month', async () => {
    platform.setClock(Date.parse('2026-04-01T00:00:00Z'));
    expect((await alice.get('/users/me/credits')).body).toMatchObject({ remaining: 250, total: 250 });
  });

  it('are answered by ai-mode too, with the mode that was sent', async () => {
    const answer = await alice.put('/users/me/ai-mode', { mode: 'byok' });
    expect(answer).toEqual(await alice.get('/users/me/credits'));
    expect(answer.body.mode).toBe('byok');
  });

  it.each([[{}], [{ mode: null }], [{ mode: 'free' }], [{ mode: 'byok', provider: 'openai' }]])(
    'are not answered by ai-mode for %j',
    async (body) => {
      expect((await alice.put('/users/me/ai-mode', body)).status).toBe(400);
      expect((await alice.get('/users/me/credits')).body.mode).toBe('managed');
    },
  );
});

describe('limits', () => {
  it('are those of the plan, with what is in use', async () => {
    await alice.workspace();
    expect((await alice.get('/users/me/limits')).body).toMatchObject({
      plan: 'free',
      custom: false,
      limits: {
        max_vms: 2,
        max_ram_per_vm_mb: 1024,
        max_ram_total_mb: 2048,
        max_disk_total_mb: 4096,
        max_vcpu_per_vm: 1,
        max_running_vcpus: 2,
      },
      usage: { workspace_count: 1, running_vcpus: 1, total_disk_mb: 1024, total_ram_mb: 1024 },
    });
  });
});

describe('what is public', () => {
  it('is the capacity, counted every ten seconds at most', async () => {
    const read = async () => (await fetch(`${platform.api}/capacity`)).json();
    platform.setClock(NOON + 3_600_000);
    const before = (await read()) as { used: number };
    expect(before).toEqual({ available: true, total: 12, used: before.used });
    await alice.workspace();
    expect(await read()).toEqual(before);
    platform.setClock(NOON + 3_610_000);
    expect(await read()).toEqual({ ...before, used: before.used + 1 });
    const bob = await platform.join('pro');
    for (let count = 0; count < 10; count += 1) await bob.workspace();
    platform.setClock(NOON + 3_620_000);
    expect(await read()).toMatchObject({ available: false, total: 12 });
  });

  it('are the templates, each of which fits a plan', async () => {
    const { templates } = (await (await fetch(`${platform.api}/templates`)).json()) as { templates: { id: string }[] };
    expect(templates.map(({ id }) => id)).toEqual(['base', 'dev', 'openclaw', 'ai-agent-starter', 'web-fullstack']);
    for (const { id } of templates) {
      const bob = await platform.join('pro');
      expect((await bob.post('/workspaces', { name: id, template_id: id })).status).toBe(201);
    }
  });
});

function usage(inputTokens: number, outputTokens: number) {
  return { inputTokens, outputTokens, cachedInputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
}

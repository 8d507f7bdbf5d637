import { beforeAll, describe, expect, it } from 'vitest';
import type { SandboxCredentials } from '../../../generated/sandbox.ts';
import { useTestSandbox } from '../../harness/use-sandbox.ts';
import { readBooks } from './books.ts';
import { controlsClient, ok } from './controls.ts';

const sandbox = useTestSandbox();
let controls: ReturnType<typeof controlsClient>;
beforeAll(() => {
  controls = controlsClient(sandbox);
});

/** Whatever a test does here, the books are right behind it. */
const violations = async () => (await readBooks(sandbox, sandbox.accounts.funded.account_id)).violations;

const DAY = 86_400;
const NOON = '2026-03-24T12:00:00.000Z';
const newAccount = (body: { plan: 'free' | 'pro'; credits_micro?: number; now?: string }) =>
  ok(controls.POST('/accounts', { body }));
const at = (account_id: string) => ({ params: { path: { account_id } } });
const state = ({ account_id }: { account_id: string }) => ok(controls.GET('/accounts/{account_id}', at(account_id)));
const advance = ({ account_id }: SandboxCredentials, advance_seconds: number) =>
  ok(controls.PUT('/accounts/{account_id}/clock', { ...at(account_id), body: { advance_seconds } }));
const seed = ({ account_id }: SandboxCredentials, body: { days: number; seed?: number; cost_micro?: number }) =>
  ok(controls.POST('/accounts/{account_id}/usage', { ...at(account_id), body }));

async function read(account: SandboxCredentials, path: string) {
  const headers = { authorization: `Bearer ${account.api_key}` };
  return (await (await fetch(sandbox.control_plane + path, { headers })).json()) as Record<string, never>;
}

/** One call of a subject that may make one in a day. */
function ask(account: SandboxCredentials) {
  return fetch(`${sandbox.proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${account.workspace_key}`,
      'content-type': 'application/json',
      'x-rigbox-subject': 'ann',
      'x-rigbox-subject-rate': '1req;window=1d',
    },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
  });
}

describe('accounts for tests', () => {
  it('come with the plan and the credits that were asked for, and call as any other', async () => {
    const account = await newAccount({ plan: 'pro', credits_micro: 5_000_000 });
    expect(await state(account)).toMatchObject({ plan: 'pro', remaining_micro: 5_000_000, total_micro: 5_000_000 });
    expect((await ask(account)).status).toBe(200);
    expect((await state(account)).remaining_micro).toBeLessThan(5_000_000);
  });

  it('share neither balance nor clock, however many are used at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 6 }, () => newAccount({ plan: 'free', now: NOON })));
    await Promise.all(
      accounts.map(async (account, index) => {
        const body = { remaining_micro: index * 1_000_000 };
        await ok(controls.PUT('/accounts/{account_id}/balance', { ...at(account.account_id), body }));
        await advance(account, index * 3600 + 1);
        if (index > 0) expect((await ask(account)).status).toBe(200);
        else expect((await ask(account)).status).toBe(402);
      }),
    );
    for (const [index, account] of accounts.entries()) {
      const { now, remaining_micro } = await state(account);
      expect(Math.floor((Date.parse(now) - Date.parse(NOON)) / 3_600_000)).toBe(index);
      expect(remaining_micro).toBeGreaterThan((index - 1) * 1_000_000);
      expect(remaining_micro).toBeLessThanOrEqual(index * 1_000_000);
    }
    expect(await violations()).toEqual([]);
  });

  it('are refused everywhere once they are ended', async () => {
    const account = await newAccount({ plan: 'free' });
    await ok(controls.DELETE('/accounts/{account_id}', at(account.account_id)));
    expect((await ask(account)).status).toBe(401);
    expect(await read(account, '/users/me/credits')).toMatchObject({ error: { code: 'unauthorized' } });
  });
});

describe('one advance of the clock', () => {
  it('turns the month: what is left expires, and the grant comes new', async () => {
    const account = await newAccount({ plan: 'free', now: NOON });
    await ok(
      controls.PUT('/accounts/{account_id}/balance', { ...at(account.account_id), body: { remaining_micro: 7 } }),
    );
    const after = await advance(account, 31 * DAY);
    expect(after).toMatchObject({ remaining_micro: 250_000_000, total_micro: 250_000_000 });
    expect(await read(account, '/users/me/credits')).toMatchObject({ remaining_micro: 250_000_000 });
    expect(await violations()).toEqual([]);
  });

  it('ends the windows of subjects', async () => {
    const account = await newAccount({ plan: 'free' });
    expect((await ask(account)).status).toBe(200);
    expect((await ask(account)).status).toBe(429);
    await advance(account, DAY);
    expect((await ask(account)).status).toBe(200);
  });

  it('rolls the windows of usage, of its own account only', async () => {
    const [account, other] = await Promise.all([newAccount({ plan: 'free' }), newAccount({ plan: 'free' })]);
    for (const each of [account, other]) expect((await ask(each)).status).toBe(200);
    await advance(account, 40 * DAY);
    expect((await ask(account)).status).toBe(200);
    await advance(account, DAY);
    const summary = '/users/me/ai-usage/metrics/summary?range=1h';
    expect(await read(account, summary)).toMatchObject({ total_requests: 0 });
    expect((await read(account, '/users/me/ai-usage')).daily).toHaveLength(1);
    expect(await read(other, summary)).toMatchObject({ total_requests: 1 });
    expect(await violations()).toEqual([]);
  });

  it('is refused backwards, and by both names at once', async () => {
    const { account_id } = await newAccount({ plan: 'free', now: NOON });
    for (const body of [{ now: '2026-03-24T11:59:59Z' }, { now: '2027-01-01T00:00:00Z', advance_seconds: 1 }]) {
      const { error, response } = await controls.PUT('/accounts/{account_id}/clock', { ...at(account_id), body });
      expect({ status: response.status, code: error?.error.code }).toEqual({ status: 400, code: 'invalid_request' });
    }
  });

  it('does not pass while the clock stands, and passes again when it runs', async () => {
    const { account_id } = await newAccount({ plan: 'free', now: NOON });
    const set = (runs: boolean) =>
      ok(controls.PUT('/accounts/{account_id}/clock', { ...at(account_id), body: { runs } }));
    const { now } = await set(false);
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.now() + 5);
    expect((await state({ account_id })).now).toBe(now);
    await set(true);
    await expect.poll(async () => (await state({ account_id })).now).not.toBe(now);
  });
});

describe('seeded usage', () => {
  it('is the same for the same seed and time, and another for another seed', async () => {
    const accounts = await Promise.all(Array.from({ length: 3 }, () => newAccount({ plan: 'pro', now: NOON })));
    for (const { account_id } of accounts) {
      const body = { now: '2026-03-25T12:00:00Z', runs: false };
      await ok(controls.PUT('/accounts/{account_id}/clock', { ...at(account_id), body }));
    }
    const [first, second, third] = await Promise.all(
      accounts.map((account, index) => seed(account, { days: 40, seed: index < 2 ? 5 : 6 })),
    );
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  it('agrees on cards, in the chart, in the table, in metrics and with the ledger', async () => {
    const account = await newAccount({ plan: 'pro', now: NOON });
    const { requests } = await seed(account, { days: 24, cost_micro: 1_234_567_891 });
    const credits = await read(account, '/users/me/credits');
    expect(credits).toMatchObject({ total_micro: 2_000_000_000, remaining_micro: 2_000_000_000 - 1_234_567_891 });
    const { daily, by_workspace } = (await read(account, '/users/me/ai-usage')) as Record<string, Row[]>;
    for (const rows of [daily ?? [], by_workspace ?? []]) {
      expect(sum(rows, 'credits_micro')).toBe(1_234_567_891);
      expect(sum(rows, 'requests')).toBe(requests);
    }
    const week = await read(account, '/users/me/ai-usage/metrics/summary?range=7d');
    expect(week.total_requests).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
  });

  it('leaves this month’s balance alone with what falls into earlier months', async () => {
    const account = await newAccount({ plan: 'pro', now: '2026-03-05T12:00:00Z' });
    const { cost_micro } = await seed(account, { days: 30, cost_micro: 100_000_000 });
    expect(cost_micro).toBeGreaterThan(100_000_000);
    expect(await state(account)).toMatchObject({ remaining_micro: 1_900_000_000 });
    expect(await violations()).toEqual([]);
  });

  it('is refused where it costs more than is left, and nothing is booked', async () => {
    const { account_id } = await newAccount({ plan: 'free' });
    const body = { days: 1, cost_micro: 250_000_001 };
    const { response } = await controls.POST('/accounts/{account_id}/usage', { ...at(account_id), body });
    expect(response.status).toBe(400);
    expect(await state({ account_id })).toMatchObject({ remaining_micro: 250_000_000 });
  });
});

type Row = Readonly<Record<string, number>>;
const sum = (rows: readonly Row[], field: string) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);

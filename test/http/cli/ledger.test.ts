import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/store.ts';
import { AT, ledger, seed } from '../../harness/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rigkit ledger, beside a process that is at work', () => {
  let site: Awaited<ReturnType<typeof seed>>;
  beforeAll(async () => {
    site = await seed(join(folder, 'live'));
    await site.admit('req-held');
    for (const holdId of ['req-spent', 'req-unspent', 'req-billed', 'req-counted', 'req-left']) {
      await site.uncertain(holdId);
    }
    await site.uncertain('req-unpriced', 'gpt-nobody-knows');
  });
  afterAll(() => site?.store.close());

  const openIds = async (store: Store) => (await store.openHolds()).map((hold) => hold.holdId);

  it('holds lists what is open, with age, state and reason; --state picks', async () => {
    const json = await ledger(site.dataDir, 'holds', '--json');
    const held = await ledger(site.dataDir, 'holds', '--json', '--state', 'held');
    const table = await ledger(site.dataDir, 'holds', '--state', 'uncertain');
    const rows = JSON.parse(json.stdout);
    expect(rows).toHaveLength(7);
    expect(rows[1]).toEqual({
      hold_id: 'req-spent',
      state: 'uncertain',
      age_seconds: expect.any(Number),
      created_at: new Date(AT).toISOString(),
      account_id: 'acct-ann',
      workspace_id: 'ws-ann',
      provider: 'openai',
      model: 'gpt-4o-mini',
      amount_micro: 1_000,
      bound_micro: 1_000,
      reason: 'timeout',
      policy: 'keep',
    });
    expect(rows[1].age_seconds).toBeGreaterThanOrEqual(90);
    expect(JSON.parse(held.stdout)).toMatchObject([{ hold_id: 'req-held', state: 'held', reason: null }]);
    expect(table.stdout).toMatch(/req-unspent.*uncertain.*"\d+m/);
    expect(table.stdout).not.toContain('req-held');
    expect(table.stdout).toContain('6 uncertain (6000 microcredits)');
  });

  it('holds says what is still reserved, and what the policy will do when', async () => {
    const { store, dataDir } = await seed(join(folder, 'policy'));
    const call = {
      accountId: 'acct-ann',
      workspaceId: 'ws-ann',
      mode: 'managed',
      provider: 'openai',
      model: 'm',
    } as const;
    for (const holdId of ['req-a', 'req-b']) await store.admit({ ...call, holdId, amountMicro: 1_000n, at: AT });
    await store.markUncertain('req-a', 'abandoned', AT, 300n);
    const flags = ['--uncertain-holds', 'settle', '--uncertain-holds-after-minutes', '60'];
    const json = await ledger(dataDir, 'holds', '--json', ...flags);
    const table = await ledger(dataDir, 'holds', ...flags);
    await store.close();
    const policy = `settle after ${new Date(AT + 3_600_000).toISOString()}`;
    expect(JSON.parse(json.stdout)).toMatchObject([
      { hold_id: 'req-a', amount_micro: 1_000, bound_micro: 300, reason: 'abandoned', policy },
      { hold_id: 'req-b', amount_micro: 1_000, bound_micro: 1_000, policy: 'keep' },
    ]);
    expect(table.stdout).toContain(policy);
    expect(table.stdout).toContain('1 held (1000 microcredits), 1 uncertain (300 microcredits)');
  });

  it('reconcile says first what it would do, then does it, once, and keeps who and why', async () => {
    const before = await site.remaining();
    const settle = [
      'reconcile',
      '--hold',
      'req-spent',
      '--settle-micro',
      '400',
      '--input-tokens',
      '30',
      '--output-tokens',
    ];
    const decided = [...settle, '20', '--reason', 'their support says so', '--operator', 'ann', '--json'];
    const dry = await ledger(site.dataDir, ...decided, '--dry-run');
    const resolution = { hold_id: 'req-spent', outcome: 'settled', held_micro: 1_000, cost_micro: 400 };
    expect(JSON.parse(dry.stdout)).toEqual({ dry_run: true, resolutions: [resolution], uncertain_holds: 6 });
    expect([dry.code, await site.remaining()]).toEqual([0, before]);

    const done = await ledger(site.dataDir, ...decided);
    expect(JSON.parse(done.stdout)).toEqual({ dry_run: false, resolutions: [resolution], uncertain_holds: 5 });
    expect([done.code, await site.remaining()]).toEqual([0, before + 600n]);

    const again = await ledger(site.dataDir, ...decided);
    expect([again.code, again.stderr]).toEqual([
      1,
      'rigkit: hold req-spent was settled before, with 400 microcredits; nothing was changed\n',
    ]);
    const released = await ledger(
      site.dataDir,
      'reconcile',
      '--hold',
      'req-unspent',
      '--release',
      '--reason',
      'never sent',
    );
    expect([released.code, await site.remaining()]).toEqual([0, before + 1_600n]);

    const audit = JSON.parse((await ledger(site.dataDir, 'audit', '--json')).stdout);
    const common = { account_id: 'acct-ann', held_micro: 1_000, evidence_sha256: null, at: expect.any(String) };
    expect(audit).toEqual([
      {
        ...common,
        operator: 'ann',
        decision: 'settle',
        hold_id: 'req-spent',
        cost_micro: 400,
        reason: 'their support says so',
      },
      {
        ...common,
        operator: expect.any(String),
        decision: 'release',
        hold_id: 'req-unspent',
        cost_micro: null,
        reason: 'never sent',
      },
    ]);
    expect(audit[1].operator).not.toBe('');
  });

  it('audit lists usage without a known price too', async () => {
    const { store, dataDir } = await seed(join(folder, 'unpriced'));
    const note = { holdId: 'req-x', provider: 'openai', model: 'gpt-4o-mini', fields: ['dream_tokens'], at: AT };
    await store.noteUnpriced?.(note);
    const json = await ledger(dataDir, 'audit', '--json');
    const table = await ledger(dataDir, 'audit');
    await store.close();
    const at = new Date(AT).toISOString();
    const entry = { provider: 'openai', model: 'gpt-4o-mini', field: 'dream_tokens', hold_id: 'req-x' };
    expect(JSON.parse(json.stdout)).toEqual([{ at, decision: 'unpriced', ...entry }]);
    expect(table.stdout).toContain('dream_tokens');
  });

  it.each([[['--release']], [['--settle-micro', '1']]])(
    'reconcile %j leaves a hold alone that is at work',
    async (how) => {
      const refused = await ledger(site.dataDir, 'reconcile', '--hold', 'req-held', ...how, '--reason', 'impatience');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('a process is at work on hold req-held');
      expect(await site.store.findHold('req-held')).toMatchObject({ state: 'held' });
    },
  );

  it('reconcile settles what a file proves, leaves the rest, and keeps its digest', async () => {
    const before = await site.remaining();
    const file = join(folder, 'export.csv');
    const rows = [
      'request_id,model,cost_usd,input_tokens,output_tokens',
      'req-billed,gpt-4o-mini,0.0000025,1,1',
      'req-counted,gpt-4o-mini,,1001,10',
      'req-spent,gpt-4o-mini,0.9,,',
      'req-held,gpt-4o-mini,0.9,,',
      'req-of-somebody-else,gpt-4o-mini,0.9,,',
      'req-unpriced,gpt-nobody-knows,,10,10',
    ];
    writeFileSync(file, rows.join('\n'));
    const dry = await ledger(site.dataDir, 'reconcile', '--evidence', file, '--json', '--dry-run');
    expect(await site.remaining()).toBe(before);
    const done = await ledger(site.dataDir, 'reconcile', '--evidence', file, '--json');
    const { resolutions, uncertain_holds } = JSON.parse(done.stdout);
    expect(JSON.parse(dry.stdout).resolutions).toEqual(resolutions);
    expect(
      resolutions.map((row: { hold_id: string; outcome: string; cost_micro: number }) => [
        row.hold_id,
        row.outcome,
        row.cost_micro,
      ]),
    ).toEqual([
      ['req-billed', 'settled', 250],
      // 1,001 tokens at $0.15 and 10 at $0.60 a million.
      ['req-counted', 'settled', 15_615],
      ['req-spent', 'already_settled', 400],
      ['req-held', 'still_held', null],
      ['req-of-somebody-else', 'unknown_hold', null],
      ['req-unpriced', 'unpriced', null],
    ]);
    expect(uncertain_holds).toBe(2);
    expect([done.code, done.stderr]).toEqual([1, expect.stringContaining('1 rows have tokens without a known price')]);
    expect(await openIds(site.store)).toEqual(['req-held', 'req-left', 'req-unpriced']);
    expect(await site.remaining()).toBe(before + 2_000n - 250n - 15_615n);

    const audit = JSON.parse((await ledger(site.dataDir, 'audit', '--json')).stdout);
    const evidence_sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(audit.slice(2)).toMatchObject([
      { hold_id: 'req-billed', cost_micro: 250, evidence_sha256, reason: 'evidence' },
      { hold_id: 'req-counted', cost_micro: 15_615, evidence_sha256, reason: 'evidence' },
    ]);

    const prices = join(folder, 'prices.json');
    writeFileSync(prices, JSON.stringify({ 'gpt-nobody-knows': { provider: 'openai', input: 1, output: 1 } }));
    const priced = await ledger(site.dataDir, 'reconcile', '--evidence', file, '--prices-file', prices);
    expect(priced.code).toBe(0);
    expect(await site.store.findHold('req-unpriced')).toMatchObject({ state: 'settled', costMicro: 2_000n });
  });

  it('verify proves the books, and shows them', async () => {
    const json = await ledger(site.dataDir, 'verify', '--json');
    const text = await ledger(site.dataDir, 'verify');
    expect([json.code, text.code]).toEqual([0, 0]);
    const balance = Number(await site.remaining());
    const account = { account_id: 'acct-ann', ledger_micro: balance + 2_000, balance_micro: balance };
    expect(JSON.parse(json.stdout)).toEqual({
      in_order: true,
      accounts: [{ ...account, open_holds_micro: 2_000, in_order: true }],
      checked: { balance: 1, credits: 1, charge: 7, usage: expect.any(Number), reconciliation: 5 },
      violations: [],
    });
    expect(text.stdout).toContain('acct-ann');
    expect(text.stdout).toContain('the books are in order');
  });

  it.each([
    [['reconcile', '--hold', 'req-nobody', '--release', '--reason', 'r'], 'there is no hold req-nobody'],
    [['reconcile', '--hold', 'req-left', '--release'], '--reason'],
    [['reconcile'], 'give one of'],
    [['holds', '--state', 'settled'], '--state: expected held or uncertain'],
  ])('%j exits 2 and says what is wrong', async (args, words) => {
    const refused = await ledger(site.dataDir, ...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(words);
    expect(await site.store.findHold('req-left')).toMatchObject({ state: 'uncertain' });
  });

  it('exits 2 where there is no database, and makes none', async () => {
    const nowhere = join(folder, 'nowhere');
    expect(await ledger(nowhere, 'verify')).toMatchObject({ code: 2, stderr: expect.stringContaining('no database') });
    expect(existsSync(nowhere)).toBe(false);
  });
});

import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT, ledger, seed, usage } from '../../harness/ledger.ts';
import { run } from '../../harness/processes.ts';
import { startTestSandbox } from '../../harness/sandbox.ts';
import { until } from '../../harness/wait.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-books-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rigkit ledger verify, on books that somebody has touched', () => {
  let source: string;
  beforeAll(async () => {
    const site = await seed(join(folder, 'sound'));
    source = join(site.dataDir, 'rigkit.sqlite');
    for (const holdId of ['settled', 'released', 'open', 'decided']) await site.admit(holdId);
    await site.store.settle({ holdId: 'settled', costMicro: 7n, usage, at: AT });
    await site.store.release('released', 'refused', AT);
    await site.store.markUncertain('decided', 'timeout', AT);
    const by = { operator: 'ann', reason: 'r', evidenceSha256: null, at: AT };
    await site.store.reconcile({ holdId: 'decided', decision: { kind: 'settle', costMicro: 9n, usage }, ...by });
    await site.store.close();
  });

  const charge = (account: string, micro: number, hold: string) =>
    `INSERT INTO ledger_entries (account_id, kind, amount_micro, hold_id, at) VALUES ('${account}', 'charge', ${micro}, '${hold}', 1)`;
  const balance = (micro: number) => `UPDATE accounts SET balance_micro = balance_micro + ${micro}`;
  const crimes: readonly [string, readonly string[], object | readonly object[]][] = [
    ['a microcredit less', [balance(-1)], { rule: 'balance', account_id: 'acct-ann', hold_id: null }],
    [
      'credits that nobody has granted',
      [
        "INSERT INTO ledger_entries (account_id, kind, amount_micro, at) VALUES ('acct-ann', 'grant', 5, 1)",
        balance(5),
      ],
      { rule: 'credits', account_id: 'acct-ann', hold_id: null },
    ],
    [
      'a hold that has grown',
      ["UPDATE holds SET placed_micro = amount_micro - 1 WHERE id = 'open'"],
      { rule: 'charge', hold_id: 'open' },
    ],
    [
      'a hold that was closed without giving back',
      ["UPDATE holds SET state = 'released' WHERE id = 'open'"],
      { rule: 'balance' },
    ],
    [
      'a charge for what was released',
      [charge('acct-ann', -5, 'released'), balance(-5)],
      { rule: 'charge', hold_id: 'released' },
    ],
    [
      'a charge that was taken out',
      ['DROP TRIGGER ledger_entries_keep_delete', "DELETE FROM ledger_entries WHERE hold_id = 'settled'", balance(7)],
      [{ rule: 'charge', hold_id: 'settled' }, { rule: 'credits' }],
    ],
    [
      'a charge for a hold that there is not',
      ['PRAGMA foreign_keys = OFF', charge('acct-ann', -5, 'gone'), balance(-5)],
      { rule: 'charge', hold_id: 'gone' },
    ],
    ['a day that counts a call too many', ['UPDATE usage_days SET requests = requests + 1'], { rule: 'usage' }],
    ['a day that was forgotten', ['DELETE FROM usage_days'], { rule: 'usage' }],
    [
      'a minute that counts fewer tokens',
      ['UPDATE usage_minutes SET input_tokens = input_tokens - 1'],
      { rule: 'usage' },
    ],
    [
      'a decision that was rewritten',
      ['DROP TRIGGER reconciliations_keep_update', 'UPDATE reconciliations SET cost_micro = 1'],
      { rule: 'reconciliation', hold_id: 'decided' },
    ],
  ];
  it.each(crimes)('%s: exits 1 and names it, and nothing else', async (name, statements, violation) => {
    const dataDir = join(folder, name.replaceAll(' ', '-'));
    mkdirSync(dataDir);
    copyFileSync(source, join(dataDir, 'rigkit.sqlite'));
    const db = new Database(join(dataDir, 'rigkit.sqlite'));
    for (const statement of statements) db.exec(statement);
    db.close();
    const proof = await ledger(dataDir, 'verify', '--json');
    const { in_order, violations } = JSON.parse(proof.stdout);
    expect([proof.code, in_order]).toEqual([1, false]);
    expect(violations).toMatchObject([violation].flat());
  });

  it('keeps decisions append-only for every writer', () => {
    const path = join(folder, 'append-only.sqlite');
    copyFileSync(source, path);
    const db = new Database(path);
    expect(() => db.exec("UPDATE reconciliations SET operator = 'nobody'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM reconciliations')).toThrow('append-only');
    db.close();
  });
});

describe('rigkit ledger verify, on a platform under load', () => {
  it('sees the books in order, from a process of its own', async () => {
    const sandbox = await startTestSandbox();
    try {
      let isOver = false;
      const key = sandbox.accounts.funded.workspace_key;
      const call = () =>
        fetch(`${sandbox.proxy}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
        }).then((response) => response.text());
      let answered = 0;
      const callers = Array.from({ length: 8 }, async () => {
        while (!isOver) {
          await call();
          answered += 1;
        }
      });
      await until(() => answered > 20);
      const args = ['cli/main.ts', 'ledger', 'verify', '--json', '--data-dir', sandbox.dataDir];
      const proof = await run(process.execPath, args);
      isOver = true;
      await Promise.all(callers);
      expect(proof.code).toBe(0);
      const { in_order, violations, checked } = JSON.parse(proof.stdout);
      expect([in_order, violations]).toEqual([true, []]);
      expect(checked.charge).toBeGreaterThanOrEqual(20);
    } finally {
      await sandbox.close();
    }
  });
});

import type { Database } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/group-commit.ts';
import type { Balances } from '../../ledger/sqlite/balances.ts';
import { monthOf } from '../../money/periods.ts';
import { monthlyGrantMicro } from '../../money/plans.ts';
import { applyAiDefaultsPatch } from '../ai-config/rules.ts';
import { prepareKeyInsert } from '../api-keys/sqlite.ts';
import { type AccountRow, accountOf } from '../rows.ts';
import type { Account, AccountStore } from './account.ts';

export function accountStore(db: Database, group: GroupCommit, balances: Balances): AccountStore {
  const select = db.prepare<[string], AccountRow>('SELECT * FROM accounts WHERE id = ?');
  const selectAll = db.prepare<[], AccountRow>('SELECT * FROM accounts ORDER BY created_at, rowid');
  const insert = db.prepare(
    `INSERT INTO accounts (id, name, plan, monthly_credits_micro, balance_micro, month, granted_micro, created_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const insertKey = prepareKeyInsert(db);
  const updateDefaults = db.prepare(
    `UPDATE accounts SET default_mode = ?, default_provider = ?, default_model = ?, default_model_provider = ?
     WHERE id = ?`,
  );

  function get(accountId: string): Account | undefined {
    const row = select.get(accountId);
    return row && accountOf(row);
  }

  function existing(accountId: string): Account {
    return get(accountId) ?? unknownAccount(accountId);
  }

  return {
    createAccount(account, at, { firstKey } = {}) {
      return group.run(() => {
        const { id, name, plan, monthlyCreditsMicro } = account;
        const grantMicro = monthlyGrantMicro(account);
        const { changes } = insert.run(id, name, plan, monthlyCreditsMicro, monthOf(at), grantMicro, at);
        if (changes === 0) throw new Error(`account ${id} exists already`);
        balances.post({ accountId: id, kind: 'grant', amountMicro: grantMicro, holdId: null, note: null, at });
        if (firstKey !== undefined) insertKey.run({ ...firstKey, accountId: id, workspaceId: null, createdAt: at });
        return existing(id);
      });
    },
    async getAccount(accountId) {
      return get(accountId);
    },
    async listAccounts() {
      return selectAll.all().map(accountOf);
    },
    async credits(accountId, at) {
      const peeked = balances.peek(accountId, at);
      return peeked ?? group.run(() => balances.current(accountId, at) ?? unknownAccount(accountId));
    },
    updateAiDefaults(accountId, patch) {
      return group.run(() => {
        const { aiDefaults } = existing(accountId);
        const { mode, provider, model, modelProvider } = applyAiDefaultsPatch(aiDefaults, patch);
        updateDefaults.run(mode, provider, model, modelProvider, accountId);
        return existing(accountId);
      });
    },
    adjustCredits(accountId, amountMicro, note, at) {
      return group.run(() => {
        const { totalMicro } = balances.current(accountId, at) ?? unknownAccount(accountId);
        const remainingMicro = balances.post({ accountId, kind: 'adjustment', amountMicro, holdId: null, note, at });
        return { remainingMicro, totalMicro };
      });
    },
  };
}

function unknownAccount(accountId: string): never {
  throw new Error(`no account ${accountId}`);
}

import { type Connections, type Session, statement } from '../../database/postgres/database.ts';
import { lockCredits, peekCredits, post } from '../../ledger/postgres/balances.ts';
import { monthOf } from '../../money/periods.ts';
import { monthlyGrantMicro } from '../../money/plans.ts';
import { applyAiDefaultsPatch } from '../ai-config/rules.ts';
import { insertApiKey } from '../api-keys/postgres.ts';
import { type AccountRow, accountOf } from '../rows.ts';
import type { Account, AccountStore } from './account.ts';

export const ACCOUNT_COLUMNS = `id, name, plan, monthly_credits_micro, default_mode, default_provider, default_model,
  default_model_provider, created_at`;

const SELECT = statement(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE id = $1`);
const LOCK = statement(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE id = $1 FOR UPDATE`);
const SELECT_ALL = statement(`SELECT ${ACCOUNT_COLUMNS} FROM accounts ORDER BY created_at, written_at`);
const INSERT = statement(`
  WITH account AS (
    INSERT INTO accounts
      (id, name, plan, monthly_credits_micro, balance_micro, month, granted_micro, last_entry, created_at)
    VALUES ($1, $2, $3, $4, $6::bigint, $5, $6::bigint, 1, $7::bigint) ON CONFLICT (id) DO NOTHING
    RETURNING ${ACCOUNT_COLUMNS}, last_entry
  ), entry AS (
    INSERT INTO ledger_entries (account_id, number, kind, amount_micro, at)
    SELECT id, last_entry, 'grant', $6::bigint, $7::bigint FROM account
  )
  SELECT ${ACCOUNT_COLUMNS} FROM account`);
const UPDATE_DEFAULTS = statement(`
  UPDATE accounts SET default_mode = $2, default_provider = $3, default_model = $4, default_model_provider = $5
  WHERE id = $1 RETURNING ${ACCOUNT_COLUMNS}`);

/** The account as it stays until the transaction ends. */
export async function lockAccount(tx: Session, accountId: string): Promise<Account> {
  const [row] = await tx.query<AccountRow>(LOCK, [accountId]);
  return row === undefined ? unknownAccount(accountId) : accountOf(row);
}

export function accountStore({ run }: Connections): AccountStore {
  return {
    createAccount: (account, at, { firstKey } = {}) =>
      run((db) =>
        db.transaction(async (tx) => {
          const { id, name, plan, monthlyCreditsMicro } = account;
          const values = [id, name, plan, monthlyCreditsMicro, monthOf(at), monthlyGrantMicro(account), at];
          const [row] = await tx.query<AccountRow>(INSERT, values);
          if (row === undefined) throw new Error(`account ${id} exists already`);
          if (firstKey !== undefined) {
            await insertApiKey(tx, { ...firstKey, accountId: id, workspaceId: null, createdAt: at });
          }
          return accountOf(row);
        }),
      ),
    getAccount: (accountId) =>
      run(async (db) => {
        const [row] = await db.query<AccountRow>(SELECT, [accountId]);
        return row && accountOf(row);
      }),
    listAccounts: () => run(async (db) => (await db.query<AccountRow>(SELECT_ALL)).map(accountOf)),
    credits: (accountId, at) =>
      run(async (db) => {
        const peeked = await peekCredits(db, accountId, at);
        return peeked ?? (await db.transaction((tx) => lockCredits(tx, accountId, at))) ?? unknownAccount(accountId);
      }),
    updateAiDefaults: (accountId, patch) =>
      run((db) =>
        db.transaction(async (tx) => {
          const { aiDefaults } = await lockAccount(tx, accountId);
          const { mode, provider, model, modelProvider } = applyAiDefaultsPatch(aiDefaults, patch);
          const values = [accountId, mode, provider, model, modelProvider];
          const [row] = await tx.query<AccountRow>(UPDATE_DEFAULTS, values);
          return row === undefined ? unknownAccount(accountId) : accountOf(row);
        }),
      ),
    adjustCredits: (accountId, amountMicro, note, at) =>
      run((db) =>
        db.transaction(async (tx) => {
          const { totalMicro } = (await lockCredits(tx, accountId, at)) ?? unknownAccount(accountId);
          const remainingMicro = await post(tx, { accountId, kind: 'adjustment', amountMicro, note, at });
          return { remainingMicro, totalMicro };
        }),
      ),
  };
}

function unknownAccount(accountId: string): never {
  throw new Error(`no account ${accountId}`);
}

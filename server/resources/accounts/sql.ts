import type { Selectable } from 'kysely';
import { type Database, first, run, type Script } from '../../database/database.ts';
import { type Int, type IntOrNull, queriesOn } from '../../database/query.ts';
import type { Micro } from '../../money/microcredits.ts';
import { type Month, monthAt } from '../../money/periods.ts';
import { monthlyGrantMicro, type Plan } from '../../money/plans.ts';
import type { Mode, Provider } from '../../money/prices.ts';
import type { AiDefaults } from '../ai-defaults/rules.ts';

export interface NewAccount {
  readonly id: string;
  /** For the operator; shown by `rigkit account list`. */
  readonly name: string;
  readonly plan: Plan;
  /** Granted each month instead of the plan's credits; null: the plan's. */
  readonly monthlyCreditsMicro: Micro | null;
}

export interface Account extends NewAccount {
  readonly aiDefaults: AiDefaults;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** As of the month that has begun last for the account; a later one begins when its credits are asked for. */
  readonly balance: { readonly remainingMicro: Micro; readonly month: Month };
}

export interface AccountsTable {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly monthly_credits_micro: IntOrNull;
  readonly default_mode: Mode | null;
  readonly default_provider: Provider | null;
  readonly default_model: string | null;
  readonly default_model_provider: Provider | null;
  readonly balance_micro: Int;
  readonly month: string;
  readonly granted_micro: Int;
  readonly created_at: Int;
}

/** As they are read of an account, and of the account that something belongs to. */
export const ACCOUNT_COLUMNS = [
  'accounts.id as account_id',
  'accounts.name as account_name',
  'accounts.created_at as account_created_at',
  'plan',
  'monthly_credits_micro',
  'default_mode',
  'default_provider',
  'default_model',
  'default_model_provider',
  'balance_micro',
  'month',
] as const;

interface AccountRow extends Omit<Selectable<AccountsTable>, 'id' | 'name' | 'created_at' | 'granted_micro'> {
  readonly account_id: string;
  readonly account_name: string;
  readonly account_created_at: bigint;
}

export function toAccount(row: AccountRow): Account {
  return {
    id: row.account_id,
    name: row.account_name,
    plan: row.plan,
    monthlyCreditsMicro: row.monthly_credits_micro,
    aiDefaults: {
      mode: row.default_mode,
      provider: row.default_provider,
      model: row.default_model,
      modelProvider: row.default_model_provider,
    },
    createdAt: Number(row.account_created_at),
    balance: { remainingMicro: row.balance_micro, month: row.month },
  };
}

/** What may come with an account, in the same transaction. */
interface AccountExtras {
  /** A key of its own: without one, nobody could sign in to the account. */
  readonly firstKey?: NewKey;
}

export interface Accounts {
  /** Creates the account and grants its first period. Throws when the id, or the key's prefix, exists. */
  createAccount(account: NewAccount, at: number, extras?: AccountExtras): Promise<Account>;
  getAccount(accountId: string): Promise<Account | undefined>;
  /** Oldest first. */
  listAccounts(): Promise<readonly Account[]>;
}

/** A key that is created with what it belongs to. */
export interface NewKey {
  readonly id: string;
  readonly name: string;
  /** The public beginning of the key: finds the row; shown in lists as the preview. Unique. */
  readonly prefix: string;
  /** SHA-256 of the whole key. The key itself is kept nowhere. */
  readonly hash: Uint8Array;
}

/** Inserts a key in the transaction that creates what it belongs to. */
export interface KeyInsertion {
  insertApiKey(
    key: NewKey & { readonly accountId: string; readonly workspaceId: string | null; readonly createdAt: number },
  ): Script<void>;
}

/** What an account asks of the ledger: to book its first grant, in the transaction that creates it. */
export interface BookingLedger {
  post(entry: {
    readonly accountId: string;
    readonly kind: 'grant';
    readonly amountMicro: Micro;
    readonly note: null;
    readonly at: number;
  }): Script<Micro>;
}

const query = queriesOn<{ accounts: AccountsTable & { readonly last_entry: bigint } }>();

const FIND = query((db, values: { accountId: string }) =>
  db.selectFrom('accounts').select(ACCOUNT_COLUMNS).where('id', '=', values.accountId),
);
const LOCK = query((db, values: { accountId: string }, dialect) =>
  db.selectFrom('accounts').select('plan').where('id', '=', values.accountId).$call(dialect.locked),
);
const LIST = query((db, _: object, dialect) =>
  db.selectFrom('accounts').select(ACCOUNT_COLUMNS).orderBy('created_at').orderBy(dialect.written('accounts')),
);
/** The balance starts at zero: the grant comes with its entry in the ledger. */
const INSERT = query((db, values: NewAccount & { month: string; grantMicro: Micro; at: number }, { engine }) =>
  db.insertInto('accounts').values({
    id: values.id,
    name: values.name,
    plan: values.plan,
    monthly_credits_micro: values.monthlyCreditsMicro,
    balance_micro: 0,
    month: values.month,
    granted_micro: values.grantMicro,
    created_at: values.at,
    // PostgreSQL numbers the entries of an account; SQLite, those of all.
    ...(engine === 'postgres' && { last_entry: 0n }),
  } as never),
);

/**
 * The plan of an account, which makes nothing else that is limited until the transaction ends: what is counted for a limit
 * stays as it is. Throws where there is no such account.
 */
export function* lockPlan(accountId: string): Script<Plan> {
  const account = yield* first(LOCK, { accountId });
  if (account === undefined) throw new Error(`no account ${accountId}`);
  return account.plan;
}

export function accountsSql(database: Database, parts: BookingLedger & KeyInsertion): Accounts {
  return {
    createAccount: (account, at, { firstKey } = {}) =>
      database.write(function* () {
        const { id } = account;
        const grantMicro = monthlyGrantMicro(account);
        if ((yield* first(FIND, { accountId: id })) !== undefined) throw new Error(`account ${id} exists already`);
        yield* run(INSERT, { ...account, month: monthAt(at), grantMicro, at });
        yield* parts.post({ accountId: id, kind: 'grant', amountMicro: grantMicro, note: null, at });
        if (firstKey !== undefined)
          yield* parts.insertApiKey({ ...firstKey, accountId: id, workspaceId: null, createdAt: at });
        const row = yield* first(FIND, { accountId: id });
        if (row === undefined) throw new Error(`account ${id} was not written`);
        return toAccount(row);
      }),
    async getAccount(accountId) {
      const row = await database.first(FIND, { accountId });
      return row && toAccount(row);
    },
    listAccounts: async () => (await database.all(LIST, {})).map(toAccount),
  };
}

import { type Database, first, run, type Script } from '../../database/database.ts';
import { queriesOn } from '../../database/query.ts';
import type { Micro } from '../../money/microcredits.ts';
import { monthAt } from '../../money/periods.ts';
import { monthlyGrantMicro } from '../../money/plans.ts';
import type { NewKey } from '../api-keys/api-key.ts';
import { insertApiKey } from '../api-keys/sql.ts';
import { ACCOUNT_COLUMNS, type Account, type AccountsTable, type NewAccount, toAccount } from './account.ts';

/** What may come with an account, in the same transaction. */
export interface AccountExtras {
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

export function accountsSql(database: Database, ledger: BookingLedger): Accounts {
  return {
    createAccount: (account, at, { firstKey } = {}) =>
      database.write(function* () {
        const { id } = account;
        const grantMicro = monthlyGrantMicro(account);
        if ((yield* first(FIND, { accountId: id })) !== undefined) throw new Error(`account ${id} exists already`);
        yield* run(INSERT, { ...account, month: monthAt(at), grantMicro, at });
        yield* ledger.post({ accountId: id, kind: 'grant', amountMicro: grantMicro, note: null, at });
        if (firstKey !== undefined)
          yield* insertApiKey({ ...firstKey, accountId: id, workspaceId: null, createdAt: at });
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

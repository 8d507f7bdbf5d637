import { type Database, first } from '../../database/database.ts';
import { queriesOn } from '../../database/query.ts';
import { ACCOUNT_COLUMNS, type Account, type AccountsTable, toAccount } from '../accounts/sql.ts';
import { type AiDefaults, type AiDefaultsPatch, applyAiDefaultsPatch } from './rules.ts';

export interface AiDefaultsWriter {
  /** The empty patch changes nothing. Throws on an unknown account. */
  updateAiDefaults(accountId: string, patch: AiDefaultsPatch, at: number): Promise<Account>;
}

const query = queriesOn<{ accounts: AccountsTable }>();

const LOCK = query((db, values: { accountId: string }, dialect) =>
  db.selectFrom('accounts').select(ACCOUNT_COLUMNS).where('id', '=', values.accountId).$call(dialect.locked),
);
const UPDATE = query((db, values: AiDefaults & { accountId: string }) =>
  db
    .updateTable('accounts')
    .set({
      default_mode: values.mode,
      default_provider: values.provider,
      default_model: values.model,
      default_model_provider: values.modelProvider,
    })
    .where('id', '=', values.accountId)
    .returning(ACCOUNT_COLUMNS),
);

export function aiDefaultsSql(database: Database): AiDefaultsWriter {
  return {
    updateAiDefaults: (accountId, patch) =>
      database.write(function* () {
        const row = yield* first(LOCK, { accountId });
        const changed =
          row && (yield* first(UPDATE, { ...applyAiDefaultsPatch(toAccount(row).aiDefaults, patch), accountId }));
        if (changed === undefined) throw new Error(`no account ${accountId}`);
        return toAccount(changed);
      }),
  };
}

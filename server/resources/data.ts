import type { Database, Script } from '../database/database.ts';
import type { Micro } from '../money/microcredits.ts';
import { type Accounts, accountsSql } from './accounts/sql.ts';
import { type AiConfigs, aiConfigsSql } from './ai-config/sql.ts';
import { type AiDefaultsWriter, aiDefaultsSql } from './ai-defaults/sql.ts';
import { type AiUsage, aiUsageSql } from './ai-usage/sql.ts';
import { type ApiKeys, apiKeysSql } from './api-keys/sql.ts';
import { type Workspaces, workspacesSql } from './workspaces/sql.ts';

/** What the resources keep, each behind a port of its own. */
export interface ResourceData extends Accounts, AiConfigs, AiDefaultsWriter, AiUsage, ApiKeys, Workspaces {}

/** What creating an account asks of the ledger. */
interface LedgerPart {
  post(entry: {
    readonly accountId: string;
    readonly kind: 'grant';
    readonly amountMicro: Micro;
    readonly note: null;
    readonly at: number;
  }): Script<Micro>;
}

export function resourceData(database: Database, ledger: LedgerPart): ResourceData {
  const workspaces = workspacesSql(database);
  return {
    ...accountsSql(database, function* (accountId, amountMicro, at) {
      yield* ledger.post({ accountId, kind: 'grant', amountMicro, note: null, at });
    }),
    ...workspaces,
    ...aiConfigsSql(database, workspaces.getWorkspace),
    ...aiDefaultsSql(database),
    ...aiUsageSql(database),
    ...apiKeysSql(database),
  };
}

import type { Database, Statement } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/group-commit.ts';
import { PLANNED_ONCE } from '../../database/sqlite/planned-once.ts';
import { type OwnedKeyRow, ownedKeyOf, selectOwnedKey } from '../owned-rows.ts';
import { type ApiKeyRow, apiKeyOf } from '../rows.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key-store.ts';

export function apiKeyStore(db: Database, group: GroupCommit): ApiKeyStore {
  const selectByPrefix = db.prepare<[string], OwnedKeyRow>(selectOwnedKey(`prefix = ${PLANNED_ONCE}`));
  const selectOfAccount = db.prepare<[string], ApiKeyRow>(
    'SELECT * FROM api_keys WHERE account_id = ? ORDER BY created_at, rowid',
  );
  const selectWorkspace = db.prepare<[string, string]>(
    'SELECT 1 FROM workspaces WHERE id = ? AND account_id = ? AND deleted_at IS NULL',
  );
  const insert = prepareKeyInsert(db);
  const remove = db.prepare<[string, string]>('DELETE FROM api_keys WHERE id = ? AND account_id = ?');
  const touch = db.prepare<[number, string]>(
    'UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?',
  );

  return {
    createApiKey(key) {
      return group.run(() => {
        const { workspaceId, accountId } = key;
        if (workspaceId !== null && selectWorkspace.get(workspaceId, accountId) === undefined) {
          return { kind: 'not_found' };
        }
        insert.run(key);
        return { kind: 'created' };
      });
    },
    async findApiKey(prefix) {
      const row = selectByPrefix.get(prefix);
      return row && ownedKeyOf(row);
    },
    async listApiKeys(accountId) {
      return selectOfAccount.all(accountId).map(apiKeyOf);
    },
    deleteApiKey(accountId, keyId) {
      return group.run(() => remove.run(keyId, accountId).changes > 0);
    },
    touchApiKey(keyId, at) {
      return group.run(() => {
        touch.run(at, keyId);
      });
    },
  };
}

/** The statement takes an `ApiKey` without its last use. */
export function prepareKeyInsert(db: Database): Statement<[Omit<ApiKey, 'lastUsedAt'>]> {
  return db.prepare<[Omit<ApiKey, 'lastUsedAt'>]>(
    `INSERT INTO api_keys (id, account_id, workspace_id, name, prefix, hash, created_at)
     VALUES (@id, @accountId, @workspaceId, @name, @prefix, @hash, @createdAt)`,
  );
}

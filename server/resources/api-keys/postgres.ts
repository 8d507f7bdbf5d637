import { type Connections, type Session, statement } from '../../database/postgres/database.ts';
import { type OwnedKeyRow, ownedKeyOf, selectOwnedKey } from '../owned-rows.ts';
import { type ApiKeyRow, apiKeyOf } from '../rows.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key-store.ts';

const COLUMNS = 'id, account_id, workspace_id, name, prefix, hash, created_at, last_used_at';

const FIND = statement(selectOwnedKey('prefix = $1'));
const SELECT_OF_ACCOUNT = statement(
  `SELECT ${COLUMNS} FROM api_keys WHERE account_id = $1 ORDER BY created_at, written_at`,
);
/** Locked, so that who deletes the workspace finds the key too. */
const LOCK_WORKSPACE = statement(
  'SELECT id FROM workspaces WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL FOR SHARE',
);
const INSERT = statement(`
  INSERT INTO api_keys (id, account_id, workspace_id, name, prefix, hash, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`);
const DELETE = statement('DELETE FROM api_keys WHERE id = $1 AND account_id = $2 RETURNING id');
const TOUCH = statement('UPDATE api_keys SET last_used_at = greatest(last_used_at, $2) WHERE id = $1');

export function apiKeyStore({ run }: Connections): ApiKeyStore {
  return {
    createApiKey: (key) =>
      run((db) =>
        db.transaction(async (tx) => {
          const { workspaceId, accountId } = key;
          const isMissing =
            workspaceId !== null && (await tx.query(LOCK_WORKSPACE, [workspaceId, accountId])).length === 0;
          if (isMissing) return { kind: 'not_found' };
          await insertApiKey(tx, key);
          return { kind: 'created' };
        }),
      ),
    findApiKey: (prefix) =>
      run(async (db) => {
        const [row] = await db.query<OwnedKeyRow>(FIND, [prefix]);
        return row && ownedKeyOf(row);
      }),
    listApiKeys: (accountId) =>
      run(async (db) => (await db.query<ApiKeyRow>(SELECT_OF_ACCOUNT, [accountId])).map(apiKeyOf)),
    deleteApiKey: (accountId, keyId) => run(async (db) => (await db.query(DELETE, [keyId, accountId])).length > 0),
    touchApiKey: (keyId, at) => run(async (db) => void (await db.query(TOUCH, [keyId, at]))),
  };
}

export async function insertApiKey(tx: Session, key: Omit<ApiKey, 'lastUsedAt'>): Promise<void> {
  const { id, accountId, workspaceId, name, prefix, hash, createdAt } = key;
  await tx.query(INSERT, [id, accountId, workspaceId, name, prefix, hash, createdAt]);
}

import { type Connections, type Session, statement } from '../../database/postgres/database.ts';
import { judgeNewWorkspace } from '../../money/plans.ts';
import type { Account } from '../accounts/account.ts';
import { lockAccount } from '../accounts/postgres.ts';
import { applyAiConfigPatch, type SealedKey } from '../ai-config/rules.ts';
import { insertApiKey } from '../api-keys/postgres.ts';
import { type OwnedWorkspaceRow, ownedWorkspaceOf, selectOwnedWorkspace } from '../owned-rows.ts';
import { keySlotOf, type SealedRow, sealedKeyOf, type WorkspaceRow, workspaceOf } from '../rows.ts';
import { takeAddress } from './postgres-addresses.ts';
import type { Workspace, WorkspaceStore } from './workspace.ts';

const COLUMNS = `id, account_id, name, image, template_id, ram_mb, vcpu_count, disk_size_mb, ip_address, mode, provider,
  model, key_provider, key_id, key_nonce, key_ciphertext, key_tag, created_at, updated_at, ai_updated_at`;

const FIND = statement(selectOwnedWorkspace('workspaces.id = $1'));
const FIND_BY_ADDRESS = statement(selectOwnedWorkspace('ip_address = $1'));
const SELECT_LIVE = statement(
  `SELECT ${COLUMNS} FROM workspaces WHERE account_id = $1 AND deleted_at IS NULL ORDER BY created_at, written_at`,
);
const LOCK = statement(
  `SELECT ${COLUMNS} FROM workspaces WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL FOR UPDATE`,
);
const INSERT = statement(`
  INSERT INTO workspaces (id, account_id, name, image, template_id, ram_mb, vcpu_count, disk_size_mb, ip_address,
    created_at, updated_at, ai_updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10) RETURNING ${COLUMNS}`);
const COUNT_LIVE = statement('SELECT count(*) AS live FROM workspaces WHERE deleted_at IS NULL');
const MARK_DELETED = statement(`
  UPDATE workspaces SET deleted_at = $3, updated_at = $3,
    key_provider = NULL, key_id = NULL, key_nonce = NULL, key_ciphertext = NULL, key_tag = NULL
  WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL RETURNING id`);
const DELETE_KEYS = statement('DELETE FROM api_keys WHERE workspace_id = $1');
const UPDATE_AI_CONFIG = statement(`
  UPDATE workspaces SET mode = $2, provider = $3, model = $4, key_provider = $5, key_id = $6, key_nonce = $7,
    key_ciphertext = $8, key_tag = $9, updated_at = $10, ai_updated_at = $10
  WHERE id = $1 RETURNING ${COLUMNS}`);
const SELECT_SEALED_OTHERWISE = statement(`
  SELECT id, key_provider, key_id, key_nonce, key_ciphertext, key_tag FROM workspaces
  WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT $3`);
const REPLACE_SEAL = statement(`
  UPDATE workspaces SET key_id = $2, key_nonce = $3, key_ciphertext = $4, key_tag = $5
  WHERE id = $1 AND key_id = $6 AND key_nonce = $7 AND key_ciphertext = $8 AND key_tag = $9 RETURNING id`);

export function workspaceStore({ run }: Connections): WorkspaceStore {
  return {
    createWorkspace: (workspace, at, { firstKey, addresses } = {}) =>
      run((db) =>
        db.transaction(async (tx) => {
          const { id, accountId, name, image, templateId, ramMb, vcpuCount, diskSizeMb } = workspace;
          const { plan } = await lockAccount(tx, accountId);
          const verdict = judgeNewWorkspace(plan, await live(tx, accountId), workspace);
          if (verdict.kind !== 'allowed') return verdict;
          const ipAddress = (addresses && (await takeAddress(tx, addresses))) ?? null;
          const values = [id, accountId, name, image, templateId, ramMb, vcpuCount, diskSizeMb, ipAddress, at];
          const [row] = await tx.query<WorkspaceRow>(INSERT, values);
          if (row === undefined) throw new Error(`workspace ${id} was not written`);
          if (firstKey !== undefined) {
            await insertApiKey(tx, { ...firstKey, accountId, workspaceId: id, createdAt: at });
          }
          return { kind: 'created', workspace: workspaceOf(row) };
        }),
      ),
    getWorkspace: (accountId, workspaceId) =>
      run(async (db) => {
        const [row] = await db.query<OwnedWorkspaceRow>(FIND, [workspaceId]);
        return row?.account_id === accountId ? ownedWorkspaceOf(row) : undefined;
      }),
    listWorkspaces: (accountId) => run((db) => live(db, accountId)),
    deleteWorkspace: (accountId, workspaceId, at) =>
      run((db) =>
        db.transaction(async (tx) => {
          if ((await tx.query(MARK_DELETED, [workspaceId, accountId, at])).length === 0) return false;
          await tx.query(DELETE_KEYS, [workspaceId]);
          return true;
        }),
      ),
    updateAiConfig: (accountId, workspaceId, patch, at) =>
      run((db) =>
        db.transaction(async (tx) => {
          const found = await lockOwned(tx, accountId, workspaceId);
          if (found === undefined) return { kind: 'not_found' };
          const change = applyAiConfigPatch(found.account, found.workspace, patch);
          if (change.kind === 'key_in_managed_mode') return change;
          if (change.kind === 'unchanged') return { kind: 'updated', ...found };
          const { mode, provider, model } = change.overrides;
          const slot = keySlotOf(change.storedKey);
          const key = [slot.key_provider, slot.key_id, slot.key_nonce, slot.key_ciphertext, slot.key_tag];
          const values = [workspaceId, mode, provider, model, ...key, at];
          const [row] = await tx.query<WorkspaceRow>(UPDATE_AI_CONFIG, values);
          return { kind: 'updated', account: found.account, workspace: row ? workspaceOf(row) : found.workspace };
        }),
      ),
    findWorkspace: (workspaceId) =>
      run(async (db) => {
        const [row] = await db.query<OwnedWorkspaceRow>(FIND, [workspaceId]);
        return row && ownedWorkspaceOf(row);
      }),
    findWorkspaceByAddress: (ipAddress) =>
      run(async (db) => {
        const [row] = await db.query<OwnedWorkspaceRow>(FIND_BY_ADDRESS, [ipAddress]);
        return row && ownedWorkspaceOf(row);
      }),
    countWorkspaces: () =>
      run(async (db) => {
        const [row] = await db.query<{ live: bigint }>(COUNT_LIVE);
        return Number(row?.live ?? 0n);
      }),
    sealedOtherwise: (secretId, after, limit) =>
      run(async (db) =>
        (await db.query<SealedRow>(SELECT_SEALED_OTHERWISE, [secretId, after, limit])).flatMap(sealedKeyOf),
      ),
    replaceSeal: ({ workspaceId, sealed: was }, sealed) =>
      run(async (db) => (await db.query(REPLACE_SEAL, [workspaceId, ...partsOf(sealed), ...partsOf(was)])).length > 0),
  };
}

function partsOf({ keyId, nonce, ciphertext, tag }: SealedKey): readonly (string | Uint8Array)[] {
  return [keyId, nonce, ciphertext, tag];
}

async function live(db: Session, accountId: string): Promise<readonly Workspace[]> {
  return (await db.query<WorkspaceRow>(SELECT_LIVE, [accountId])).map(workspaceOf);
}

/** The workspace and its account as they stay until the transaction ends; the account is locked first, as everywhere. */
async function lockOwned(
  tx: Session,
  accountId: string,
  workspaceId: string,
): Promise<{ readonly workspace: Workspace; readonly account: Account } | undefined> {
  const [row] = await tx.query<OwnedWorkspaceRow>(FIND, [workspaceId]);
  if (row?.account_id !== accountId) return undefined;
  const account = await lockAccount(tx, accountId);
  const [locked] = await tx.query<WorkspaceRow>(LOCK, [workspaceId, accountId]);
  return locked && { account, workspace: workspaceOf(locked) };
}

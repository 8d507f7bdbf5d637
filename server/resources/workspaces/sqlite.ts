import type { Database } from 'better-sqlite3';
import type { GroupCommit } from '../../database/sqlite/group-commit.ts';
import { PLANNED_ONCE } from '../../database/sqlite/planned-once.ts';
import { judgeNewWorkspace } from '../../money/plans.ts';
import { applyAiConfigPatch } from '../ai-config/rules.ts';
import { prepareKeyInsert } from '../api-keys/sqlite.ts';
import { type OwnedWorkspaceRow, ownedWorkspaceOf, selectOwnedWorkspace } from '../owned-rows.ts';
import { type AccountRow, keySlotOf, type SealedRow, sealedKeyOf, type WorkspaceRow, workspaceOf } from '../rows.ts';
import { type AddressPool, nextAddress } from './address-pool.ts';
import type { Workspace, WorkspaceStore, WorkspaceWithAccount } from './workspace.ts';

export function workspaceStore(db: Database, group: GroupCommit): WorkspaceStore {
  const select = db.prepare<[string], OwnedWorkspaceRow>(selectOwnedWorkspace(`workspaces.id = ${PLANNED_ONCE}`));
  const selectOwnedByAddress = db.prepare<[string], OwnedWorkspaceRow>(
    selectOwnedWorkspace(`ip_address = ${PLANNED_ONCE}`),
  );
  const selectLive = db.prepare<[string], WorkspaceRow>(
    'SELECT * FROM workspaces WHERE account_id = ? AND deleted_at IS NULL ORDER BY created_at, rowid',
  );
  const selectAccount = db.prepare<[string], Pick<AccountRow, 'plan'>>('SELECT plan FROM accounts WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO workspaces
       (id, account_id, name, image, template_id, ram_mb, vcpu_count, disk_size_mb, ip_address,
       created_at, updated_at, ai_updated_at)
     VALUES (@id, @accountId, @name, @image, @templateId, @ramMb, @vcpuCount, @diskSizeMb, @ipAddress, @at, @at, @at)`,
  );
  const insertKey = prepareKeyInsert(db);
  const selectByAddress = db.prepare<[string], Pick<WorkspaceRow, 'id'>>(
    'SELECT id FROM workspaces WHERE ip_address = ? AND deleted_at IS NULL',
  );
  const selectLastAddress = db.prepare<[], { ip_address: string }>(
    'SELECT ip_address FROM workspaces WHERE ip_address IS NOT NULL ORDER BY rowid DESC LIMIT 1',
  );
  const countLive = db.prepare<[], { live: bigint }>(
    'SELECT count(*) AS live FROM workspaces WHERE deleted_at IS NULL',
  );
  const markDeleted = db.prepare(
    `UPDATE workspaces SET deleted_at = @at, updated_at = @at,
       key_provider = NULL, key_id = NULL, key_nonce = NULL, key_ciphertext = NULL, key_tag = NULL
     WHERE id = @workspaceId AND account_id = @accountId AND deleted_at IS NULL`,
  );
  const deleteKeys = db.prepare<[string]>('DELETE FROM api_keys WHERE workspace_id = ?');
  const updateAiConfig = db.prepare(
    `UPDATE workspaces SET mode = @mode, provider = @provider, model = @model, key_provider = @key_provider,
       key_id = @key_id, key_nonce = @key_nonce, key_ciphertext = @key_ciphertext, key_tag = @key_tag,
       updated_at = @at, ai_updated_at = @at
     WHERE id = @id`,
  );
  const selectSealedOtherwise = db.prepare<[string, string, number], SealedRow>(
    `SELECT id, key_provider, key_id, key_nonce, key_ciphertext, key_tag FROM workspaces
     WHERE key_id <> ? AND id > ? ORDER BY id LIMIT ?`,
  );
  const replaceSeal = db.prepare(
    `UPDATE workspaces SET key_id = @keyId, key_nonce = @nonce, key_ciphertext = @ciphertext, key_tag = @tag
     WHERE id = @workspaceId AND key_id = @wasKeyId AND key_nonce = @wasNonce AND key_ciphertext = @wasCiphertext
       AND key_tag = @wasTag`,
  );

  function find(workspaceId: string): WorkspaceWithAccount | undefined {
    const row = select.get(workspaceId);
    return row && ownedWorkspaceOf(row);
  }

  function findOwned(accountId: string, workspaceId: string): WorkspaceWithAccount | undefined {
    const found = find(workspaceId);
    return found?.account.id === accountId ? found : undefined;
  }

  function live(accountId: string): readonly Workspace[] {
    return selectLive.all(accountId).map(workspaceOf);
  }

  function addressFrom(pool: AddressPool): string | undefined {
    const last = selectLastAddress.get()?.ip_address ?? null;
    return nextAddress(pool, last, (address) => selectByAddress.get(address) !== undefined);
  }

  return {
    createWorkspace(workspace, at, { firstKey, addresses } = {}) {
      return group.run(() => {
        const owner = selectAccount.get(workspace.accountId);
        if (owner === undefined) throw new Error(`no account ${workspace.accountId}`);
        const verdict = judgeNewWorkspace(owner.plan, live(workspace.accountId), workspace);
        if (verdict.kind !== 'allowed') return verdict;
        const { id: workspaceId, accountId } = workspace;
        insert.run({ ...workspace, ipAddress: (addresses && addressFrom(addresses)) ?? null, at });
        if (firstKey !== undefined) insertKey.run({ ...firstKey, accountId, workspaceId, createdAt: at });
        const created = find(workspace.id);
        if (created === undefined) throw new Error(`workspace ${workspace.id} was not written`);
        return { kind: 'created', workspace: created.workspace };
      });
    },
    async getWorkspace(accountId, workspaceId) {
      return findOwned(accountId, workspaceId);
    },
    async listWorkspaces(accountId) {
      return live(accountId);
    },
    deleteWorkspace(accountId, workspaceId, at) {
      return group.run(() => {
        if (markDeleted.run({ accountId, workspaceId, at }).changes === 0) return false;
        deleteKeys.run(workspaceId);
        return true;
      });
    },
    updateAiConfig(accountId, workspaceId, patch, at) {
      return group.run(() => {
        const found = findOwned(accountId, workspaceId);
        if (found === undefined) return { kind: 'not_found' };
        const change = applyAiConfigPatch(found.account, found.workspace, patch);
        if (change.kind === 'key_in_managed_mode') return change;
        if (change.kind === 'unchanged') return { kind: 'updated', ...found };
        updateAiConfig.run({ ...change.overrides, ...keySlotOf(change.storedKey), at, id: workspaceId });
        return { kind: 'updated', ...(find(workspaceId) ?? found) };
      });
    },
    async findWorkspace(workspaceId) {
      return find(workspaceId);
    },
    async findWorkspaceByAddress(ipAddress) {
      const row = selectOwnedByAddress.get(ipAddress);
      return row && ownedWorkspaceOf(row);
    },
    async countWorkspaces() {
      return Number(countLive.get()?.live ?? 0n);
    },
    async sealedOtherwise(secretId, after, limit) {
      return selectSealedOtherwise.all(secretId, after, limit).flatMap(sealedKeyOf);
    },
    replaceSeal({ workspaceId, sealed: was }, sealed) {
      const old = { wasKeyId: was.keyId, wasNonce: was.nonce, wasCiphertext: was.ciphertext, wasTag: was.tag };
      return group.run(() => replaceSeal.run({ workspaceId, ...sealed, ...old }).changes > 0);
    },
  };
}

import type { Database } from '../../database/database.ts';
import { queriesOn } from '../../database/query.ts';
import type { Mode, Provider } from '../../money/prices.ts';
import type { SealedKey } from '../../vault/sealing.ts';
import type { AccountsTable } from '../accounts/sql.ts';
import {
  findOwnedWorkspace,
  type KeySlotColumns,
  toStoredKey,
  toWorkspace,
  WORKSPACE_COLUMNS,
  type WorkspacesTable,
  type WorkspaceWithAccount,
} from '../workspaces/sql.ts';
import { type AiConfigPatch, applyAiConfigPatch, type StoredKey } from './rules.ts';

export type UpdateAiConfigOutcome =
  | ({ readonly kind: 'updated' } & WorkspaceWithAccount)
  | { readonly kind: 'key_in_managed_mode' }
  | { readonly kind: 'not_found' };

/** The key of a workspace as it is stored. */
export interface SealedWorkspaceKey {
  readonly workspaceId: string;
  readonly sealed: SealedKey;
}

export interface AiConfigs {
  /**
   * Decides on what was read, and writes only where that still holds; else it reads and decides anew. So no update is
   * lost, and no key is stored for a workspace that is managed.
   */
  updateAiConfig(read: WorkspaceWithAccount, patch: AiConfigPatch, at: number): Promise<UpdateAiConfigOutcome>;
  /** Keys of live workspaces that another secret sealed, by workspace id: the first `limit` after `after`. */
  keysSealedWithOtherSecret(secretId: string, after: string, limit: number): Promise<readonly SealedWorkspaceKey[]>;
  /** Stores the same key, sealed anew. False where the key is not `before` any more: then nothing is written. */
  replaceSeal(before: SealedWorkspaceKey, sealed: SealedKey): Promise<boolean>;
}

const query = queriesOn<{ accounts: AccountsTable; workspaces: WorkspacesTable }>();

interface ReadState {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  readonly key_provider: Provider | null;
  readonly key_nonce: Uint8Array | null;
  readonly default_mode: Mode | null;
  readonly default_provider: Provider | null;
}

/** A nonce is never used twice: it stands for the whole key. */
const READ_COLUMNS = ['mode', 'provider', 'model', 'key_provider', 'key_nonce'] as const;
const READ_DEFAULTS = ['default_mode', 'default_provider'] as const;

interface NewState extends Pick<KeySlotColumns, 'key_id' | 'key_ciphertext' | 'key_tag'> {
  readonly new_mode: Mode | null;
  readonly new_provider: Provider | null;
  readonly new_model: string | null;
  readonly new_key_provider: Provider | null;
  readonly new_key_nonce: Uint8Array | null;
}

const UPDATE = query((db, values: ReadState & NewState & { workspaceId: string; at: number }) =>
  db
    .updateTable('workspaces')
    .set({
      mode: values.new_mode,
      provider: values.new_provider,
      model: values.new_model,
      key_provider: values.new_key_provider,
      key_id: values.key_id,
      key_nonce: values.new_key_nonce,
      key_ciphertext: values.key_ciphertext,
      key_tag: values.key_tag,
      updated_at: values.at,
      ai_updated_at: values.at,
    })
    .where('id', '=', values.workspaceId)
    .where('deleted_at', 'is', null)
    .where((where) => where.and(READ_COLUMNS.map((column) => where(column, 'is not distinct from', values[column]))))
    .where((where) =>
      where.exists(
        where
          .selectFrom('accounts')
          .select('accounts.id')
          .whereRef('accounts.id', '=', 'workspaces.account_id')
          .where((and) => and.and(READ_DEFAULTS.map((column) => and(column, 'is not distinct from', values[column])))),
      ),
    )
    .returning(WORKSPACE_COLUMNS),
);
const SEALED_WITH_OTHER = query((db, values: { secretId: string; after: string; limit: number }) =>
  db
    .selectFrom('workspaces')
    .select(['id', 'key_provider', 'key_id', 'key_nonce', 'key_ciphertext', 'key_tag'])
    .where('key_id', '<>', values.secretId)
    .where('id', '>', values.after)
    .orderBy('id')
    .limit(values.limit),
);
const REPLACE_SEAL = query((db, values: SealedKey & { workspaceId: string; before: string; beforeNonce: Uint8Array }) =>
  db
    .updateTable('workspaces')
    .set({
      key_id: values.keyId,
      key_nonce: values.nonce,
      key_ciphertext: values.ciphertext,
      key_tag: values.tag,
    })
    .where('id', '=', values.workspaceId)
    .where('key_id', '=', values.before)
    .where('key_nonce', '=', values.beforeNonce)
    .returning('id'),
);

/** Each failed attempt means that another update succeeded: so many in a row do not happen. */
const MOST_ATTEMPTS = 1_000;

export function aiConfigsSql(database: Database): AiConfigs {
  return {
    async updateAiConfig(read, patch, at) {
      let current: WorkspaceWithAccount | undefined = read;
      for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts += 1) {
        if (current === undefined) return { kind: 'not_found' };
        const { account, workspace } = current;
        const change = applyAiConfigPatch(account, workspace, patch);
        if (change.kind === 'key_in_managed_mode') return change;
        if (change.kind === 'unchanged') return { kind: 'updated', account, workspace };
        const { mode, provider, model } = change.overrides;
        const row = await database.writeOne(UPDATE, {
          ...readState(current),
          ...newKeySlot(change.storedKey),
          new_mode: mode,
          new_provider: provider,
          new_model: model,
          workspaceId: workspace.id,
          at,
        });
        if (row !== undefined) return { kind: 'updated', account, workspace: toWorkspace(row) };
        current = await findOwnedWorkspace(database, account.id, workspace.id);
      }
      throw new Error(`workspace ${read.workspace.id} changes all the time`);
    },
    async keysSealedWithOtherSecret(secretId, after, limit) {
      const rows = await database.all(SEALED_WITH_OTHER, { secretId, after, limit });
      return rows.flatMap((row) => {
        const stored = toStoredKey(row);
        return stored === null ? [] : [{ workspaceId: row.id, sealed: stored.sealed }];
      });
    },
    async replaceSeal({ workspaceId, sealed: before }, sealed) {
      const values = { ...sealed, workspaceId, before: before.keyId, beforeNonce: before.nonce };
      return (await database.writeOne(REPLACE_SEAL, values)) !== undefined;
    },
  };
}

function readState({ workspace: { overrides, storedKey }, account: { aiDefaults } }: WorkspaceWithAccount): ReadState {
  return {
    ...overrides,
    key_provider: storedKey?.provider ?? null,
    key_nonce: storedKey?.sealed.nonce ?? null,
    default_mode: aiDefaults.mode,
    default_provider: aiDefaults.provider,
  };
}

function newKeySlot(storedKey: StoredKey | null) {
  return {
    new_key_provider: storedKey?.provider ?? null,
    new_key_nonce: storedKey?.sealed.nonce ?? null,
    key_id: storedKey?.sealed.keyId ?? null,
    key_ciphertext: storedKey?.sealed.ciphertext ?? null,
    key_tag: storedKey?.sealed.tag ?? null,
  };
}

import type { Selectable } from 'kysely';
import { all, type Database, first, run, type Script } from '../../database/database.ts';
import { type Int, type IntOrNull, queriesOn } from '../../database/query.ts';
import type { Lookup } from '../../http/authenticate.ts';
import type { Mode, Provider } from '../../money/prices.ts';
import {
  ACCOUNT_COLUMNS,
  type Account,
  type AccountsTable,
  type KeyInsertion,
  lockPlan,
  type NewKey,
  toAccount,
} from '../accounts/sql.ts';
import type { AiOverrides, StoredKey } from '../ai-config/rules.ts';
import { findExceeded, type LimitExceeded, listWorkspaceDemands } from '../limits/rules.ts';
import { type AddressPool, nextAddress } from './address-pool.ts';

export interface NewWorkspace {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly image: string;
  readonly templateId: string | null;
  readonly ramMb: number;
  readonly vcpuCount: number;
  readonly diskSizeMb: number;
}

export interface Workspace extends NewWorkspace {
  /** IPv4, of no other live workspace. */
  readonly ipAddress: string | null;
  readonly overrides: AiOverrides;
  readonly storedKey: StoredKey | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the AI configuration was last written; the creation time until then. */
  readonly aiUpdatedAt: number;
}

/** A workspace with the account it belongs to: what the effective AI configuration is computed from. */
export interface WorkspaceWithAccount {
  readonly workspace: Workspace;
  readonly account: Account;
}

/** The key slot of a workspace: all null where it holds no key. */
export interface KeySlotColumns {
  readonly key_provider: Provider | null;
  readonly key_id: string | null;
  readonly key_nonce: Uint8Array | null;
  readonly key_ciphertext: Uint8Array | null;
  readonly key_tag: Uint8Array | null;
}

export interface WorkspacesTable extends KeySlotColumns {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly image: string;
  readonly template_id: string | null;
  readonly ram_mb: Int;
  readonly vcpu_count: Int;
  readonly disk_size_mb: Int;
  readonly ip_address: string | null;
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  readonly created_at: Int;
  readonly updated_at: Int;
  readonly ai_updated_at: Int;
  readonly deleted_at: IntOrNull;
}

/** As they are read of a workspace, also beside those of its account. */
export const WORKSPACE_COLUMNS = [
  'workspaces.id as workspace_id',
  'workspaces.account_id as workspace_account_id',
  'workspaces.name as workspace_name',
  'workspaces.created_at as workspace_created_at',
  'image',
  'template_id',
  'ram_mb',
  'vcpu_count',
  'disk_size_mb',
  'ip_address',
  'mode',
  'provider',
  'model',
  'key_provider',
  'key_id',
  'key_nonce',
  'key_ciphertext',
  'key_tag',
  'updated_at',
  'ai_updated_at',
] as const;

export interface WorkspaceRow
  extends Omit<Selectable<WorkspacesTable>, 'id' | 'account_id' | 'name' | 'created_at' | 'deleted_at'> {
  readonly workspace_id: string;
  readonly workspace_account_id: string;
  readonly workspace_name: string;
  readonly workspace_created_at: bigint;
}

/** What a left join gives: a workspace, or null in every column. */
type Joined<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

export function toWorkspace(row: WorkspaceRow): Workspace;
export function toWorkspace(row: Joined<WorkspaceRow>): Workspace | undefined;
export function toWorkspace(row: Joined<WorkspaceRow>): Workspace | undefined {
  return isPresent(row) ? fromRow(row) : undefined;
}

function isPresent(row: Joined<WorkspaceRow>): row is WorkspaceRow {
  return row.workspace_id !== null;
}

function fromRow(row: WorkspaceRow): Workspace {
  return {
    id: row.workspace_id,
    accountId: row.workspace_account_id,
    name: row.workspace_name,
    image: row.image,
    templateId: row.template_id,
    ramMb: Number(row.ram_mb),
    vcpuCount: Number(row.vcpu_count),
    diskSizeMb: Number(row.disk_size_mb),
    ipAddress: row.ip_address,
    overrides: { mode: row.mode, provider: row.provider, model: row.model },
    storedKey: toStoredKey(row),
    createdAt: Number(row.workspace_created_at),
    updatedAt: Number(row.updated_at),
    aiUpdatedAt: Number(row.ai_updated_at),
  };
}

export function toStoredKey(row: KeySlotColumns): StoredKey | null {
  const { key_provider: provider, key_id: keyId, key_nonce: nonce, key_ciphertext: ciphertext, key_tag: tag } = row;
  if (provider === null || keyId === null || nonce === null || ciphertext === null || tag === null) return null;
  return { provider, sealed: { keyId, nonce, ciphertext, tag } };
}

/** What may come with a workspace, in the same transaction. */
export interface WorkspaceExtras {
  /** A key of its own, so that there is no workspace without one. */
  readonly firstKey?: NewKey;
  /** Where its address on the compute network comes from. Left out, or used up: it has none. */
  readonly addresses?: AddressPool;
}

export type CreateWorkspaceOutcome = { readonly kind: 'created'; readonly workspace: Workspace } | LimitExceeded;

export interface Workspaces {
  /** Judges the plan's limits and creates, in one transaction. Throws when the id, or the key's prefix, exists. */
  createWorkspace(workspace: NewWorkspace, at: number, extras?: WorkspaceExtras): Promise<CreateWorkspaceOutcome>;
  /** Undefined for an unknown, deleted or foreign workspace: the three are not told apart. */
  getWorkspace(accountId: string, workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces, oldest first. */
  listWorkspaces(accountId: string): Promise<readonly Workspace[]>;
  /** Ends the workspace and its keys; its usage and ledger rows stay. False where there was none. */
  deleteWorkspace(accountId: string, workspaceId: string, at: number): Promise<boolean>;
  /** A live workspace of any account. */
  findWorkspace(workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** A live workspace by its address on the compute network. */
  findWorkspaceByAddress(ipAddress: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces of all accounts. */
  countWorkspaces(): Promise<number>;
}

interface AddressTurnTable {
  readonly id: number;
  readonly last_address: string | null;
}

const query = queriesOn<{
  accounts: AccountsTable;
  workspaces: WorkspacesTable;
  address_turn: AddressTurnTable;
}>();

const FIND = query((db, values: { workspaceId: string }, dialect) =>
  db
    .selectFrom('workspaces')
    .innerJoin('accounts', 'accounts.id', 'workspaces.account_id')
    .select(WORKSPACE_COLUMNS)
    .select(ACCOUNT_COLUMNS)
    .where('workspaces.id', '=', dialect.plannedOnce(values.workspaceId))
    .where('deleted_at', 'is', null),
);
const FIND_BY_ADDRESS = query((db, values: { ipAddress: string }, dialect) =>
  db
    .selectFrom('workspaces')
    .innerJoin('accounts', 'accounts.id', 'workspaces.account_id')
    .select(WORKSPACE_COLUMNS)
    .select(ACCOUNT_COLUMNS)
    .where('ip_address', '=', dialect.plannedOnce(values.ipAddress))
    .where('deleted_at', 'is', null),
);
const LIST = query((db, values: { accountId: string }, dialect) =>
  db
    .selectFrom('workspaces')
    .select(WORKSPACE_COLUMNS)
    .where('account_id', '=', dialect.plannedOnce(values.accountId))
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy(dialect.written('workspaces')),
);
const COUNT = query((db, _: object, dialect) =>
  db.selectFrom('workspaces').select(dialect.count().as('live')).where('deleted_at', 'is', null),
);
const INSERT = query((db, values: NewWorkspace & { ipAddress: string | null; at: number }) =>
  db.insertInto('workspaces').values({
    id: values.id,
    account_id: values.accountId,
    name: values.name,
    image: values.image,
    template_id: values.templateId,
    ram_mb: values.ramMb,
    vcpu_count: values.vcpuCount,
    disk_size_mb: values.diskSizeMb,
    ip_address: values.ipAddress,
    created_at: values.at,
    updated_at: values.at,
    ai_updated_at: values.at,
  }),
);
const MARK_DELETED = query((db, values: { workspaceId: string; accountId: string; at: number }) =>
  db
    .updateTable('workspaces')
    .set({
      deleted_at: values.at,
      updated_at: values.at,
      key_provider: null,
      key_id: null,
      key_nonce: null,
      key_ciphertext: null,
      key_tag: null,
    })
    .where('id', '=', values.workspaceId)
    .where('account_id', '=', values.accountId)
    .where('deleted_at', 'is', null)
    .returning('id'),
);
/** A workspace that gets an address takes its turn at this row, until its transaction ends. */
const LOCK_ADDRESS_TURN = query((db, _: object, dialect) =>
  db.selectFrom('address_turn').select('last_address').where('id', '=', 1).$call(dialect.locked),
);
const SET_ADDRESS_TURN = query((db, values: { address: string }) =>
  db.updateTable('address_turn').set({ last_address: values.address }).where('id', '=', 1),
);
const TAKEN_ADDRESSES = query((db, values: { addresses: readonly string[] }, dialect) =>
  db
    .selectFrom('workspaces')
    .select('ip_address')
    .where(dialect.isAmong('ip_address', values.addresses))
    .where('deleted_at', 'is', null),
);

/** Whose workspace an id in a path is. */
export function lookUpWorkspace(store: Workspaces): Lookup<Account, WorkspaceWithAccount> {
  return (account, id) => store.getWorkspace(account.id, id);
}

export async function findOwnedWorkspace(
  database: Database,
  accountId: string,
  workspaceId: string,
): Promise<WorkspaceWithAccount | undefined> {
  const found = await findWorkspace(database, workspaceId);
  return found?.account.id === accountId ? found : undefined;
}

async function findWorkspace(database: Database, workspaceId: string): Promise<WorkspaceWithAccount | undefined> {
  const row = await database.first(FIND, { workspaceId });
  return row && { workspace: toWorkspace(row), account: toAccount(row) };
}

/** What other resources do in the transaction that creates or deletes a workspace. */
export interface WorkspaceParts extends KeyInsertion {
  deleteWithWorkspace(workspaceId: string): Script<void>;
}

export function workspacesSql(database: Database, parts: WorkspaceParts): Workspaces {
  return {
    createWorkspace: (workspace, at, { firstKey, addresses } = {}) =>
      database.write(function* (): Script<CreateWorkspaceOutcome> {
        const { id: workspaceId, accountId } = workspace;
        const plan = yield* lockPlan(accountId);
        const live = (yield* all(LIST, { accountId })).map((row) => toWorkspace(row));
        const exceeded = findExceeded(plan, listWorkspaceDemands(live, workspace));
        if (exceeded !== undefined) return exceeded;
        const ipAddress = (addresses && (yield* takeAddress(addresses))) ?? null;
        yield* run(INSERT, { ...workspace, ipAddress, at });
        const row = yield* first(FIND, { workspaceId });
        if (row === undefined) throw new Error(`workspace ${workspaceId} was not written`);
        if (firstKey !== undefined) yield* parts.insertApiKey({ ...firstKey, accountId, workspaceId, createdAt: at });
        return { kind: 'created', workspace: toWorkspace(row) };
      }),
    getWorkspace: (accountId, workspaceId) => findOwnedWorkspace(database, accountId, workspaceId),
    listWorkspaces: async (accountId) => (await database.all(LIST, { accountId })).map((row) => toWorkspace(row)),
    deleteWorkspace: (accountId, workspaceId, at) =>
      database.write(function* () {
        if ((yield* first(MARK_DELETED, { accountId, workspaceId, at })) === undefined) return false;
        yield* parts.deleteWithWorkspace(workspaceId);
        return true;
      }),
    findWorkspace: (workspaceId) => findWorkspace(database, workspaceId),
    async findWorkspaceByAddress(ipAddress) {
      const row = await database.first(FIND_BY_ADDRESS, { ipAddress });
      return row && { workspace: toWorkspace(row), account: toAccount(row) };
    },
    countWorkspaces: async () => Number((await database.first(COUNT, {}))?.live ?? 0n),
  };
}

/** Looked up at once: enough for one lookup, unless the network is nearly full. */
const CANDIDATES = 256;

/** An address of no live workspace; undefined where all are taken. */
function* takeAddress(pool: AddressPool): Script<string | undefined> {
  const turn = yield* first(LOCK_ADDRESS_TURN, {});
  const known = new Map<string, 'taken' | 'free'>();
  for (;;) {
    const unknown: string[] = [];
    const free = nextAddress(pool, turn?.last_address ?? null, (address) => {
      const found = known.get(address);
      if (found !== undefined) return found === 'taken';
      unknown.push(address);
      return unknown.length < CANDIDATES;
    });
    if (unknown.length === 0) {
      if (free !== undefined) yield* run(SET_ADDRESS_TURN, { address: free });
      return free;
    }
    for (const address of unknown) known.set(address, 'free');
    for (const { ip_address } of yield* all(TAKEN_ADDRESSES, { addresses: unknown })) {
      if (ip_address !== null) known.set(ip_address, 'taken');
    }
  }
}

import type { AddressPool } from './address-pool.ts';
import type {
  AiConfigPatch,
  AiDefaults,
  AiDefaultsPatch,
  AiOverrides,
  Mode,
  Provider,
  SealedKey,
  StoredKey,
} from './ai-config.ts';
import type { HoldState } from './holds.ts';
import type { LedgerAudit, ReconciliationStore } from './ledger.ts';
import type { Micro } from './microcredits.ts';
import type { LimitName, Plan } from './plans.ts';
import type { SubjectLimit, SubjectRefusal } from './subject-limits.ts';
import type { TokenUsage, UsageTotals } from './usage.ts';

/**
 * The port behind which an engine keeps the platform's state. Every method is one transaction: it happens as a whole
 * or not at all. Rules are decided by the pure functions of this folder, inside the transaction; an engine only reads,
 * asks and writes. Time comes in as a value (`at`, milliseconds since the epoch).
 */
export interface Store
  extends AccountStore,
    WorkspaceStore,
    ApiKeyStore,
    UsageStore,
    MeteringStore,
    LedgerAudit,
    ReconciliationStore {
  /** Waits for what is under way, then closes. What is still held becomes uncertain. Idempotent. */
  close(): Promise<void>;
}

export type { AiConfigPatch, AiDefaultsPatch } from './ai-config.ts';
export type { HoldState } from './holds.ts';
export type { AccountBooks, LedgerAudit, LedgerEntry, OpenHold, OpenHoldTotal } from './ledger.ts';
export type { UsageTotals } from './usage.ts';

// ---------------------------------------------------------------- accounts

export interface NewAccount {
  readonly id: string;
  /** For the operator's eyes; shown by `rigkit account list`. */
  readonly name: string;
  readonly plan: Plan;
  /** Granted each month instead of the plan's credits; null: the plan's. */
  readonly monthlyCreditsMicro: Micro | null;
}

export interface Account extends NewAccount {
  readonly aiDefaults: AiDefaults;
  readonly createdAt: number;
}

/** What can be spent now (charges and open holds are off already), and what was granted in the current period. */
export interface CreditsState {
  readonly remainingMicro: Micro;
  readonly totalMicro: Micro;
}

/** What may come with an account, in the same transaction. */
export interface AccountExtras {
  /** A key of its own, so that there is no account that nobody can sign in to. */
  readonly firstKey?: NewKey;
}

export interface AccountStore {
  /** Creates the account and grants its first period. Throws when the id, or the key's prefix, exists. */
  createAccount(account: NewAccount, at: number, extras?: AccountExtras): Promise<Account>;
  getAccount(accountId: string): Promise<Account | undefined>;
  /** Oldest first. */
  listAccounts(): Promise<readonly Account[]>;
  /** Starts the calendar month of `at` first, where it has not started yet. Throws on an unknown account. */
  credits(accountId: string, at: number): Promise<CreditsState>;
  /** The empty patch changes nothing. Throws on an unknown account. */
  updateAiDefaults(accountId: string, patch: AiDefaultsPatch, at: number): Promise<Account>;
  /** An operator's hand: books an `adjustment` of any sign, and may leave a debt. Throws on an unknown account. */
  adjustCredits(accountId: string, amountMicro: Micro, note: string, at: number): Promise<CreditsState>;
}

// -------------------------------------------------------------- workspaces

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

/** What may come with a workspace, in the same transaction. */
export interface WorkspaceExtras {
  /** A key of its own, so that there is no workspace without one. */
  readonly firstKey?: NewKey;
  /** Where its address on the compute network comes from. Left out, or used up: it has none. */
  readonly addresses?: AddressPool;
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

/** The key of a workspace as it is stored. */
export interface SealedKeyOf {
  readonly workspaceId: string;
  readonly sealed: SealedKey;
}

export type CreateWorkspaceOutcome =
  | { readonly kind: 'created'; readonly workspace: Workspace }
  | {
      readonly kind: 'plan_limit_exceeded';
      readonly limit: LimitName;
      readonly allowed: number;
      readonly requested: number;
    };

export type UpdateAiConfigOutcome =
  | ({ readonly kind: 'updated' } & WorkspaceWithAccount)
  | { readonly kind: 'key_in_managed_mode' }
  | { readonly kind: 'not_found' };

export interface WorkspaceStore {
  /** Judges the plan's limits and creates, in one transaction. Throws when the id, or the key's prefix, exists. */
  createWorkspace(workspace: NewWorkspace, at: number, extras?: WorkspaceExtras): Promise<CreateWorkspaceOutcome>;
  /** Undefined for an unknown, deleted or foreign workspace: the three are not told apart (contract section 1). */
  getWorkspace(accountId: string, workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces, oldest first. */
  listWorkspaces(accountId: string): Promise<readonly Workspace[]>;
  /** Ends the workspace and its keys; its usage and ledger rows stay. False where there was none. */
  deleteWorkspace(accountId: string, workspaceId: string, at: number): Promise<boolean>;
  updateAiConfig(
    accountId: string,
    workspaceId: string,
    patch: AiConfigPatch,
    at: number,
  ): Promise<UpdateAiConfigOutcome>;
  /** For the proxy, which knows a workspace by its key: the workspace whoever owns it. */
  findWorkspace(workspaceId: string): Promise<WorkspaceWithAccount | undefined>;
  /** The same for a live workspace that is known by its address on the compute network. */
  findWorkspaceByAddress(ipAddress: string): Promise<WorkspaceWithAccount | undefined>;
  /** Live workspaces of all accounts. */
  countWorkspaces(): Promise<number>;
  /** Keys of live workspaces that another secret than this one sealed, by workspace id: the first `limit` after `after`. */
  sealedOtherwise(secretId: string, after: string, limit: number): Promise<readonly SealedKeyOf[]>;
  /** The same key, sealed anew: no change to anybody. False where the key is not `was` any more, and then nothing happens. */
  replaceSeal(was: SealedKeyOf, sealed: SealedKey): Promise<boolean>;
}

// ---------------------------------------------------------------- API keys

/** A control-plane credential (`workspaceId` null) or a workspace's identity towards the proxy. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly workspaceId: string | null;
  readonly name: string;
  /** The public beginning of the key: finds the row; shown in lists as the preview. Unique. */
  readonly prefix: string;
  /** SHA-256 of the whole key. The key itself is kept nowhere. */
  readonly hash: Uint8Array;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** A key with whom it identifies, as of one moment: `workspace` is null for a control-plane credential. */
export interface ApiKeyWithOwner {
  readonly key: ApiKey;
  readonly account: Account;
  readonly workspace: Workspace | null;
}

/** A key that is created with what it belongs to. */
export type NewKey = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'hash'>;

export interface ApiKeyStore {
  /** `not_found` where `workspaceId` names no live workspace of the account. */
  createApiKey(key: Omit<ApiKey, 'lastUsedAt'>): Promise<{ readonly kind: 'created' } | { readonly kind: 'not_found' }>;
  findApiKey(prefix: string): Promise<ApiKeyWithOwner | undefined>;
  /** Oldest first. */
  listApiKeys(accountId: string): Promise<readonly ApiKey[]>;
  deleteApiKey(accountId: string, keyId: string): Promise<boolean>;
  /** Notes a use. Callers may call it seldom (once a minute a key): it is for people's eyes. */
  touchApiKey(keyId: string, at: number): Promise<void>;
}

// ------------------------------------------------------------------- usage

export interface UsageOverview {
  /** Days with usage, oldest first; `day` is `YYYY-MM-DD` in UTC. */
  readonly daily: readonly (UsageTotals & { readonly day: string })[];
  /** Deleted workspaces keep their row; oldest workspace first. */
  readonly byWorkspace: readonly (UsageTotals & { readonly workspaceId: string; readonly workspaceName: string })[];
}

export interface UsageScope {
  readonly accountId: string;
  /** Left out: all workspaces of the account. */
  readonly workspaceId?: string;
}

/** Usage in a window of time, cut in buckets of `stepSeconds`; only buckets that have usage are listed. */
export interface UsageSeriesQuery extends UsageScope {
  /** Start of the first bucket, a whole minute; inclusive, milliseconds. */
  readonly from: number;
  /** End of the last bucket, exclusive, milliseconds. */
  readonly to: number;
  /** A multiple of 60. */
  readonly stepSeconds: number;
}

export interface UsageStore {
  /** Usage of the days from `fromDay` (`YYYY-MM-DD`) on. */
  usageOverview(accountId: string, fromDay: string): Promise<UsageOverview>;
  /** Buckets by their start in milliseconds, oldest first. */
  usageSeries(query: UsageSeriesQuery): Promise<readonly (UsageTotals & { readonly from: number })[]>;
}

// ---------------------------------------------------------------- metering

/**
 * What the metering proxy asks of a store, and all it asks: a platform that mounts the proxy beside a store of its own
 * implements this and nothing else. What becomes of the holds of a process that ended is the store's to know: until they
 * are settled or released they stay reserved.
 */
export interface MeteringStore {
  /** Judges account, workspace and subject limits and reserves, in one transaction; durable when the promise resolves. */
  admit(admission: Admission): Promise<AdmissionOutcome>;
  /** held or uncertain -> settled, once: charges, counts the usage. A replay changes nothing and says so. */
  settle(settlement: Settlement): Promise<SettlementOutcome>;
  /** held or uncertain -> released, once: nothing was spent. */
  release(holdId: string, reason: string, at: number): Promise<TransitionOutcome>;
  /** held -> uncertain: keeps the amount reserved until somebody knows what was spent. */
  markUncertain(holdId: string, reason: string, at: number): Promise<TransitionOutcome>;
  /** What a subject of the account used in the rolling window that ends at `at`. */
  subjectUsage(accountId: string, subject: string, windowSeconds: number, at: number): Promise<UsageTotals>;
}

export interface Admission {
  /** The proxy's own request id; keys hold and ledger entry. */
  readonly holdId: string;
  readonly accountId: string;
  readonly workspaceId: string;
  readonly mode: Mode;
  /** Upper bound of the cost. Zero with `byok`, which is charged nothing and never refused for credits. */
  readonly amountMicro: Micro;
  readonly provider: Provider | 'openrouter';
  readonly model: string;
  /** The caller's `Idempotency-Key`, unique per workspace; a released call, which spent nothing, frees its key. */
  readonly idempotencyKey?: string;
  readonly subject?: { readonly name: string; readonly limits: readonly SubjectLimit[] };
  readonly at: number;
}

export type AdmissionOutcome =
  | { readonly kind: 'admitted'; readonly remainingMicro: Micro }
  | { readonly kind: 'insufficient_credits'; readonly remainingMicro: Micro; readonly requiredMicro: Micro }
  | { readonly kind: 'subject_refused'; readonly refusal: SubjectRefusal }
  /** The same hold id or idempotency key came before: nothing new is held. */
  | { readonly kind: 'duplicate_request'; readonly holdId: string; readonly state: HoldState }
  | { readonly kind: 'unknown_workspace' };

export interface Settlement {
  readonly holdId: string;
  /** The actual cost: charged in full, even above the hold. Zero with `byok`. */
  readonly costMicro: Micro;
  readonly usage: TokenUsage;
  readonly at: number;
}

export type SettlementOutcome =
  | { readonly kind: 'settled'; readonly costMicro: Micro; readonly remainingMicro: Micro }
  | Replayed;

export type TransitionOutcome = { readonly kind: 'done' } | Replayed;

/** The transition came before, or the hold is closed, or it never existed: nothing changed. */
export type Replayed =
  | { readonly kind: 'already_closed'; readonly state: HoldState; readonly costMicro: Micro }
  | { readonly kind: 'unknown_hold' };

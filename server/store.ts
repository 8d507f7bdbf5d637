import type { LedgerAudit, ReconciliationStore } from './ledger/audit.ts';
import type { MeteringStore } from './ledger/port.ts';
import type { AccountStore } from './resources/accounts/account.ts';
import type { UsageStore } from './resources/ai-usage/usage-store.ts';
import type { ApiKeyStore } from './resources/api-keys/api-key-store.ts';
import type { WorkspaceStore } from './resources/workspaces/workspace.ts';

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

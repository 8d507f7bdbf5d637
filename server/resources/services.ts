import type { SealedKey } from '../vault/sealing.ts';
import type { ApiKey } from './api-keys/sql.ts';
import type { AddressPool } from './workspaces/address-pool.ts';

/** What handlers work with, beside what their resource keeps. Clock and ids come in, so that a test can fix them. */
export interface Services {
  readonly vault: {
    /** Seals a provider key for one workspace: opened for another it is worthless. */
    seal(workspaceId: string, providerKey: string): SealedKey;
  };
  readonly keys: {
    /** A new key: the only moment at which it is there in full. */
    mint(kind: 'account' | 'workspace'): Pick<ApiKey, 'prefix' | 'hash'> & { readonly key: string };
    /** What a key is shown as ever after. */
    preview(prefix: string): string;
  };
  /** Milliseconds since the epoch: as the account named has it, or the platform where none is. */
  readonly clock: (accountId?: string) => number;
  readonly newIds: {
    /** `ws-...` */
    readonly workspace: () => string;
    /** A UUID. */
    readonly apiKey: () => string;
  };
  /** The one host that workspaces run on. */
  readonly node: {
    readonly id: string;
    /** Workspaces it has room for. */
    readonly room: number;
    /** Its workspaces' compute network. */
    readonly addresses: AddressPool;
  };
}

/** What the handlers of one resource are given: the services, and of the store only the port that they need. */
export type ServicesWith<Port> = Services & { readonly store: Port };

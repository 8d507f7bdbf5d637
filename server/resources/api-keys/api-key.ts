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

/** A key that is created with what it belongs to. */
export type NewKey = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'hash'>;

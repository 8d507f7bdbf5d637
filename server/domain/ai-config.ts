/** Who pays the provider: the platform (`managed`) or the workspace with its own key (`byok`). */
export type Mode = 'managed' | 'byok';

/** The model makers a workspace can be configured for. */
export type Provider = 'google' | 'openai' | 'anthropic';

/** What an account set as its defaults; null means: inherit the platform's. */
export interface AiDefaults {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
  /** The provider that was in effect when `model` was set: an inherited model applies with that provider only. */
  readonly modelProvider: Provider | null;
}

/** What a workspace overrides; null means: inherit the account's defaults. */
export interface AiOverrides {
  readonly mode: Mode | null;
  readonly provider: Provider | null;
  readonly model: string | null;
}

/** A provider key at rest: AES-256-GCM, with the id of the secret that sealed it, for rotation. */
export interface SealedKey {
  readonly keyId: string;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** The one key slot of a workspace. The key is usable with the provider it was stored for, and with no other. */
export interface StoredKey {
  readonly provider: Provider;
  readonly sealed: SealedKey;
}

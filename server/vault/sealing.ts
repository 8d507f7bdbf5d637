import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A provider key at rest: AES-256-GCM, with the id of the secret that sealed it, for rotation. */
export interface SealedKey {
  readonly keyId: string;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** A secret that seals provider keys, with the id that is kept beside what it sealed. */
export interface SealingSecret {
  readonly id: string;
  readonly secret: Uint8Array;
}

export interface VaultOptions {
  /** Seals, and opens what it sealed. */
  readonly current: SealingSecret;
  /** Secrets of before a rotation: they open what they sealed, and seal nothing new. Default: none. */
  readonly previous?: readonly SealingSecret[];
  /**
   * How many opened keys are remembered, the least recently used forgotten first. Default 1,000: a call in byok is
   * spared the deciphering, and the keys in memory stay bounded. 0 remembers none.
   */
  readonly openedKeys?: number;
}

export interface Vault {
  /** Encrypts a provider key for one workspace (at rest, and scoped to the workspace). */
  seal(workspaceId: string, plaintext: string): SealedKey;
  /** Throws a VaultError where no secret fits, for another workspace's key, and for altered bytes. */
  open(workspaceId: string, sealed: SealedKey): string;
}

/** A sealed key cannot be opened. The message names key ids only. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/**
 * Gives a secret its id, which is derived from it: the same secret always has the same id, and the id tells nothing of
 * the secret. Throws a RangeError unless the secret is 32 bytes long.
 */
export function sealingSecret(secret: Uint8Array): SealingSecret {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`a sealing secret has ${SECRET_BYTES} bytes`);
  const labelled = Buffer.concat([Buffer.from('rigkit sealing secret id\0'), secret]);
  return { id: hash('sha256', labelled, 'hex').slice(0, 16), secret };
}

/** AES-256-GCM with a random nonce for each key; the workspace's id is authenticated with it. */
export function createVault({ current, previous = [], openedKeys = 1000 }: VaultOptions): Vault {
  const secrets = new Map([...previous, current].map(({ id, secret }) => [id, secret]));
  const opened = boundedCache(openedKeys);
  return {
    seal: (workspaceId, plaintext) => encrypt(current, workspaceId, plaintext),
    open(workspaceId, sealed) {
      const slot = cacheSlot(workspaceId, sealed);
      return opened.get(slot) ?? opened.put(slot, decrypt(secrets, workspaceId, sealed));
    },
  };
}

function encrypt({ id, secret }: SealingSecret, workspaceId: string, plaintext: string): SealedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(workspaceId));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return { keyId: id, nonce, ciphertext, tag: cipher.getAuthTag() };
}

function decrypt(secrets: ReadonlyMap<string, Uint8Array>, workspaceId: string, sealed: SealedKey): string {
  const secret = secrets.get(sealed.keyId);
  if (secret === undefined) {
    const known = [...secrets.keys()].join(', ');
    throw new VaultError(`no secret key with id ${sealed.keyId} to open a stored provider key; there are: ${known}`);
  }
  try {
    const decipher = createDecipheriv(CIPHER, secret, sealed.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(workspaceId));
    decipher.setAuthTag(sealed.tag);
    return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw new VaultError(`a stored provider key of ${workspaceId} is damaged, or belongs to another workspace`);
  }
}

/** Everything that was authenticated: bytes that differ anywhere never find another key's plaintext. */
function cacheSlot(workspaceId: string, { keyId, nonce, tag, ciphertext }: SealedKey): string {
  const bytes = [nonce, tag, ciphertext].map((part) => Buffer.from(part).toString('base64'));
  return JSON.stringify([workspaceId, keyId, ...bytes]);
}

function boundedCache(capacity: number) {
  const values = new Map<string, string>();
  return {
    get(slot: string): string | undefined {
      const value = values.get(slot);
      if (value === undefined) return undefined;
      values.delete(slot);
      values.set(slot, value);
      return value;
    },
    put(slot: string, value: string): string {
      values.set(slot, value);
      const [oldest] = values.keys();
      if (values.size > capacity && oldest !== undefined) values.delete(oldest);
      return value;
    },
  };
}

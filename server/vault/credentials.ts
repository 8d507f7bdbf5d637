import { hash, timingSafeEqual } from 'node:crypto';
import { BASE62, randomText } from './ids.ts';

/** `account` speaks to the control plane, `workspace` to the proxy; each is refused by the other. */
export type KeyKind = 'account' | 'workspace';

const MARKERS: Readonly<Record<KeyKind, string>> = { account: 'rb_', workspace: 'rb_ws_' };
/** 256 bits in all; 202 of them are left secret by the public beginning. */
const BODY_LENGTH = 43;
const PUBLIC_LENGTH = 9;
const FORM = new RegExp(`^(rb_(ws_)?[0-9A-Za-z]{${PUBLIC_LENGTH}})[0-9A-Za-z]{${BODY_LENGTH - PUBLIC_LENGTH}}$`);
const NO_HASH = new Uint8Array(32);

export interface MintedKey {
  /** Shown once, kept nowhere. */
  readonly key: string;
  /** The public beginning, by which the key is found. */
  readonly prefix: string;
  /** SHA-256 of the whole key: what is stored. */
  readonly hash: Uint8Array;
}

/** What is stored of a key. */
export interface StoredKey {
  readonly hash: Uint8Array;
  /** Null for a key of the control plane. */
  readonly workspaceId: string | null;
}

export interface ParsedKey {
  readonly kind: KeyKind;
  readonly prefix: string;
}

export function mintKey(kind: KeyKind): MintedKey {
  const marker = MARKERS[kind];
  const key = marker + randomText(BASE62, BODY_LENGTH);
  return { key, prefix: key.slice(0, marker.length + PUBLIC_LENGTH), hash: hashKey(key) };
}

/** What text has the form of a key says about it; undefined for every other text. */
export function parseKey(presented: string): ParsedKey | undefined {
  const form = FORM.exec(presented);
  if (form?.[1] === undefined) return undefined;
  return { kind: form[2] === undefined ? 'account' : 'workspace', prefix: form[1] };
}

/** `key_preview` of `GET /api-keys`: tells keys apart, and is of no use to a caller. */
export function previewKey(prefix: string): string {
  return `${prefix}...`;
}

/** SHA-256. The keys are long and random, so a slow hash would protect nothing more. */
export function hashKey(key: string): Uint8Array {
  return hash('sha256', key, 'buffer');
}

/** Compares in constant time. */
export function matchesKey(presented: string, apiKey: Pick<StoredKey, 'hash'>): boolean {
  const stored = apiKey.hash.length === NO_HASH.length ? apiKey.hash : NO_HASH;
  return timingSafeEqual(hashKey(presented), stored);
}

/**
 * The key that a caller presents, and whose it is, or undefined. Looks up and compares for an unknown key as for a known one, so that
 * time does not tell which prefixes exist.
 */
export async function authenticate<Found extends { readonly key: StoredKey }>(
  store: { findApiKey(prefix: string): Promise<Found | undefined> },
  presented: string,
): Promise<Found | undefined> {
  const parsed = parseKey(presented);
  if (parsed === undefined) return undefined;
  const found = await store.findApiKey(parsed.prefix);
  const matches = matchesKey(presented, found?.key ?? { hash: NO_HASH });
  return matches && found !== undefined && toKind(found.key) === parsed.kind ? found : undefined;
}

function toKind(apiKey: StoredKey): KeyKind {
  return apiKey.workspaceId === null ? 'account' : 'workspace';
}

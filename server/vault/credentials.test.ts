import { describe, expect, it } from 'vitest';
import type { ApiKey, ApiKeyWithOwner } from '../resources/api-keys/sql.ts';
import { authenticate, hashKey, type MintedKey, matchesKey, mintKey, parseKey, previewKey } from './credentials.ts';

const row = (minted: MintedKey, workspaceId: string | null): ApiKey => ({
  id: 'key',
  accountId: 'acct-1',
  workspaceId,
  name: 'test',
  prefix: minted.prefix,
  hash: minted.hash,
  createdAt: 0,
  lastUsedAt: null,
});
const ACCOUNT: ApiKeyWithOwner['account'] = {
  id: 'acct-1',
  name: 'test',
  plan: 'pro',
  monthlyCreditsMicro: null,
  balance: { remainingMicro: 0n, month: '2026-01' },
  aiDefaults: { mode: null, provider: null, model: null, modelProvider: null },
  createdAt: 0,
};
/** A store that knows the given keys and notes what it is asked. */
function storeWith(...keys: readonly ApiKey[]) {
  const asked: string[] = [];
  return {
    asked,
    async findApiKey(prefix: string) {
      asked.push(prefix);
      const key = keys.find((key) => key.prefix === prefix);
      return key && { key, account: ACCOUNT, workspace: null };
    },
  };
}

describe('minting', () => {
  it('marks account and workspace keys apart', () => {
    expect(mintKey('account').key).toMatch(/^rb_[0-9A-Za-z]{43}$/);
    expect(mintKey('workspace').key).toMatch(/^rb_ws_[0-9A-Za-z]{43}$/);
  });

  it('keeps 190 bits or more behind the public beginning', () => {
    for (const kind of ['account', 'workspace'] as const) {
      const { key, prefix } = mintKey(kind);
      expect(key.startsWith(prefix)).toBe(true);
      expect((key.length - prefix.length) * Math.log2(62)).toBeGreaterThanOrEqual(190);
    }
  });

  it('never repeats a key or its beginning', () => {
    const minted = Array.from({ length: 2000 }, () => mintKey('account'));
    expect(new Set(minted.map((key) => key.prefix)).size).toBe(2000);
  });
});

describe('the form of a key', () => {
  it('gives away kind and prefix', () => {
    for (const kind of ['account', 'workspace'] as const) {
      const { key, prefix } = mintKey(kind);
      expect(parseKey(key)).toEqual({ kind, prefix });
      expect(previewKey(prefix)).toBe(`${prefix}...`);
    }
  });

  const { key } = mintKey('account');
  it.each([
    ['nothing', ''],
    ['the placeholder of the SDKs', 'managed-by-rigbox'],
    ['another marker', key.replace('rb_', 'sk_')],
    ['one symbol less', key.slice(0, -1)],
    ['one symbol more', `${key}a`],
    ['a line feed at the end', `${key}\n`],
    ['a space before', ` ${key}`],
    ['a symbol outside the alphabet', `${key.slice(0, -1)}-`],
    ['the wrong case of the marker', key.replace('rb_', 'RB_')],
  ])('is refused for %s', (_, text) => {
    expect(parseKey(text)).toBeUndefined();
  });
});

describe('authentication', () => {
  it('finds the key that was presented', async () => {
    const minted = mintKey('account');
    const apiKey = row(minted, null);
    expect((await authenticate(storeWith(apiKey), minted.key))?.key).toBe(apiKey);
  });

  it('refuses another key with the same beginning', async () => {
    const minted = mintKey('account');
    const forged = minted.key.slice(0, -1) + (minted.key.endsWith('a') ? 'b' : 'a');
    expect(await authenticate(storeWith(row(minted, null)), forged)).toBeUndefined();
  });

  it('looks an unknown key up once, as it does a known one', async () => {
    const store = storeWith();
    const { key, prefix } = mintKey('workspace');
    expect(await authenticate(store, key)).toBeUndefined();
    expect(store.asked).toEqual([prefix]);
  });

  it('never asks the store for text that is no key', async () => {
    const store = storeWith();
    expect(await authenticate(store, "' OR 1=1 --")).toBeUndefined();
    expect(store.asked).toEqual([]);
  });

  it('refuses a key whose kind is not that of its row', async () => {
    const minted = mintKey('account');
    expect(await authenticate(storeWith(row(minted, 'ws-1')), minted.key)).toBeUndefined();
  });

  it('matches the whole key only, and nothing against a damaged hash', () => {
    const { key } = mintKey('account');
    expect(matchesKey(key, { hash: hashKey(key) })).toBe(true);
    expect(matchesKey(key.slice(0, -1), { hash: hashKey(key) })).toBe(false);
    expect(matchesKey(key, { hash: new Uint8Array(5) })).toBe(false);
  });
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedKey } from './sealing.ts';
import { createVault, sealingSecret, VaultError } from './sealing.ts';

const secret = sealingSecret(randomBytes(32));
const vault = createVault({ current: secret });
const plaintext = 'sk-test-0123456789';

/** The sealed key with one bit turned over in one of its parts. */
function altered(sealed: SealedKey, part: 'nonce' | 'ciphertext' | 'tag'): SealedKey {
  const bytes = Uint8Array.from(sealed[part]);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...sealed, [part]: bytes };
}

describe('the vault', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (workspaceId, text) => {
        expect(vault.open(workspaceId, vault.seal(workspaceId, text))).toBe(text);
      }),
    );
  });

  it('seals the same key differently each time, and shows nothing of it', () => {
    const [one, two] = [vault.seal('ws-1', plaintext), vault.seal('ws-1', plaintext)];
    expect(one.nonce).not.toEqual(two.nonce);
    expect(one.ciphertext).not.toEqual(two.ciphertext);
    expect(Buffer.from(one.ciphertext).includes(plaintext.slice(0, 4))).toBe(false);
  });

  it.each(['nonce', 'ciphertext', 'tag'] as const)(
    'refuses an altered %s, also after it opened the true one',
    (part) => {
      const sealed = vault.seal('ws-1', plaintext);
      expect(vault.open('ws-1', sealed)).toBe(plaintext);
      expect(() => vault.open('ws-1', altered(sealed, part))).toThrow(VaultError);
    },
  );

  it('refuses a key that was sealed for another workspace', () => {
    const sealed = vault.seal('ws-1', plaintext);
    vault.open('ws-1', sealed);
    expect(() => vault.open('ws-2', sealed)).toThrow('another workspace');
  });

  it('refuses a tag that was cut short', () => {
    const sealed = vault.seal('ws-1', plaintext);
    expect(() => vault.open('ws-1', { ...sealed, tag: sealed.tag.slice(0, 4) })).toThrow(VaultError);
  });

  it('opens with the previous secret after a rotation, and seals with the current one', () => {
    const next = sealingSecret(randomBytes(32));
    const rotated = createVault({ current: next, previous: [secret] });
    expect(rotated.open('ws-1', vault.seal('ws-1', plaintext))).toBe(plaintext);
    expect(rotated.seal('ws-1', plaintext).keyId).toBe(next.id);
  });

  it('says which secret is missing, without the key or a secret', () => {
    const other = sealingSecret(randomBytes(32));
    const otherVault = createVault({ current: other });
    expect(() => otherVault.open('ws-1', vault.seal('ws-1', plaintext))).toThrow(
      `no secret key with id ${secret.id} to open a stored provider key; there are: ${other.id}`,
    );
  });

  it.each([0, 1, 1000])('opens many keys with a memory for %i', (openedKeys) => {
    const small = createVault({ current: secret, openedKeys });
    const keys = Array.from({ length: 20 }, (_, index) => ({ id: `ws-${index}`, text: `key ${index}` }));
    const sealed = keys.map(({ id, text }) => ({ id, text, sealed: small.seal(id, text) }));
    for (const key of [...sealed, ...sealed]) expect(small.open(key.id, key.sealed)).toBe(key.text);
  });
});

describe('a sealing secret', () => {
  it('has an id that depends on it alone', () => {
    expect(sealingSecret(secret.secret).id).toBe(secret.id);
    expect(sealingSecret(randomBytes(32)).id).not.toBe(secret.id);
    expect(secret.id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is refused unless it has 32 bytes', () => {
    expect(() => sealingSecret(randomBytes(31))).toThrow(RangeError);
  });
});

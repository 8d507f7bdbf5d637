import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../platform/config.ts';
import { createKeyPair, keyFingerprint, publicKeyFrom, publicKeyText, readPrivateKey, readPublicKey } from './keys.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rigkit-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, 'key.pem');
  await writeFile(path, content);
  return path;
}

const pair = createKeyPair();
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const locked = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

describe('the keys of certificates', () => {
  it('are read as they were made, and name the same public half', async () => {
    const signing = await readPrivateKey(await file(pair.privateKey));
    const verifying = await readPublicKey(await file(pair.publicKey));
    expect(publicKeyText(signing)).toBe(publicKeyText(verifying));
    expect(pair.publicKey.replace(/-----.*-----|\n/g, '')).toBe(publicKeyText(verifying));
  });

  it('have a fingerprint that people can compare', () => {
    expect(keyFingerprint(pair.publicKey.replace(/-----.*-----|\n/g, ''))).toMatch(/^SHA256:[0-9a-f]{64}$/);
  });

  it.each([
    ['a public key', pair.publicKey],
    ['a key of another kind', rsa.privateKey],
    ['a key with a passphrase', locked],
    ['no key', 'hello'],
  ])('do not sign with %s, and show nothing of it', async (_, content) => {
    const error = await readPrivateKey(await file(content)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(/^\S+key\.pem holds no Ed25519 private key/);
  });

  it.each([
    ['a private key', pair.privateKey],
    ['a key of another kind', rsa.publicKey],
    ['no key', 'hello'],
  ])('do not verify with %s', async (_, content) => {
    await expect(readPublicKey(await file(content))).rejects.toThrow(/holds no Ed25519 public key/);
  });

  it('are not there where the file is not', async () => {
    await expect(readPrivateKey(join(folder, 'nowhere'))).rejects.toThrow(/cannot read .*nowhere \(ENOENT\)/);
  });

  it('are not read from a certificate in another spelling, or of another kind', () => {
    const text = pair.publicKey.replace(/-----.*-----|\n/g, '');
    expect(publicKeyFrom(text)?.asymmetricKeyType).toBe('ed25519');
    expect(publicKeyFrom(`${text}\n`)).toBeUndefined();
    expect(publicKeyFrom(rsa.publicKey.replace(/-----.*-----|\n/g, ''))).toBeUndefined();
    expect(publicKeyFrom('')).toBeUndefined();
  });
});

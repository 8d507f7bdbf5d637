import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../platform/config.ts';

/** A new Ed25519 key pair, as PEM: PKCS #8 and SPKI. */
export function createKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/** Reads the key that signs. Throws a `ConfigError`, which shows nothing of the file, where it holds none. */
export async function readPrivateKey(file: string): Promise<KeyObject> {
  const pem = await readPem(file);
  return readKey(
    () => createPrivateKey(pem),
    `${file} holds no Ed25519 private key in PEM form without a passphrase`,
    'rigkit conformance keygen makes one',
  );
}

/** Reads a key that signatures are held against. Throws a `ConfigError` where the file holds none. */
export async function readPublicKey(file: string): Promise<KeyObject> {
  const pem = await readPem(file);
  const problem = `${file} holds no Ed25519 public key in PEM form`;
  const hint = 'give the file whose first line says BEGIN PUBLIC KEY';
  // The public key could be made from a private one, but who checks certificates has no business with that.
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) throw new ConfigError(problem, hint);
  return readKey(() => createPublicKey(pem), problem, hint);
}

/** The public half as a certificate has it. */
export function publicKeyText(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** The key that a certificate names; undefined where it is none, or not written in the one way there is. */
export function publicKeyFrom(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' && publicKeyText(key) === text ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What people compare keys by. */
export function keyFingerprint(publicKey: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')}`;
}

async function readPem(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`cannot read ${file} (${error.code ?? error.message})`, 'name the file of the key');
  });
}

function readKey(read: () => KeyObject, problem: string, hint: string): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What the library says may show a part of the file; the problem says enough.
  }
  throw new ConfigError(problem, hint);
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** SHA-256 of the bundled documents, in hexadecimal: what `sha256sum generated/*.json` prints. */
export interface ContractDigest {
  readonly controlPlane: string;
  readonly managedProxy: string;
}

/** Of the contract that this suite holds platforms to, every requirement included. */
export function contractDigest(): ContractDigest {
  return { controlPlane: digestOf('control-plane.json'), managedProxy: digestOf('managed-proxy.json') };
}

function digestOf(file: string): string {
  const document = readFileSync(new URL(`../../generated/${file}`, import.meta.url));
  return createHash('sha256').update(document).digest('hex');
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { accountNames, type Config, type Price, providerNames } from '../platform/config.ts';

/** What canonical JSON is defined for here: no null, no boolean, no fraction. */
export type Canonical = string | number | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * The one way to write a value, which digests and signatures are made of: no white space, keys in the order of their
 * UTF-16 code units, strings with the shortest escapes that JSON has, integers in decimal. For such values it is what RFC
 * 8785 writes. Throws on anything else: a value that two programs might write differently must not be signed.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') return canonicalInteger(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) throw new TypeError(`canonical JSON has no ${String(value)}`);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${canonicalString(key)}:${canonicalJson(item)}`).join(',')}}`;
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no half of a surrogate pair');
  return JSON.stringify(text);
}

function canonicalInteger(number: number): string {
  if (!Number.isSafeInteger(number)) throw new TypeError(`canonical JSON has no ${number}: only safe integers`);
  return String(number === 0 ? 0 : number);
}

/**
 * SHA-256, in hexadecimal, of what the run was configured with, without its secrets: in the place of a key stands that
 * there is one. Two runs with the same digest held the platform to the same prices, accounts and addresses.
 */
export function configDigest(config: Config): string {
  return createHash('sha256')
    .update(canonicalJson(publicConfig(config)))
    .digest('hex');
}

/** Whatever is not named here is left out: a field added to the configuration is secret until it says otherwise. */
function publicConfig(config: Config): Canonical {
  return {
    controlPlane: config.controlPlane.baseUrl,
    proxy: config.proxy?.baseUrl ?? '',
    accounts: accountNames.map((name) => {
      const { apiKey, workspaceId, proxyHeaders } = config.accounts[name] ?? {};
      const headers = Object.keys(proxyHeaders ?? {}).map((header) => header.toLowerCase());
      return { name, apiKey: presence(apiKey), workspaceId: workspaceId ?? '', proxyHeaders: headers.sort() };
    }),
    stub: config.stub === undefined ? '' : 'listen' in config.stub ? config.stub.listen : config.stub.url,
    providerKeys: providerNames.filter((name) => config.providerKeys?.[name] !== undefined),
    prices: Object.fromEntries(Object.entries(config.prices ?? {}).map(([model, price]) => [model, decimals(price)])),
    profiles: config.profiles ?? [],
  };
}

function presence(key: string | undefined): Canonical {
  return key === undefined ? 'none' : 'given';
}

/** Fractions of a dollar have no canonical form as numbers: they are written as texts. */
function decimals(price: Price): Canonical {
  const given = Object.entries(price).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([field, value]) => [field, String(value)]));
}

/** SHA-256 of the bundled documents, in hexadecimal: what `sha256sum generated/*.json` prints. */
export interface ContractDigest {
  readonly controlPlane: string;
  readonly managedProxy: string;
}

/** Of the contract that this suite holds platforms to, every requirement included. */
export function contractDigest(): ContractDigest {
  return { controlPlane: digestFile('control-plane.json'), managedProxy: digestFile('managed-proxy.json') };
}

function digestFile(file: string): string {
  const document = readFileSync(new URL(`../../generated/${file}`, import.meta.url));
  return createHash('sha256').update(document).digest('hex');
}

/** The version of the package that this file is part of: `package.json` stands some folders up, compiled or not. */
export function suiteVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const manifest = readManifest(new URL('package.json', folder));
    if (manifest?.name === 'rigkit') return manifest.version;
    if (folder.pathname === '/' || /^\/[A-Za-z]:\/$/.test(folder.pathname)) return 'unknown';
  }
}

function readManifest(file: URL): { readonly name: string; readonly version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

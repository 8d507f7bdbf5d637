import { createHash } from 'node:crypto';
import { accountNames, type Config, type Price, providerNames } from '../platform/config.ts';
import { type Canonical, canonicalJson } from './canonical-json.ts';

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

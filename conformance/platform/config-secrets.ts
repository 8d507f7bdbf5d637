import { createSecrets, type Secrets } from '../http/secrets.ts';
import { accountNames, type Config, providerNames } from './config.ts';

/** Everything in the configuration that a report must not show, under the names that replay lines show instead. */
export function secretsOf(config: Config, named: ReadonlyMap<string, string>): Secrets {
  const secrets = createSecrets();
  const add = (value: string, name: string) => secrets.add(value, named.get(value) ?? name);
  for (const account of accountNames) {
    const { apiKey, proxyHeaders } = config.accounts[account] ?? {};
    const prefix = `RIGKIT_${account.toUpperCase()}`;
    if (apiKey !== undefined) add(apiKey, `${prefix}_API_KEY`);
    for (const value of Object.values(proxyHeaders ?? {})) {
      // The scheme is no secret, and a replay line reads better with it.
      add(/^(?:Bearer|Basic) +(.+)$/i.exec(value)?.[1] ?? value, `${prefix}_PROXY_CREDENTIAL`);
    }
  }
  for (const provider of providerNames) {
    const key = config.providerKeys?.[provider];
    if (key !== undefined) add(key, `RIGKIT_${provider.toUpperCase()}_API_KEY`);
  }
  return secrets;
}

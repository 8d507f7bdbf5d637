import type { Config, ProviderName } from './config.ts';

/** What a check needs from the configuration. What is missing makes its requirement unverified, by name. */
export type Need =
  | 'exhausted-key'
  | 'other-key'
  | 'proxy'
  | 'stub'
  | `price:${ProviderName}`
  | `provider-key:${ProviderName}`;

/** The first thing that is missing, as the sentence that tells what to supply; undefined when nothing is. */
export function missingNeed(config: Config, needs: readonly Need[]): string | undefined {
  return needs.map((need) => missing(config, need)).find((reason) => reason !== undefined);
}

function missing(config: Config, need: Need): string | undefined {
  const { exhausted, other } = config.accounts;
  if (need === 'proxy') return absent(config.proxy, 'proxy');
  if (need === 'stub') return absent(config.stub, 'stub');
  if (need === 'exhausted-key') return absent(exhausted?.apiKey, 'accounts.exhausted.apiKey');
  if (need === 'other-key') return absent(other?.apiKey, 'accounts.other.apiKey');
  const [kind, provider] = need.split(':') as ['price' | 'provider-key', ProviderName];
  if (kind === 'provider-key') return absent(config.providerKeys?.[provider], `providerKeys.${provider}`);
  const priced = Object.values(config.prices ?? {}).some((price) => price.provider === provider);
  return priced ? undefined : `the configuration's \`prices\` name no ${provider} model`;
}

function absent(value: unknown, path: string): string | undefined {
  return value === undefined ? `the configuration does not supply \`${path}\`` : undefined;
}

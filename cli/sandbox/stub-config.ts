import { randomBytes } from 'node:crypto';
import { type StubProviders, type StubSession, startStubProviders } from '../../mocks/providers/index.ts';
import type { Config } from '../../server/config.ts';

type Providers = Config['providers'];

export interface StubbedProviders {
  readonly providers: Providers;
  /** The same stubs in a session of the account, so that scripts for it concern no other account. */
  readonly providersOf: (accountId: string) => Providers;
  /** Undefined where every provider has a real key. */
  readonly stub: StubProviders | undefined;
  /** Whether a call can reach a real provider with a key of the user's. */
  readonly costsMoney: boolean;
}

/**
 * Replaces each of the three providers that has no real key with a stub. The stub's keys are random, and look like real
 * ones, so that tests see a leak of one.
 */
export async function stubProvidersWithoutKey({ providers: given }: Config): Promise<StubbedProviders> {
  if (given.openai.apiKey && given.anthropic.apiKey && given.google.apiKey) {
    return { providers: given, providersOf: () => given, stub: undefined, costsMoney: true };
  }
  const stub = await startStubProviders({ host: '127.0.0.1' });
  const stubKey = (name: string) => `sk-stub-${name}-${randomBytes(12).toString('hex')}`;
  const keys = { openai: stubKey('openai'), anthropic: stubKey('anthropic'), google: stubKey('google') };
  const access = (name: keyof typeof keys, baseUrl: string) =>
    given[name].apiKey ? given[name] : { baseUrl, apiKey: keys[name] };
  const providersAt = ({ openai, anthropic, google }: Omit<StubSession['baseUrls'], 'openrouter'>): Providers => ({
    openai: access('openai', openai),
    anthropic: access('anthropic', anthropic),
    google: access('google', google),
    openrouter: given.openrouter,
  });
  const { openaiBaseUrl: openai, anthropicBaseUrl: anthropic, googleBaseUrl: google } = stub;
  return {
    stub,
    costsMoney: Object.values(given).some(({ apiKey }) => apiKey),
    providers: providersAt({ openai, anthropic, google }),
    providersOf: (accountId) => providersAt(stub.session(accountId).baseUrls),
  };
}

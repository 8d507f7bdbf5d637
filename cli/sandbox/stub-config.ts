import { randomBytes } from 'node:crypto';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import type { Config } from '../../server/config.ts';

export interface StubbedProviders {
  readonly providers: Config['providers'];
  /** Undefined where every provider has a real key. */
  readonly stub: StubProviders | undefined;
}

/**
 * Puts a stub in the place of each of the three providers that has no real key. The stub's keys are made up afresh, and
 * look like what they stand for, so that a leak of one shows.
 */
export async function stubProvidersWithoutKey(config: Config): Promise<StubbedProviders> {
  const { openai, anthropic, google, openrouter } = config.providers;
  if (openai.apiKey && anthropic.apiKey && google.apiKey) return { providers: config.providers, stub: undefined };
  const stub = await startStubProviders({ host: '127.0.0.1' });
  const key = (name: string) => `sk-stub-${name}-${randomBytes(12).toString('hex')}`;
  return {
    stub,
    providers: {
      openai: openai.apiKey ? openai : { baseUrl: stub.openaiBaseUrl, apiKey: key('openai') },
      anthropic: anthropic.apiKey ? anthropic : { baseUrl: stub.anthropicBaseUrl, apiKey: key('anthropic') },
      google: google.apiKey ? google : { baseUrl: stub.googleBaseUrl, apiKey: key('google') },
      openrouter,
    },
  };
}

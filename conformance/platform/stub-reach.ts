import { Unverified } from '../http/errors.ts';
import { aiCall } from './ai-call.ts';
import type { ProviderName } from './config.ts';
import type { ProxyCaller } from './proxy-caller.ts';
import type { StubControl } from './stub-control.ts';

/**
 * Whether a provider's calls reach the stub, asked once a provider and run, with a call of one token. Without it, checks
 * of metering would spend money at a real provider and judge its numbers.
 */
export interface StubReach {
  /** Throws `Unverified` with what was seen instead. */
  require(provider: ProviderName, model: string, caller: () => Promise<ProxyCaller>): Promise<void>;
}

const BASE_PATHS: Readonly<Record<ProviderName, string>> = {
  openai: '/openai/v1',
  anthropic: '/anthropic',
  google: '/google',
};

/** Asks nothing yet: the first check that needs a provider does. */
export function createStubReach(stub: StubControl, runId: string): StubReach {
  const known = new Map<ProviderName, string | undefined>();

  async function probe(provider: ProviderName, model: string, proxy: ProxyCaller): Promise<string | undefined> {
    const marker = `reach ${provider} ${runId}`;
    const { path, body } = aiCall(provider, { model, prompt: marker, maxTokens: 1 });
    const answered = await proxy.shaped(provider).post(path, body);
    const reached = (await stub.calls()).some((call) => call.bodyText.includes(marker));
    if (reached) return undefined;
    const target = `${stub.url}${BASE_PATHS[provider]}`;
    return `calls to ${provider} do not reach the stub (the proxy answered ${answered.answer.status}): set the platform's ${provider} base URL to ${target}`;
  }

  return {
    async require(provider, model, caller) {
      if (!known.has(provider)) known.set(provider, await probe(provider, model, await caller()));
      const reason = known.get(provider);
      if (reason !== undefined) throw new Unverified(reason);
    },
  };
}

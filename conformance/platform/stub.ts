import { type RecordedCall, type ScriptRule, startStubProviders } from '../../mocks/providers/index.ts';
import { Unverified } from '../http/errors.ts';
import { aiCall } from './ai-call.ts';
import type { ProxyCaller } from './callers.ts';
import { type Config, ConfigError, type ProviderName } from './config.ts';

/** A running stub, in this process or in another. */
export interface StubControl {
  /** Where its providers and its control API answer. */
  readonly url: string;
  /** What it received during the run, oldest first. */
  calls(): Promise<readonly RecordedCall[]>;
  /** Queues behaviour for the next matching calls. */
  script(rule: ScriptRule): Promise<void>;
  /** Forgets what happened before the run. Not before it is sure that no other run is at work with the same stub. */
  forget(): Promise<void>;
  /** Ends it, if it was started here. */
  close(): Promise<void>;
}

/** The stub of the configuration: started here, or one that runs already. Throws a `ConfigError` where there is none. */
export async function openStub({ stub }: Config): Promise<StubControl | undefined> {
  if (stub === undefined) return undefined;
  return 'listen' in stub ? startStub(stub.listen) : connectStub(stub.url);
}

async function startStub(listen: string): Promise<StubControl> {
  const colon = listen.lastIndexOf(':');
  const host = listen.slice(0, colon).replace(/^\[|\]$/g, '');
  try {
    const stub = await startStubProviders({ host, port: Number(listen.slice(colon + 1)) });
    return {
      url: stub.url,
      calls: async () => stub.calls,
      script: async (rule) => stub.script(rule),
      forget: async () => {},
      close: stub.close,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ConfigError(
      `stub.listen: cannot listen on ${listen} (${code})`,
      code === 'EADDRINUSE' ? 'end what listens there, or choose another port' : 'name an address of this machine',
    );
  }
}

/** A stub that another process runs, such as the sandbox's, by its control API. */
async function connectStub(url: string): Promise<StubControl> {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_stub/${path}`, {
      method,
      signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} /_stub/${path} answered ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  };
  try {
    await control('GET', 'calls');
  } catch (error) {
    const reason = error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.message) : '';
    throw new ConfigError(
      `stub.url: no stub answers at ${url} (${reason})`,
      'start it, or let the suite start its own with stub.listen',
    );
  }
  return {
    url,
    calls: async () => ((await control('GET', 'calls')) as { calls: readonly RecordedCall[] }).calls,
    script: async (rule) => void (await control('POST', 'scripts', rule)),
    async forget() {
      await control('DELETE', 'calls');
      await control('DELETE', 'scripts');
    },
    close: async () => {},
  };
}

const CONTROL_TIMEOUT_MS = 5_000;

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
    return `calls to ${provider} do not reach the stub (the proxy answered ${answered.response.status}): set the platform's ${provider} base URL to ${target}`;
  }

  return {
    async require(provider, model, caller) {
      if (!known.has(provider)) known.set(provider, await probe(provider, model, await caller()));
      const reason = known.get(provider);
      if (reason !== undefined) throw new Unverified(reason);
    },
  };
}

/**
 * The stub as one check sees it: only the calls whose body holds the check's marker, so that other traffic of the
 * platform under test disturbs nothing.
 */
export interface ProviderStub {
  /** How the next call of this check is answered; further rules are used one call after the other. */
  script(respond: ScriptRule['respond'], times?: number): Promise<void>;
  /** What has arrived with the check's marker, oldest first. */
  calls(): Promise<readonly RecordedCall[]>;
  /** Everything that arrived since the check asked for the stub: for calls that have no body. */
  callsSinceStart(): Promise<readonly RecordedCall[]>;
  /** Sends a recorded call once more, straight to the stub: what the provider itself answers. Resolves to the body. */
  replay(call: RecordedCall, respond: ScriptRule['respond']): Promise<string>;
}

/** The stub for the check whose prompts hold this marker. */
export async function stubFor(stub: StubControl, marker: string): Promise<ProviderStub> {
  const before = new Set((await stub.calls()).map((call) => call.id));
  const script: ProviderStub['script'] = (respond, times = 1) =>
    stub.script({ match: { bodyIncludes: marker }, times, respond });
  return {
    script,
    calls: async () => (await stub.calls()).filter((call) => call.bodyText.includes(marker)),
    callsSinceStart: async () => (await stub.calls()).filter((call) => !before.has(call.id)),
    async replay(call, respond) {
      await script(respond);
      const headers = { 'content-type': 'application/json', authorization: 'Bearer replay' };
      const response = await fetch(`${stub.url}${call.path}`, { method: call.method, headers, body: call.bodyText });
      return response.text();
    },
  };
}

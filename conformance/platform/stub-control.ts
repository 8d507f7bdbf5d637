import { type RecordedCall, type ScriptRule, startStubProviders } from '../../mocks/providers/index.ts';
import { type Config, ConfigError } from './config.ts';

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

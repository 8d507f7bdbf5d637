import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import type { MeteringStore } from '../../server/ledger/port.ts';
import {
  type CallOutcome,
  createPriceSource,
  type MeteringProxyOptions,
  meteringProxy,
  type ProxyWorkspace,
} from '../../server/proxy/index.ts';
import type { Store } from '../../server/store.ts';
import { openSqliteStore } from '../../server/store.ts';
import { useFixture } from './fixture.ts';
import { until } from './wait.ts';

/** The platform's keys, each recognisable in whatever it should not be in. */
export const PLATFORM_KEYS = {
  openai: 'sk-platform-openai-5f2c9e71',
  anthropic: 'sk-ant-platform-77ab31c0',
  google: 'AIza-platform-google-90e4',
  openrouter: 'sk-or-platform-2b6d18fa',
} as const;

export const OWN_KEY = 'sk-workspaces-own-key-1d9b';

export interface Caller {
  readonly accountId: string;
  readonly workspaceId: string;
  /** What its SDKs send as their key. */
  readonly key: string;
  remainingMicro(): Promise<bigint>;
}

export interface TestProxy {
  readonly stub: StubProviders;
  readonly store: Store;
  /** The proxy's origin. */
  readonly url: string;
  /** What the proxy reported, oldest first. */
  readonly outcomes: CallOutcome[];
  /** Everything the proxy logged, as text. */
  readonly log: string[];
  /** A new account with these credits, and a workspace. */
  caller(creditsMicro?: bigint, workspace?: Partial<ProxyWorkspace>): Promise<Caller>;
  /** Lets the workspace with this key call from an address too. */
  settle(address: string, key: string): void;
  /** Resolves when the proxy has reported `count` calls since the last test. */
  reported(count?: number): Promise<CallOutcome[]>;
  /** Posts JSON, or the text as it is. */
  post(path: string, caller: Caller | undefined, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Forgets what was reported, logged, called and scripted. */
  forget(): void;
  close(): Promise<void>;
}

export type TestProxyOptions = Partial<Omit<MeteringProxyOptions, 'store' | 'resolveWorkspace'>> & {
  /** Puts something between the proxy and its store. */
  readonly wrapStore?: (store: Store) => MeteringStore;
  /** The file of the store. Default: none, it is in memory. */
  readonly databasePath?: string;
  /** Who makes the proxy. Default: the house. */
  readonly makeProxy?: typeof meteringProxy;
};

/** Microcredits in a dollar's worth of calls: enough for most tests. */
export const PLENTY = 10_000_000_000n;

/**
 * A stub, a store and the proxy on real sockets, for the tests of the block that calls this. Options that need something
 * running are made by a function.
 */
export function useTestProxy(options: TestProxyOptions | (() => Promise<TestProxyOptions>) = {}): TestProxy {
  return useFixture(
    async () => startTestProxy(typeof options === 'function' ? await options() : options),
    (proxy) => proxy.forget(),
    (proxy) => proxy.close(),
  );
}

export async function startTestProxy({
  wrapStore = (store) => store,
  databasePath = ':memory:',
  makeProxy = meteringProxy,
  ...options
}: TestProxyOptions = {}): Promise<TestProxy> {
  const stub = await startStubProviders();
  const store = await openSqliteStore({ path: databasePath });
  const workspaces = new Map<string, ProxyWorkspace>();
  const outcomes: CallOutcome[] = [];
  const log: string[] = [];
  const line = (fields: object, message: string) => log.push(`${message} ${inspect(fields)}`);
  const proxy = makeProxy({
    prices: createPriceSource(),
    providers: {
      openai: { baseUrl: stub.openaiBaseUrl, apiKey: PLATFORM_KEYS.openai },
      anthropic: { baseUrl: stub.anthropicBaseUrl, apiKey: PLATFORM_KEYS.anthropic },
      google: { baseUrl: stub.googleBaseUrl, apiKey: PLATFORM_KEYS.google },
    },
    logger: { info: line, warn: line, error: line },
    keptIds: { keep: store.keepProviderIds, find: store.findProviderIds },
    ...options,
    ...(options.providers && { providers: pointAtStub(options.providers, stub) }),
    store: wrapStore(store),
    resolveWorkspace: async (credential) =>
      workspaces.get(credential.kind === 'key' ? credential.key : credential.address),
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  const app = express();
  app.use(proxy);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let callers = 0;

  return {
    stub,
    store,
    url,
    outcomes,
    log,
    async caller(creditsMicro = PLENTY, workspace = {}) {
      callers += 1;
      const accountId = `acct-${callers}`;
      const workspaceId = `ws-${callers}`;
      const key = `wk-caller-${callers}-a81f`;
      await createAccount(store, accountId, workspaceId, creditsMicro);
      workspaces.set(key, {
        accountId,
        workspaceId,
        mode: 'managed',
        provider: 'openai',
        model: 'gpt-4o-mini',
        byokKey: null,
        ...workspace,
      });
      const remainingMicro = async () => (await store.credits(accountId, Date.now())).remainingMicro;
      return { accountId, workspaceId, key, remainingMicro };
    },
    settle(address, key) {
      const workspace = workspaces.get(key);
      if (workspace !== undefined) workspaces.set(address, workspace);
    },
    async reported(count = 1) {
      await until(
        () => outcomes.length >= count,
        () => `the proxy has reported ${outcomes.length} calls`,
      );
      return outcomes;
    },
    post: (path, caller, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(caller && { authorization: `Bearer ${caller.key}` }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    forget() {
      outcomes.length = 0;
      log.length = 0;
      stub.reset();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await proxy.close();
      await store.close();
      await stub.close();
    },
  };
}

/** Base URLs of `stub:` stand for the stub's. */
function pointAtStub(providers: MeteringProxyOptions['providers'], stub: StubProviders) {
  const own = {
    openai: stub.openaiBaseUrl,
    anthropic: stub.anthropicBaseUrl,
    google: stub.googleBaseUrl,
    openrouter: stub.openrouterBaseUrl,
  };
  return Object.fromEntries(
    Object.entries(providers).map(([name, access]) => [
      name,
      access?.baseUrl === 'stub:' ? { ...access, baseUrl: own[name as keyof typeof own] } : access,
    ]),
  );
}

async function createAccount(store: Store, accountId: string, workspaceId: string, creditsMicro: bigint) {
  const now = Date.now();
  await store.createAccount({ id: accountId, name: accountId, plan: 'free', monthlyCreditsMicro: creditsMicro }, now);
  const machine = { ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
  const about = { name: workspaceId, image: 'ubuntu', templateId: null };
  await store.createWorkspace({ id: workspaceId, accountId, ...about, ...machine }, now);
}

/** What is left open for a caller's account, and why. */
export async function readOpenHolds(store: Pick<Store, 'openHolds'>, { accountId }: Pick<Caller, 'accountId'>) {
  return (await store.openHolds()).filter((hold) => hold.accountId === accountId);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function inspect(fields: object): string {
  return JSON.stringify(fields, (_key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Error ? `${value.name}: ${value.message}` : value;
  });
}

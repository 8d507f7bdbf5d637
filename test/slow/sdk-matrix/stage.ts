import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoName } from '../../../cli/sandbox-file.ts';
import type { RecordedCall, ScriptRule } from '../../../mocks/providers/index.ts';
import { loadConfig } from '../../../server/config.ts';
import { createLogger } from '../../../server/http/log.ts';
import { createPlatform, type Platform } from '../../../server/index.ts';
import type { AccountBooks, OpenHold } from '../../../server/ledger/audit.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';
import type { Scenario } from './scenarios.ts';
import type { Driver } from './sdks/driver.ts';

/** A workspace as its SDK's user knows it, and the key that a provider must be called with on its behalf. */
export interface Caller {
  readonly account: DemoName;
  readonly workspaceId: string;
  readonly key: string;
  readonly providerKey: RegExp;
}

/** What the platform says about a caller's account and workspace. */
export interface Standing {
  readonly remainingMicro: bigint;
  readonly usage: Counted;
  readonly openHolds: readonly OpenHold[];
}

/** What a workspace's settled calls add up to. */
export interface Counted {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicro: bigint;
}

export interface Stage {
  /** The proxy that a driver calls. */
  proxyFor(driver: Driver): string;
  caller(who: Scenario['caller'], driver: Driver): Promise<Caller>;
  /** Forgets the stub's calls and scripts, and queues these. */
  script(...rules: readonly ScriptRule[]): Promise<void>;
  stubCalls(): Promise<readonly RecordedCall[]>;
  /** Waits for calls under way, whose SDK may have given up before them. */
  standing(caller: Caller): Promise<Standing>;
  books(): Promise<readonly AccountBooks[]>;
  close(): Promise<void>;
}

const OPENROUTER_KEY = 'sk-or-platform-6c04d1';
const LONGEST_WAIT_MS = 15_000;
/** For all calls together, many times what is usual: a proxy that hangs must not hang the matrix for long. */
const LONGEST_RUN_MS = 300_000;

/**
 * The sandbox as a user starts it, and beside it a second proxy on the same database whose platform has an OpenRouter key:
 * the one thing that the matrix needs and the sandbox does not stub. Without a URL, that is the sandbox's own file.
 */
export async function startStage(databaseUrl: string | undefined): Promise<Stage> {
  const database = databaseUrl === undefined ? {} : { RIGKIT_DATABASE_URL: databaseUrl };
  const sandbox = await startTestSandbox(database);
  const { stub } = sandbox;
  if (stub === null) throw new Error('the sandbox has no stub providers');
  const platform = await platformWithOpenRouter(sandbox, stub, database);
  const { proxy: openRouterProxy } = await platform.listen();
  const own = await createOwnKeyWorkspace(sandbox);
  const startedAt = Date.now();

  async function caller(who: Scenario['caller'], { provider, behind }: Driver): Promise<Caller> {
    if (who === 'byok') return { ...own, account: 'exhausted', providerKey: await own.useKeyOf(provider) };
    const { workspace_id: workspaceId, workspace_key: key } = sandbox.accounts[who];
    const providerKey = behind === 'openrouter' ? exactly(OPENROUTER_KEY) : new RegExp(`^sk-stub-${provider}-`);
    return { account: who, workspaceId, key, providerKey };
  }

  return {
    proxyFor: ({ behind }) => (behind === 'openrouter' ? openRouterProxy : sandbox.proxy),
    caller,
    async script(...rules) {
      if (Date.now() > startedAt + LONGEST_RUN_MS) throw new Error(`the matrix takes more than ${LONGEST_RUN_MS} ms`);
      await control('DELETE', 'calls');
      await control('DELETE', 'scripts');
      await control('POST', 'scripts', rules);
    },
    stubCalls: sandbox.stubCalls,
    async standing(of) {
      const openHolds = await settledHolds();
      return {
        remainingMicro: BigInt(await sandbox.remainingMicro(of.account)),
        usage: await countedFor(sandbox, of),
        openHolds: openHolds.filter(({ workspaceId }) => workspaceId === of.workspaceId),
      };
    },
    books: () => platform.store.books(),
    async close() {
      await platform.close();
      await sandbox.close();
    },
  };

  async function control(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${stub}/_stub/${path}`, { method, body: body ? JSON.stringify(body) : null });
    if (!response.ok) throw new Error(`the stub answered ${response.status}: ${await response.text()}`);
  }

  async function settledHolds(): Promise<readonly OpenHold[]> {
    for (const deadline = Date.now() + LONGEST_WAIT_MS; Date.now() < deadline; await sleep(5)) {
      const holds = await platform.store.openHolds();
      if (holds.every(({ state }) => state === 'uncertain')) return holds;
    }
    throw new Error('a call is still under way');
  }
}

function platformWithOpenRouter(
  sandbox: TestSandbox,
  stub: string,
  database: Readonly<Record<string, string>>,
): Promise<Platform> {
  const config = loadConfig(
    {},
    {
      RIGKIT_PORT: '0',
      RIGKIT_PROXY_PORT: '0',
      RIGKIT_DATA_DIR: sandbox.dataDir,
      RIGKIT_SECRET_KEY: readFileSync(join(sandbox.dataDir, 'secret.key'), 'utf8'),
      RIGKIT_OPENAI_BASE_URL: `${stub}/openai/v1`,
      RIGKIT_OPENROUTER_BASE_URL: `${stub}/openrouter/v1`,
      RIGKIT_OPENROUTER_API_KEY: OPENROUTER_KEY,
      ...database,
    },
  );
  return createPlatform(config, { logger: createLogger({ level: 'silent' }) });
}

/** A workspace that pays its provider itself, in the account that has no credits left. */
async function createOwnKeyWorkspace(sandbox: TestSandbox) {
  const client = sandbox.as('exhausted');
  const { data } = await client.POST('/workspaces', { body: { name: 'own-key' } });
  if (data?.workspace_key === undefined) throw new Error('no workspace was created');
  const workspaceId = data.vm.id;
  return {
    workspaceId,
    key: data.workspace_key,
    /** Stores a key never seen before, so that no call can be right by an earlier one's key. */
    async useKeyOf(provider: Driver['provider']): Promise<RegExp> {
      const key = `sk-own-${provider}-${randomUUID()}`;
      const { response } = await client.PUT('/workspaces/{id}/ai-config', {
        params: { path: { id: workspaceId } },
        body: { mode: 'byok', provider, api_key: key },
      });
      if (!response.ok) throw new Error(`ai-config answered ${response.status}`);
      return exactly(key);
    },
  };
}

async function countedFor(sandbox: TestSandbox, { account, workspaceId }: Caller): Promise<Counted> {
  const { data } = await sandbox.as(account).GET('/users/me/ai-usage');
  const row = data?.by_workspace.find((candidate) => candidate.workspace_id === workspaceId);
  return {
    requests: row?.requests ?? 0,
    inputTokens: row?.input_tokens ?? 0,
    outputTokens: row?.output_tokens ?? 0,
    costMicro: BigInt(row?.credits_micro ?? 0),
  };
}

/** Keys are made of letters, digits and hyphens. */
function exactly(key: string): RegExp {
  return new RegExp(`^${key}$`);
}

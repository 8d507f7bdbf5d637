import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformanceConfig } from '../../cli/sandbox/conformance-config.ts';
import { createDemoAccounts, type DemoAccounts } from '../../cli/sandbox/demo-data.ts';
import type { DemoAccount } from '../../cli/sandbox-file.ts';
import type { ConformanceConfig } from '../../conformance/index.ts';
import { readPointer } from '../../contract/json-pointer.ts';
import { type Resource, resources } from '../../generated/resources.ts';
import { startStubProviders } from '../../mocks/providers/index.ts';
import { loadConfig } from '../../server/config.ts';
import { databaseFile } from '../../server/database/database.ts';
import { createLogger } from '../../server/http/log.ts';
import { createPlatform } from '../../server/index.ts';
import type { Store } from '../../server/store.ts';
import { startFront } from './front.ts';
import type { Mutation } from './message.ts';

/** Where a mutation can sit. Each seam stands outside of the platform, which has no switch for being broken. */
export interface Seams {
  /** Before the control plane. */
  readonly controlPlane?: Mutation;
  /** Before the managed AI proxy. */
  readonly proxy?: Mutation;
  /** Between the platform and the stub providers. */
  readonly provider?: Mutation;
  /** In the place of some of the store's methods; `databasePath` is for what no method can commit. */
  readonly store?: (store: Store, databasePath: string) => Partial<Store>;
}

/** A good platform in this process with its stub providers, and seams around it. */
export interface ReferencePlatform {
  /** What the suite is told: it sees the platform through the fronts. */
  readonly config: ConformanceConfig;
  /** Sits these mutations into the seams, in the place of those before; none makes it a good platform again. */
  use(seams: Seams): void;
  /** Takes away what runs have left behind, past all mutations: as it was when it started. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What the platform's own provider keys begin with: a mutation tells them from workspaces' keys by it. */
export const MANAGED_KEY_PREFIX = 'sk-managed-';

/** The sandbox's parts, put together with a front before each. `settings` are `RIGKIT_` variables. */
export async function startReferencePlatform(
  settings: Readonly<Record<string, string>> = {},
): Promise<ReferencePlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-platform-'));
  const stub = await startStubProviders();
  const providers = await startFront(stub.url);
  const key = () => `${MANAGED_KEY_PREFIX}${randomBytes(12).toString('hex')}`;
  const config = loadConfig({
    RIGKIT_PORT: '0',
    RIGKIT_PROXY_PORT: '0',
    RIGKIT_DATA_DIR: dataDir,
    RIGKIT_RATE_LIMITS: 'off',
    RIGKIT_SECRET_KEY: randomBytes(32).toString('base64'),
    RIGKIT_OPENAI_BASE_URL: `${providers.url}/openai/v1`,
    RIGKIT_OPENAI_API_KEY: key(),
    RIGKIT_ANTHROPIC_BASE_URL: `${providers.url}/anthropic`,
    RIGKIT_ANTHROPIC_API_KEY: key(),
    RIGKIT_GOOGLE_BASE_URL: `${providers.url}/google`,
    RIGKIT_GOOGLE_API_KEY: key(),
    ...settings,
  });
  const platform = await createPlatform(config, { logger: createLogger({ level: 'silent' }) });
  const good = { ...platform.store };
  const urls = await platform.listen();
  const accounts = await createDemoAccounts(good, urls.controlPlane);
  const controlPlane = await startFront(urls.controlPlane);
  const proxy = await startFront(urls.proxy);
  const [balances, kept] = [await readBalances(good, accounts), await listOwned(urls.controlPlane, accounts)];
  const seen = { control_plane: controlPlane.url, proxy: proxy.url, stub: stub.url, accounts };

  return {
    // As it stands in the sandbox's conformance.json.
    config: JSON.parse(JSON.stringify(conformanceConfig(seen, config.providers, platform.prices))),
    use(seams) {
      controlPlane.use(seams.controlPlane);
      proxy.use(seams.proxy);
      providers.use(seams.provider);
      Object.assign(platform.store, good, seams.store?.(good, databaseFile(config.databaseUrl) ?? ''));
    },
    async reset() {
      await deleteOthers(urls.controlPlane, accounts, kept);
      await resetAccounts(good, accounts, balances);
    },
    async close() {
      await Promise.all([controlPlane.close(), proxy.close()]);
      await platform.close();
      await providers.close();
      await stub.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Balances = ReadonlyMap<string, bigint>;

async function readBalances(store: Store, accounts: DemoAccounts): Promise<Balances> {
  const rows = Object.values(accounts).map(async ({ account_id }) => {
    const { remainingMicro } = await store.credits(account_id, Date.now());
    return [account_id, remainingMicro] as const;
  });
  return new Map(await Promise.all(rows));
}

/** Something that an account has: the path that deletes it, and the key to call with. */
interface Owned {
  readonly path: string;
  readonly key: string;
}

/** What the accounts have, of every resource that the contract lists and deletes; what is inside of something else first. */
async function listOwned(controlPlane: string, accounts: DemoAccounts): Promise<readonly Owned[]> {
  const owned = Object.values(accounts).map(async ({ api_key: key, workspace_id }: DemoAccount) => {
    const inWorkspace = (path: string) => path.replace('/workspaces/{id}/', `/workspaces/${workspace_id}/`);
    const lists = Object.values<Resource>(resources).map(async ({ api, parameter, list, delete: removal }) => {
      if (api !== 'control-plane' || !('path' in list) || !('path' in removal)) return [];
      const answer = await fetch(controlPlane + inWorkspace(list.path), {
        headers: { authorization: `Bearer ${key}` },
      });
      const items = readPointer(await answer.json(), list.items) as readonly object[];
      const path = inWorkspace(removal.path);
      return items.map((item) => ({ path: path.replace(`{${parameter}}`, String(readPointer(item, list.id))), key }));
    });
    return (await Promise.all(lists)).flat();
  });
  const depth = ({ path }: Owned) => path.split('/').length;
  return (await Promise.all(owned)).flat().sort((a, b) => depth(b) - depth(a));
}

async function deleteOthers(controlPlane: string, accounts: DemoAccounts, kept: readonly Owned[]): Promise<void> {
  const keptPaths = new Set(kept.map(({ path }) => path));
  const listOthers = async () => (await listOwned(controlPlane, accounts)).filter(({ path }) => !keptPaths.has(path));
  // A list may have further pages.
  for (let others = await listOthers(); others.length > 0; others = await listOthers()) {
    for (const { path, key } of others) {
      const answer = await fetch(controlPlane + path, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${key}` },
      });
      // What was inside of a workspace, or belonged to it, is gone with it.
      if (!answer.ok && answer.status !== 404) throw new Error(`DELETE ${path} answered ${answer.status}`);
    }
  }
}

async function resetAccounts(store: Store, accounts: DemoAccounts, atStart: Balances): Promise<void> {
  const now = Date.now();
  for (const { holdId } of await store.openHolds()) await store.release(holdId, 'left behind', now);
  for (const { account_id, workspace_id } of Object.values(accounts)) {
    const inherited = { mode: null, provider: null, model: null };
    await store.updateAiDefaults(account_id, inherited, now);
    const workspace = await store.getWorkspace(account_id, workspace_id);
    if (workspace !== undefined) await store.updateAiConfig(workspace, { ...inherited, apiKey: null }, now);
    const { remainingMicro } = await store.credits(account_id, now);
    const missing = (atStart.get(account_id) ?? 0n) - remainingMicro;
    if (missing !== 0n) await store.adjustCredits(account_id, missing, 'as at the start', now);
  }
}

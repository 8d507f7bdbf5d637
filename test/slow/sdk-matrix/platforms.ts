import { createControlPlaneClient } from '../../../client/index.ts';
import type { RecordedCall, ScriptRule } from '../../../mocks/providers/index.ts';
import { createOwnKeyTenant, createTenant, PLENTY_MICRO, type Tenant } from '../../harness/accounts.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import { until } from '../../harness/wait.ts';
import type { Scenario } from './scenarios.ts';
import type { Connection, Driver, SdkAnswer, Way } from './sdks/driver.ts';

const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
const PLATFORM_KEYS = { openai: 'sk-soak-openai', anthropic: 'sk-ant-soak', google: 'AIza-soak' };
const OPENROUTER_KEY = 'sk-or-platform-6c04d1';

/** A workspace as its SDK's user knows it, and the key that a provider must be called with on its behalf. */
interface SdkCaller extends Tenant {
  readonly providerKey: string;
}

/** What an SDK's call came to, and what it left behind on the platform and at the stub. */
export interface Seen {
  readonly outcome:
    | { readonly kind: 'answered'; readonly answer: SdkAnswer }
    | { readonly kind: 'raised'; readonly error: unknown };
  readonly caller: SdkCaller;
  readonly takenMicro: bigint;
  readonly counted: Counted;
  /** Holds that the call left open. */
  readonly leftOpen: Awaited<ReturnType<Site['store']['openHolds']>>;
  readonly stubCalls: readonly RecordedCall[];
}

/** What a workspace's settled calls add up to. */
export interface Counted {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicro: bigint;
}

export interface SdkCall {
  readonly driver: Driver;
  readonly way: Way;
  readonly who: Scenario['caller'];
  readonly rules: readonly ScriptRule[];
  readonly retries: Connection['retries'];
}

/** A platform with keys of three providers, and one that sends the OpenAI-shaped routes to OpenRouter, on one database if a URL is given. */
export async function startPlatforms(databaseUrl: string | undefined) {
  const shared = { RIGKIT_SECRET_KEY: SECRET_KEY, ...(databaseUrl && { RIGKIT_DATABASE_URL: databaseUrl }) };
  const sandbox = await openSite({ settings: () => shared });
  const openrouter = await openSite({
    settings: (stub) => ({
      ...shared,
      RIGKIT_OPENROUTER_BASE_URL: stub.openrouterBaseUrl,
      RIGKIT_OPENROUTER_API_KEY: OPENROUTER_KEY,
    }),
  });
  const platforms = { sandbox, openrouter };
  const callers = new Map<string, SdkCaller>();

  async function findCaller(who: Scenario['caller'], { provider, behind }: Driver): Promise<SdkCaller> {
    const name = `${behind} ${who} ${provider}`;
    const known = callers.get(name) ?? (await createCaller(platforms[behind], who, provider, behind));
    callers.set(name, known);
    return known;
  }

  return {
    /** Lets a driver's SDK make one call, and reads everything that it changed. */
    async call({ driver, way, who, rules, retries }: SdkCall): Promise<Seen> {
      const ask = driver.ask[way];
      if (typeof ask !== 'function') throw new Error(ask.why);
      const platform = platforms[driver.behind];
      const caller = await findCaller(who, driver);
      platform.stub.reset();
      for (const rule of rules) platform.stub.script(rule);
      const before = await readAccount(platform, caller);
      const outcome = await ask({ proxy: platform.proxy, key: caller.workspaceKey, retries }).then(
        (answer) => ({ kind: 'answered', answer }) as const,
        (error: unknown) => ({ kind: 'raised', error }) as const,
      );
      const after = await readAccount(platform, caller);
      const wasOpen = new Set(before.openHolds.map(({ holdId }) => holdId));
      return {
        outcome,
        caller,
        takenMicro: before.remainingMicro - after.remainingMicro,
        counted: {
          requests: after.usage.requests - before.usage.requests,
          inputTokens: after.usage.inputTokens - before.usage.inputTokens,
          outputTokens: after.usage.outputTokens - before.usage.outputTokens,
          costMicro: after.usage.costMicro - before.usage.costMicro,
        },
        leftOpen: after.openHolds.filter(({ holdId }) => !wasOpen.has(holdId)),
        stubCalls: platform.stub.calls,
      };
    },
    books: async () => [...(await sandbox.store.books()), ...(await openrouter.store.books())],
    async close() {
      await openrouter.close();
      await sandbox.close();
    },
  };
}

async function createCaller(
  platform: Site,
  who: Scenario['caller'],
  provider: Driver['provider'],
  behind: Driver['behind'],
): Promise<SdkCaller> {
  if (who === 'byok') {
    const providerKey = `sk-own-${provider}-${behind}`;
    return { ...(await createOwnKeyTenant(platform, provider, providerKey)), providerKey };
  }
  const tenant = await createTenant(platform.store, who, who === 'funded' ? PLENTY_MICRO : 0n);
  return { ...tenant, providerKey: behind === 'openrouter' ? OPENROUTER_KEY : PLATFORM_KEYS[provider] };
}

/** What the platform says about a caller, once calls under way are over: their SDK may have given up before them. */
async function readAccount({ store, controlPlane }: Site, { accountId, workspaceId, apiKey }: Tenant) {
  await until(
    async () => (await store.openHolds()).every(({ state }) => state === 'uncertain'),
    () => 'a call is still under way',
  );
  const { data } = await createControlPlaneClient({ baseUrl: controlPlane, apiKey }).GET('/users/me/ai-usage');
  const row = data?.by_workspace.find((candidate) => candidate.workspace_id === workspaceId);
  return {
    remainingMicro: (await store.credits(accountId, Date.now())).remainingMicro,
    openHolds: (await store.openHolds()).filter((hold) => hold.workspaceId === workspaceId),
    usage: {
      requests: row?.requests ?? 0,
      inputTokens: row?.input_tokens ?? 0,
      outputTokens: row?.output_tokens ?? 0,
      costMicro: BigInt(row?.credits_micro ?? 0),
    },
  };
}

import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTenant, PLENTY_MICRO, requireBalancedBooks, type Tenant } from '../../harness/accounts.ts';
import { call } from '../../harness/caller.ts';
import { createChance } from '../../harness/chance.ts';
import type { Defect } from '../../harness/defects.ts';
import { askLedger, type PlatformProcess, startPlatformProcess } from '../../harness/platform-process.ts';
import { openShared, type Shared } from '../../harness/shared.ts';
import { until } from '../../harness/wait.ts';
import type { PartReport } from '../part.ts';
import type { Settings } from '../settings.ts';
import { readHolds } from './holds-on-disk.ts';
import { startLoad } from './load.ts';
import { findLosses, type ObservedAttempt, observe } from './verdict.ts';

export interface CrashOptions {
  readonly defect?: Defect;
  /** Where the platform keeps its books. Default: an SQLite file of its own. */
  readonly databaseUrl?: string | undefined;
}

/** From the first call that it forwards on, a platform lives so long. */
const LONGEST_LIFE_MS = 450;

/**
 * Kills a platform at random moments under load, and starts it again on the same data: every call that the provider saw
 * has exactly one outcome in the ledger or one open hold, nothing is charged twice, and what was answered is charged.
 */
export async function runCrash(settings: Settings, options: CrashOptions = {}): Promise<PartReport> {
  const chance = createChance(settings.seed);
  const shared = await openShared(options.databaseUrl);
  const { store, stub } = shared;
  const attempts: ObservedAttempt[] = [];
  let platform: PlatformProcess | undefined;
  try {
    const tenant = await createTenant(store, 'crash', PLENTY_MICRO);
    platform = await startPlatformProcess({ settings: shared.settings, defect: options.defect });
    for (let kill = 0; kill < settings.counts.kills; kill += 1) {
      const load = startLoad(platform.proxy, stub, tenant, `crash-${kill}`, chance);
      await until(
        () => stub.calls.length > 0,
        () => 'no call has reached the provider',
      );
      await sleep(chance.between(0, LONGEST_LIFE_MS));
      await platform.stop('SIGKILL');
      const made = await load.stop();
      await until(
        () => stub.calls.every(({ outcome }) => outcome !== 'open'),
        () => 'the provider still answers the dead',
      );
      attempts.push(...observe(made, stub));
      stub.reset();
      platform = await startAgain(shared, tenant, kill);
      await requireNoLoss(shared, attempts, `crash-${kill}-`);
    }
    // Once more for all of them: no later start, and no orderly end, has changed what an earlier kill left behind.
    await askLedger(shared.databaseUrl, 'verify');
    await platform.stop();
    await requireNoLoss(shared, attempts, 'crash-');
  } finally {
    await platform?.stop('SIGKILL');
    await shared.close();
  }
  const forwarded = attempts.filter(({ timesForwarded }) => timesForwarded > 0).length;
  const cut = attempts.filter((attempt) => attempt.timesForwarded > 0 && !attempt.isAnswered).length;
  return { counts: `${settings.counts.kills} kills, ${forwarded} calls forwarded, ${cut} of them cut off` };
}

/** Starts the platform on what the dead one left, and holds it to one exact call. */
async function startAgain({ settings, store }: Shared, tenant: Tenant, kill: number): Promise<PlatformProcess> {
  const platform = await startPlatformProcess({ settings });
  const before = (await store.credits(tenant.accountId, Date.now())).remainingMicro;
  const agent = new Agent();
  const answer = await call({
    agent,
    url: `${platform.proxy}/v1/chat/completions`,
    headers: { authorization: `Bearer ${tenant.workspaceKey}`, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Still there?' }] })),
  }).answer;
  const after = (await store.credits(tenant.accountId, Date.now())).remainingMicro;
  if (answer.status === 200 && answer.headers['x-rigbox-cost-micro'] === String(before - after)) return platform;
  await platform.stop('SIGKILL');
  throw new Error(`after kill ${kill}, a call was answered ${answer.status} and charged ${before - after}`);
}

async function requireNoLoss(shared: Shared, attempts: readonly ObservedAttempt[], prefix: string): Promise<void> {
  const concerned = attempts.filter(({ tag }) => tag.startsWith(prefix));
  const losses = findLosses(concerned, await readHolds(shared.databaseUrl, prefix));
  if (losses.length > 0) throw new Error(`${losses.length} calls are lost:\n${losses.slice(0, 10).join('\n')}`);
  await requireBalancedBooks(shared.store);
}

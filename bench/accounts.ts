import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../server/index.ts';

/** A folder in which nothing stands yet, for the time of `run`. */
export async function withEmptyFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-bench-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Linux calls a file system in memory. */
const TMPFS = 0x01021994;

/** What has to be said about where the data stands; undefined where it is a disk. */
export function folderWarning(): string | undefined {
  if (statfsSync(tmpdir()).type !== TMPFS) return undefined;
  return `${tmpdir()} is in memory, where durability costs nothing: set TMPDIR to a folder on a disk`;
}

export interface BenchAccount {
  readonly accountId: string;
  readonly workspaceId: string;
}

export function benchAccount(number = 0): BenchAccount {
  return { accountId: `acct-bench-${number}`, workspaceId: `ws-bench-${number}` };
}

/** An account that no benchmark exhausts, with one workspace. */
export async function openBenchAccount(
  store: Store,
  { accountId, workspaceId }: BenchAccount = benchAccount(),
  at = Date.now(),
): Promise<BenchAccount> {
  const machine = { image: 'none', templateId: null, ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
  const account = { id: accountId, name: 'bench', plan: 'pro', monthlyCreditsMicro: 10n ** 15n } as const;
  await store.createAccount(account, at);
  await store.createWorkspace({ ...machine, id: workspaceId, accountId, name: 'bench' }, at);
  return { accountId, workspaceId };
}

/** What a metered call asks of the store: a hold, and its end. Throws where either is refused. */
export async function admitAndSettle(store: Store, account: BenchAccount, holdId: string, at: number): Promise<void> {
  const call = { ...account, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini' } as const;
  const admitted = await store.admit({ ...call, holdId, amountMicro: 1_000n, at });
  if (admitted.kind !== 'admitted') throw new Error(`not admitted: ${admitted.kind}`);
  const cached = { cachedInputTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
  const usage = { inputTokens: 420, outputTokens: 50, ...cached };
  const settled = await store.settle({ holdId, costMicro: 900n, usage, at });
  if (settled.kind !== 'settled') throw new Error(`not settled: ${settled.kind}`);
}

/** How many calls of it are charged by now. */
export async function settledCalls(store: Store, accountId: string): Promise<number> {
  const { daily } = await store.usageOverview(accountId, '1970-01-01');
  return daily.reduce((sum, day) => sum + day.requests, 0);
}

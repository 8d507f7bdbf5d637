import { requireBalancedBooks } from '../../harness/accounts.ts';
import { type Chance, createChance } from '../../harness/chance.ts';
import type { Site } from '../../harness/platform.ts';
import type { PartReport } from '../part.ts';
import type { Settings } from '../settings.ts';
import { callAsManaged, callAsOwners } from './callers.ts';
import { scanFolder, scanPlatform, scanReports } from './evidence.ts';
import { findKey, openSecrecyRun, type SecrecyRun } from './platform.ts';

export interface SecrecyOptions {
  /** Puts a key where none belongs: to see whether it would be found. */
  readonly spill?: (site: Site, key: string) => Promise<void>;
}

interface MixOptions extends SecrecyOptions {
  /** A process each time: once is enough. */
  readonly asksOperator: boolean;
}

/**
 * Providers that repeat their key in every answer, callers that mishandle theirs: no key, the platform's or a workspace's,
 * is in anything that a workspace is sent, in logs at their most talkative, in metrics, or in a file.
 */
export async function runSecrecy(settings: Settings, options: SecrecyOptions = {}): Promise<PartReport> {
  const chance = createChance(settings.seed);
  let calls = 0;
  let scannedBytes = 0;
  for (let mix = 0; mix < settings.counts.mixes; mix += 1) {
    for (const viaOpenRouter of [false, true]) {
      const run = await runMix(chance, viaOpenRouter, { ...options, asksOperator: calls === 0 });
      calls += run.calls;
      scannedBytes += run.scanner.scannedBytes;
    }
  }
  const megabytes = (scannedBytes / 1024 / 1024).toFixed(1);
  return { counts: `${calls} answers that repeat a key, ${megabytes} MB scanned, no leak` };
}

async function runMix(chance: Chance, viaOpenRouter: boolean, options: MixOptions): Promise<SecrecyRun> {
  const run = await openSecrecyRun(chance, viaOpenRouter);
  const { site, scanner } = run;
  try {
    await callAsManaged(run);
    await callAsOwners(run);
    requireRealKeys(run);
    await options.spill?.(site, findKey(run.managed, 'openai'));
    await scanPlatform(scanner, site);
    if (options.asksOperator) await scanReports(scanner, site);
    await requireBalancedBooks(site.store);
    await site.stop();
    scanFolder(scanner, site.dataDir, 'after the end');
  } finally {
    await run.close();
  }
  if (scanner.leaks.length > 0) throw new Error(`${scanner.leaks.length} leaks:\n${scanner.leaks.join('\n')}`);
  return run;
}

/** A key that no provider was sent could not have come back. */
function requireRealKeys({ site, managed, owned, calls }: SecrecyRun): void {
  const keys = new Set([...Object.values(managed), ...Object.values(owned)].map(({ key }) => key));
  const seen = site.stub.calls.map(({ credential }) => credential ?? '');
  if (seen.length < calls || !seen.every((key) => keys.has(key))) throw new Error('not every call came with its key');
}

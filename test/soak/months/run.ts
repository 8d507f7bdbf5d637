import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PartReport } from '../part.ts';
import type { Settings } from '../settings.ts';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const ENGINES = ['server/sqlite-store.test.ts', 'server/postgres-store.test.ts'];

/**
 * The randomised histories of the stores' own tests, more of them: accounts over turns of months, with clocks that are set back, debts,
 * and holds that end in every way, against a model that moves no money from month to month.
 */
export async function runMonths({ seed, counts }: Settings): Promise<PartReport> {
  const env = { ...process.env, STORE_RUNS: String(counts.histories), STORE_SEED: String(seed) };
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-months-'));
  const outputFile = join(folder, 'report.json');
  try {
    const reporting = ['--reporter', 'json', '--outputFile', outputFile];
    await promisify(execFile)(process.execPath, [vitest, 'run', ...ENGINES, '-t', 'a randomised run', ...reporting], {
      env,
    });
    // Without a test of that name, nothing fails.
    const { numPassedTests } = JSON.parse(readFileSync(outputFile, 'utf8'));
    if (numPassedTests !== ENGINES.length) throw new Error(`${numPassedTests} engines were tried`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { counts: `${counts.histories} histories on each of ${ENGINES.length} engines` };
}

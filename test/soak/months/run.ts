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

/** What is read of vitest's report. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

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
    const args = [vitest, 'run', ...ENGINES, '-t', 'a randomised run', ...reporting];
    await promisify(execFile)(process.execPath, args, { env }).catch(() => {});
    const report: Report = JSON.parse(readFileSync(outputFile, 'utf8'));
    const failures = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.flatMap((test) => test.failureMessages),
    );
    if (failures.length > 0) throw new Error(failures.join('\n'));
    // Without a test of that name, nothing fails.
    if (report.numPassedTests !== ENGINES.length) throw new Error(`${report.numPassedTests} engines were tried`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { counts: `${counts.histories} histories on each of ${ENGINES.length} engines` };
}

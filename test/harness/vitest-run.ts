import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Finished, run } from './processes.ts';

export interface VitestRun extends Finished {
  /** Titles of the enclosing `describe`s, the test's own title, what became of it, and why. */
  readonly tests: readonly {
    readonly ancestorTitles: readonly string[];
    readonly title: string;
    readonly status: 'passed' | 'failed' | 'skipped';
    readonly failureMessages: readonly string[];
  }[];
  count(status: VitestRun['tests'][number]['status']): number;
}

/** Runs vitest on a test file of this text, in a folder of its own, as a platform team would in its repository. */
export async function runVitest(source: string, args: readonly string[] = []): Promise<VitestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-vitest-'));
  try {
    writeFileSync(join(folder, 'platform.test.ts'), source);
    return await runVitestIn(folder, args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs vitest on the test files of a folder. */
export async function runVitestIn(folder: string, args: readonly string[] = []): Promise<VitestRun> {
  const report = join(folder, 'vitest.json');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const finished = await run(process.execPath, [vitest, 'run', '--root', folder, ...reporters, ...args], {
    cwd: folder,
    env: { NO_COLOR: '1' },
  });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests: VitestRun['tests'] = testResults.flatMap(
    ({ assertionResults }: { assertionResults: VitestRun['tests'] }) => assertionResults,
  );
  return { ...finished, tests, count: (status) => tests.filter((one) => one.status === status).length };
}

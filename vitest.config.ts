import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { HANGS_MS } from './test/harness/wait.ts';

/** Where CI wants the counts, as JSON; without it, people read the terminal. */
const report = process.env.TEST_REPORT_FILE;

/** Tests beside their source that need a PostgreSQL server belong to the system tier: their imports say so. */
const needPostgres = globSync('*/**/*.test.ts', {
  exclude: (name) => /^(node_modules|dist|test|\..*)$/.test(name),
}).filter((file) => readFileSync(file, 'utf8').includes('test/harness/postgres/'));

/** Files of one worker share their modules: most of what a short test takes is the loading of them. */
const SHARED = { isolate: false, restoreMocks: true, unstubEnvs: true };

interface Tier {
  readonly include: string[];
  readonly exclude?: string[];
  readonly isolate?: boolean;
  readonly env?: Record<string, string>;
}

/** A tier is a folder below `test/`. What stands in no tier's folder is a unit test. */
const tiers: Readonly<Record<string, Tier>> = {
  unit: { include: ['**/*.test.ts'], exclude: ['test/{http,system,slow,soak}/**', ...needPostgres], ...SHARED },
  http: { include: ['test/http/**/*.test.ts'], ...SHARED },
  system: { include: ['test/system/**/*.test.ts', ...needPostgres] },
  // The tests of resources once more, on the other engine.
  postgres: {
    include: ['server/resources/**/*.test.ts'],
    exclude: ['**/rules.test.ts'],
    ...SHARED,
    env: { TEST_ENGINE: 'postgres' },
  },
  slow: { include: ['test/slow/**/*.test.ts'] },
  soak: { include: ['test/soak/**/*.test.ts'] },
};

// biome-ignore lint/style/noDefaultExport: the form vitest reads
export default defineConfig({
  test: {
    globalSetup: ['test/harness/postgres/global-setup.ts'],
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    // Bounds for what hangs: no test relies on being faster than that.
    testTimeout: HANGS_MS,
    hookTimeout: HANGS_MS,
    expect: { poll: { timeout: HANGS_MS / 2, interval: 20 } },
    passWithNoTests: false,
    maxWorkers: 2,
    projects: Object.entries(tiers).map(([name, { exclude = [], ...tier }]) => ({
      extends: true,
      test: { name, exclude: ['**/node_modules/**', '**/dist/**', ...exclude], ...tier },
    })),
  },
});

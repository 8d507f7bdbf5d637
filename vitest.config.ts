import { defineConfig } from 'vitest/config';

/** Where CI wants the counts, as JSON; without it, people read the terminal. */
const report = process.env.TEST_REPORT_FILE;

// biome-ignore lint/style/noDefaultExport: the form vitest reads
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['test/postgres/global-setup.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    // Bounds for what hangs. A machine that is busy with other work takes ten times as long for what is right.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: false,
    maxWorkers: 2,
  },
});

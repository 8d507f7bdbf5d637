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
    testTimeout: 20_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    maxWorkers: 2,
  },
});

/**
 * Makes the publishable package in `dist/`: compiled modules with their types, the bundled contract, the schema of
 * conformance reports, the tutorial's workflows, the reference pages of `rigkit docs`, and the dashboard.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildDashboard } from '../cli/dashboard/folder.ts';
import { writeReference } from '../cli/reference.ts';

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
for (const document of globSync('generated/*.json')) copyFileSync(document, join('dist', document));
mkdirSync('dist/spec/tutorial', { recursive: true });
copyFileSync('spec/conformance-report/report.schema.json', 'dist/spec/conformance-report.json');
// It finds the bundles at the same place below dist/ as in a checkout.
copyFileSync('spec/tutorial/build-a-platform.arazzo.yaml', 'dist/spec/tutorial/build-a-platform.arazzo.yaml');
await writeReference(join('dist', 'docs'));
await buildDashboard(resolve('dist/dashboard'));
chmodSync('dist/cli/main.js', 0o755);

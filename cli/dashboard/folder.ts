import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** In an installed package `../../dashboard` is the page as it was built; in a checkout it is the page's source. */
const isCheckout = import.meta.url.endsWith('.ts');

let folder: Promise<string> | undefined;

/** The folder with the built page. In a checkout it is built at its first request, and again when its sources change. */
export function dashboardFolder(): Promise<string> {
  // A failure is not kept: the next request tries again.
  folder ??= (isCheckout ? builtFromSource() : Promise.resolve(join(root, 'dashboard'))).catch((error: unknown) => {
    folder = undefined;
    throw error;
  });
  return folder;
}

/** Several processes may build at once, each into its own folder. The first one that finishes provides the page. */
async function builtFromSource(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache', 'rigkit');
  const built = join(cache, `dashboard-${sourceDigest()}`);
  if (existsSync(built)) return built;
  await mkdir(cache, { recursive: true });
  const own = await mkdtemp(join(cache, 'building-'));
  await buildDashboard(own);
  await rename(own, built).catch(async (error: unknown) => {
    await rm(own, { recursive: true, force: true });
    if (!existsSync(built)) throw error;
  });
  return built;
}

/** Builds the page into `outDir` and empties it before. Needs the development tools. */
export async function buildDashboard(outDir: string): Promise<void> {
  const flags = ['build', join(root, 'dashboard'), '--outDir', outDir, '--emptyOutDir'];
  await execute(process.execPath, [vite(), ...flags], { env: { ...process.env, NODE_ENV: 'production' } });
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  const files = globSync(['dashboard/**/*.*', 'client/*.ts', 'package-lock.json'], { cwd: root }).sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function vite(): string {
  const manifest = createRequire(import.meta.url).resolve('vite/package.json');
  return join(dirname(manifest), 'bin', 'vite.js');
}

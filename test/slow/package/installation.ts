import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Finished, run } from '../../harness/processes.ts';

/** The published package in a folder that had nothing in it. */
export interface Installation {
  readonly folder: string;
  /** What `npm pack` made. */
  readonly tarball: string;
  /** The command, as npm put it there. */
  readonly rigkit: string;
  /** What the installation brought: `rigkit` itself, and everything that came with it. */
  readonly weight: { readonly packages: number; readonly bytes: number };
  /** The manifest of the installed package. */
  readonly manifest: { readonly exports: Readonly<Record<string, unknown>> };
  /** Puts a package of this repository beside it, as a platform team that uses it would. */
  add(name: string): void;
  /** Compiles a user's file against it, as strictly as a user may. */
  typeCheck(source: string, options?: TypeCheckOptions): Promise<Finished>;
  remove(): void;
}

export interface TypeCheckOptions {
  /** Default: nodenext. */
  readonly resolution?: 'nodenext' | 'bundler';
  /** The folder of the compiler below node_modules: 5.9 or 7. Default: typescript, which is 5.9. */
  readonly compiler?: 'typescript' | 'typescript-7';
}

/** What a user does: packs, and installs into an empty folder. */
export async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-installed-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder]);
  if (packed.code !== 0) throw new Error(`npm pack failed:\n${packed.stderr}`);
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n')));
  writeFileSync(join(folder, 'package.json'), '{"name":"a-platform","private":true,"type":"module"}');
  const args = ['install', '--no-audit', '--no-fund', `./${filename}`];
  const installed = await run('npm', args, { cwd: folder });
  if (installed.code !== 0) throw new Error(`npm install failed:\n${installed.stderr}`);

  const modules = join(folder, 'node_modules');
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  return {
    folder,
    tarball: join(folder, filename),
    rigkit: join(modules, '.bin', 'rigkit'),
    weight: { packages: Object.keys(packages).length, bytes: bytesIn(modules) },
    manifest: JSON.parse(readFileSync(join(modules, 'rigkit/package.json'), 'utf8')),
    add: (name) => symlinkSync(resolve('node_modules', name), join(modules, name)),
    typeCheck: (source, options = {}) => typeCheck(folder, source, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + lstatSync(join(file.parentPath, file.name)).size, 0);
}

function typeCheck(
  folder: string,
  source: string,
  { resolution = 'nodenext', compiler = 'typescript' }: TypeCheckOptions,
): Promise<Finished> {
  writeFileSync(join(folder, 'use.ts'), source);
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const settings = ['--target', 'es2022', '--module', module, '--moduleResolution', resolution];
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--resolveJsonModule', ...settings];
  const tsc = resolve('node_modules', compiler, 'bin/tsc');
  return run(process.execPath, [tsc, ...options, 'use.ts'], { cwd: folder });
}

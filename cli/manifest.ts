import { existsSync, readFileSync } from 'node:fs';

export interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}

/** The manifest of the package: next to `cli/` in a checkout, next to `dist/` in the package. */
export function manifest(): Manifest {
  const beside = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const file = beside.find((url) => existsSync(url));
  if (file === undefined) throw new Error('rigkit is incomplete: its package.json is missing');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Why this Node cannot run rigkit, or undefined. `needed` is the range in the manifest, such as `>=24.18.0`. */
export function nodeObjection(running: string, needed: string): string | undefined {
  const least = needed.replace(/^>=/, '');
  if (!isOlder(parseVersion(running), parseVersion(least))) return undefined;
  return `Node ${least} or later is needed, and this is Node ${running}; see https://nodejs.org`;
}

/** A pre-release of a version counts as that version. */
function parseVersion(version: string): readonly number[] {
  return (version.split('-')[0] ?? '').split('.').map(Number);
}

function isOlder(version: readonly number[], least: readonly number[]): boolean {
  const differs = least.findIndex((number, index) => number !== version[index]);
  return differs !== -1 && (version[differs] ?? 0) < (least[differs] ?? 0);
}

import { existsSync, readFileSync } from 'node:fs';

export interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

/** The package's manifest: it stands beside `cli/` in a checkout and beside `dist/` in the package. */
export function manifest(): Manifest {
  const beside = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const file = beside.find((url) => existsSync(url));
  if (file === undefined) throw new Error('rigkit is not whole: its package.json is missing');
  return JSON.parse(readFileSync(file, 'utf8'));
}

import { readFileSync } from 'node:fs';

/** The version of the package that this file is part of: `package.json` stands some folders up, compiled or not. */
export function suiteVersion(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const manifest = readManifest(new URL('package.json', folder));
    if (manifest?.name === 'rigkit') return manifest.version;
    if (folder.pathname === '/' || /^\/[A-Za-z]:\/$/.test(folder.pathname)) return 'unknown';
  }
}

function readManifest(file: URL): { readonly name: string; readonly version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

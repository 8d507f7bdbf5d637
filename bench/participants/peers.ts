import { existsSync, readFileSync } from 'node:fs';

const gateway = new URL('../peers/node_modules/@portkey-ai/gateway/', import.meta.url);

export const PORTKEY_START_SCRIPT = new URL('build/start-server.js', gateway);

/** The version that is installed, or undefined where there is none. */
export function portkeyVersion(): string | undefined {
  if (!existsSync(PORTKEY_START_SCRIPT)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', gateway), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : undefined;
}

import { execFile } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Mock } from '../../mocks/index.ts';
import { UsageError } from '../usage-error.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);
const generator = fileURLToPath(new URL('scripts/generate.ts', root));

/** Editors write a file in several steps, and people several files. */
const QUIET_MS = 200;

/** Throws where there is no `spec/` to watch: the package has the generated contract only. */
export function requireCheckout(): void {
  if (existsSync(generator) && existsSync(new URL('spec', root))) return;
  throw new UsageError('--watch needs a checkout of rigkit, with spec/ and scripts/; the package has neither');
}

/** Regenerates the contract and reloads the mock whenever `spec/` changes. Answers how to stop. */
export function watchSpec(mock: Mock, say: (line: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let busy = Promise.resolve();
  const watcher = watch(new URL('spec', root), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      busy = busy.then(() => regenerate(mock)).then(say);
    }, QUIET_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function regenerate(mock: Mock): Promise<string> {
  try {
    await run(process.execPath, [generator]);
    const documents = {
      'control-plane': await document('control-plane'),
      'managed-proxy': await document('managed-proxy'),
    };
    // A module is loaded once under one name.
    const { scenarios } = await import(new URL(`generated/scenarios.ts?at=${Date.now()}`, root).href);
    await mock.reload({ documents, scenarios });
    return 'reloaded: spec/ changed';
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return `still as before: ${reason.trim()}`;
  }
}

async function document(name: string): Promise<object> {
  return JSON.parse(await readFile(new URL(`generated/${name}.json`, root), 'utf8'));
}

import { globSync } from 'node:fs';
import type { BrokenPlatform } from '../broken/broken-platform.ts';

const files = globSync('../broken/*.ts', { cwd: import.meta.dirname }).sort();
const modules: readonly object[] = await Promise.all(files.map((file) => import(file)));

/** A broken platform for every MUST: what the files of `broken/` export under names that end in `Rows`. */
export const rows: readonly BrokenPlatform[] = modules
  .flatMap((exported) => Object.entries(exported))
  .flatMap(([name, value]) => (name.endsWith('Rows') ? (value as readonly BrokenPlatform[]) : []));

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `rigkit` command, as a path. */
export const COMMAND = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** A run starts the same programs a hundred times. */
export const COMPILE_CACHE = join(tmpdir(), 'rigkit-soak-compile-cache');

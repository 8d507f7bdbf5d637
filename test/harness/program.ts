import { fileURLToPath } from 'node:url';

/** The `rigkit` command, as a path. */
export const COMMAND = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

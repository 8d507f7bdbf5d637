import { aiConfigRows } from './ai-config.ts';
import type { BrokenPlatform } from './broken-platform.ts';

/** A broken platform for every MUST. */
export const rows: readonly BrokenPlatform[] = [...aiConfigRows];

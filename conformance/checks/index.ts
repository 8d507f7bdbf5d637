import type { Check } from './check.ts';
import * as files from './files.ts';

/** A check for every requirement of the catalogue that can be checked from outside. */
export const checks: readonly Check[] = Object.values(files).flatMap((file) => file.checks);

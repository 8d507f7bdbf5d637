import { initial } from './0001-initial.ts';

/**
 * The schema's history, oldest first: number N of this list brings a database from version N-1 to N.
 * Add to its end; a migration that has been published is never changed.
 */
export const migrations: readonly string[] = [initial];

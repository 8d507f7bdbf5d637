import type { History } from '../../schema-version.ts';
import { initial } from './0001-initial.ts';
import { minutesByAccount } from './0002-minutes-by-account.ts';

/**
 * The schema's history, oldest first: number N of this list brings a database from version N-1 to N.
 * Add to its end; a migration that has been published is never changed. Processes of the version before are at work while it runs,
 * and may be started afterwards: it expands, or says that it breaks them.
 */
export const migrations: History = [initial, minutesByAccount];

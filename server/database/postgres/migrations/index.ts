import { commonSteps } from '../../migrations.ts';
import type { History } from '../../schema-version.ts';
import { initial } from './0001-initial.ts';
import { minutesByAccount } from './0002-minutes-by-account.ts';

/**
 * The schema's history, oldest first: number N of this list brings a database from version N-1 to N. Steps that this engine
 * shares with the other stand in `database/migrations.ts`, where new ones are added.
 */
export const migrations: History = [initial, minutesByAccount, ...commonSteps('postgres')];

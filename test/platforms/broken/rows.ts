import { accountFactRows, keptKeyRows } from './account-facts.ts';
import { aiConfigRows } from './ai-config.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { creditsOfAccountRows } from './credits-of-account.ts';
import { outageRows } from './outages.ts';
import { routeRows } from './routes.ts';
import { subjectLimitRows } from './subject-limits.ts';

/** A broken platform for every MUST. */
export const rows: readonly BrokenPlatform[] = [
  ...aiConfigRows,
  ...keptKeyRows,
  ...accountFactRows,
  ...creditsOfAccountRows,
  ...routeRows,
  ...outageRows,
  ...subjectLimitRows,
];

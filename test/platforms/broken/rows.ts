import { accountRows } from './account.ts';
import { accountFactRows, keptKeyRows } from './account-facts.ts';
import { aiConfigRows } from './ai-config.ts';
import { aiDefaultsRows } from './ai-defaults.ts';
import { anthropicRows } from './anthropic.ts';
import { apiKeyRows } from './api-keys.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { byokRows } from './byok.ts';
import { creditsOfAccountRows } from './credits-of-account.ts';
import { errorRows } from './errors.ts';
import { familyRows } from './families.ts';
import { googleRows } from './google.ts';
import { openAiChatRows, openAiMeteringRows } from './openai.ts';
import { outageRows } from './outages.ts';
import { routeRows } from './routes.ts';
import { storedKeyRows } from './stored-key.ts';
import { subjectLimitRows } from './subject-limits.ts';
import { subjectRows } from './subjects.ts';
import { usageRows } from './usage.ts';
import { workspaceModeRows } from './workspace-mode.ts';
import { workspaceRows } from './workspaces.ts';

/** A broken platform for every MUST. */
export const rows: readonly BrokenPlatform[] = [
  ...aiConfigRows,
  ...storedKeyRows,
  ...keptKeyRows,
  ...workspaceModeRows,
  ...aiDefaultsRows,
  ...accountRows,
  ...usageRows,
  ...workspaceRows,
  ...apiKeyRows,
  ...errorRows,
  ...familyRows,
  ...openAiChatRows,
  ...openAiMeteringRows,
  ...anthropicRows,
  ...googleRows,
  ...byokRows,
  ...subjectRows,
  ...accountFactRows,
  ...creditsOfAccountRows,
  ...routeRows,
  ...outageRows,
  ...subjectLimitRows,
];

import type { CreditsLedger } from '../ledger/ledger.ts';
import { aiConfigHandlers } from './ai-config/handlers.ts';
import { aiDefaultsHandlers } from './ai-defaults/handlers.ts';
import { aiUsageHandlers } from './ai-usage/handlers.ts';
import { apiKeysHandlers } from './api-keys/handlers.ts';
import { catalogueHandlers } from './catalogue/handlers.ts';
import { creditsHandlers } from './credits/handlers.ts';
import type { ResourceData } from './data.ts';
import { limitsHandlers } from './limits/handlers.ts';
import type { Handlers } from './operations.ts';
import type { ServicesWith } from './services.ts';
import { workspacesHandlers } from './workspaces/handlers.ts';

/** The whole control plane, resource by resource. An operation without a handler does not compile. */
export function controlPlaneHandlers(services: ServicesWith<ResourceData & CreditsLedger>): Handlers {
  return {
    ...workspacesHandlers(services),
    ...aiConfigHandlers(services),
    ...creditsHandlers(services),
    ...aiUsageHandlers(services),
    ...aiDefaultsHandlers(services),
    ...limitsHandlers(services),
    ...apiKeysHandlers(services),
    ...catalogueHandlers(services),
  };
}

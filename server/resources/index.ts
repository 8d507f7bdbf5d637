import { aiConfigHandlers } from './ai-config/handlers.ts';
import { modeHandlers } from './ai-config/mode.ts';
import { aiDefaultsHandlers } from './ai-defaults/handlers.ts';
import { aiUsageHandlers } from './ai-usage/handlers.ts';
import { apiKeysHandlers } from './api-keys/handlers.ts';
import { capacityHandlers } from './catalogue/capacity.ts';
import { templatesHandlers } from './catalogue/templates.ts';
import { creditsHandlers } from './credits/handlers.ts';
import { limitsHandlers } from './limits/handlers.ts';
import type { Handlers } from './operations.ts';
import type { Services } from './services.ts';
import { workspacesHandlers } from './workspaces/handlers.ts';

/** The whole control plane, resource by resource. An operation without a handler does not compile. */
export function controlPlaneHandlers(services: Services): Handlers {
  return {
    ...workspacesHandlers(services),
    ...aiConfigHandlers(services),
    ...modeHandlers(services),
    ...creditsHandlers(services),
    ...aiUsageHandlers(services),
    ...aiDefaultsHandlers(services),
    ...limitsHandlers(services),
    ...apiKeysHandlers(services),
    ...capacityHandlers(services),
    ...templatesHandlers(),
  };
}

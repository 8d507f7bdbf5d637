import type { Handlers } from '../http/handlers.ts';
import { aiConfigHandlers } from './ai-config.ts';
import { aiDefaultsHandlers } from './ai-defaults.ts';
import { aiUsageHandlers } from './ai-usage.ts';
import { apiKeysHandlers } from './api-keys.ts';
import { capacityHandlers } from './capacity.ts';
import { creditsHandlers } from './credits.ts';
import { limitsHandlers } from './limits.ts';
import { modeHandlers } from './mode.ts';
import type { Services } from './services.ts';
import { templatesHandlers } from './templates.ts';
import { workspacesHandlers } from './workspaces.ts';

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

import type { RequestHandler } from 'express';
import { readBasePath } from '../../../contract/document.ts';
import { sandboxDocument } from '../../../generated/bundles.ts';
import { pathIds } from '../../../generated/resources.ts';
import { createApiRouter } from '../../../server/http/api-router.ts';
import { createRateLimits, unlimited } from '../../../server/http/rate-limits.ts';
import { accountControls } from './accounts.ts';
import { answerControls } from './answers.ts';
import { scenarioControls } from './scenario.ts';
import type { ControlHandlers, ControlServices } from './services.ts';
import { usageControls } from './usage.ts';

export { type AccountClocks, createAccountClocks } from './account-clocks.ts';
export { createSeededRequests, type SeededRequests } from './seeded-requests.ts';

/** The path of the controls on the control plane's origin. */
export const controlsPath = readBasePath(sandboxDocument);

/** Serves the controls as the control plane is served: the same refusals, in the same order and envelope. */
export async function createControls(
  services: Omit<ControlServices, 'made'>,
  options: { readonly rateLimits: boolean },
): Promise<RequestHandler> {
  return createApiRouter({
    document: sandboxDocument,
    validateResponses: true,
    limits: options.rateLimits ? createRateLimits() : unlimited,
    // The controls are public: each handler looks up its own account.
    authenticate: async () => undefined,
    pathIds,
    lookups: {},
    handlers: controlHandlers({ ...services, made: new Set() }),
  });
}

function controlHandlers(services: ControlServices): ControlHandlers {
  return {
    ...accountControls(services),
    ...usageControls(services),
    ...answerControls(services),
    ...scenarioControls(services),
  };
}

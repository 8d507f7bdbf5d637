import type { RequestHandler } from 'express';
import { readBasePath } from '../../../contract/document.ts';
import { sandboxDocument } from '../../../generated/bundles.ts';
import { pathIds } from '../../../generated/resources.ts';
import { createApiRouter } from '../../../server/http/api-router.ts';
import { createRateLimits, unlimited } from '../../../server/http/rate-limits.ts';
import { accountControls } from './accounts.ts';
import { answerControls } from './answers.ts';
import { clockControls } from './clock.ts';
import { scenarioControls } from './scenario.ts';
import type { ControlHandlers, ControlServices } from './services.ts';
import { usageControls } from './usage.ts';

export { type AccountClocks, createAccountClocks } from './account-clocks.ts';
export { createSeededRequests, type SeededRequests } from './seeded-requests.ts';

/** Where they stand on the control plane's origin. */
export const controlsPath = readBasePath(sandboxDocument);

/** Serves them by the control plane's own pipeline: the same refusals, in the same order and envelope. */
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
    handlers: handlersOf({ ...services, made: new Set() }),
  });
}

function handlersOf(services: ControlServices): ControlHandlers {
  return {
    ...accountControls(services),
    ...clockControls(services),
    ...usageControls(services),
    ...answerControls(services),
    ...scenarioControls(services),
  };
}

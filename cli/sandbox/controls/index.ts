import type { RequestHandler } from 'express';
import { sandboxDocument } from '../../../generated/bundles.ts';
import { createContractValidator } from '../../../server/http/contract-validator.ts';
import { basePathOf } from '../../../server/http/document.ts';
import { createPipeline } from '../../../server/http/pipeline.ts';
import { createRateLimits, unlimited } from '../../../server/http/rate-limits.ts';
import { createRouteTable } from '../../../server/http/routes.ts';
import { accountControls } from './accounts.ts';
import { answerControls } from './answers.ts';
import { clockControls } from './clock.ts';
import { scenarioControls } from './scenario.ts';
import type { ControlHandlers, ControlServices } from './services.ts';
import { usageControls } from './usage.ts';

export { type AccountClocks, createAccountClocks } from './account-clocks.ts';
export { createSeededRequests, type SeededRequests } from './seeded-requests.ts';

/** Where they stand on the control plane's origin. */
export const controlsPath = basePathOf(sandboxDocument);

/** Serves them by the control plane's own pipeline: the same refusals, in the same order and envelope. */
export async function createControls(
  services: Omit<ControlServices, 'made'>,
  options: { readonly rateLimits: boolean },
): Promise<RequestHandler> {
  const table = createRouteTable(sandboxDocument);
  return createPipeline({
    table,
    validator: await createContractValidator(sandboxDocument, table.routes, { answers: true }),
    limits: options.rateLimits ? createRateLimits() : unlimited,
    // Nothing asks for a credential, and so nobody looks up whose an id is: each handler looks for its account.
    authenticate: async () => undefined,
    finders: { '/accounts/{account_id}': async () => ({}), '/scenarios/{name}': async () => ({}) },
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

import type { RequestHandler } from 'express';
import { createContractValidator } from './http/contract-validator.ts';
import type { ApiDocument } from './http/document.ts';
import { createPipeline } from './http/pipeline.ts';
import { createRateLimits, type RateCounter, unlimited } from './http/rate-limits.ts';
import { createRouteTable } from './http/routes.ts';
import { createAuthenticate } from './resources/api-keys/authenticate.ts';
import { controlPlaneFinders } from './resources/finders.ts';
import { controlPlaneHandlers } from './resources/index.ts';
import type { Services } from './resources/services.ts';

export type { Services } from './resources/services.ts';

export interface ControlPlaneOptions extends Services {
  /** The bundled contract: paths, schemas and base path are read from it. */
  readonly document: ApiDocument;
  /** The limits of contract section 1 per user and class of endpoint; off in the sandbox. */
  readonly rateLimits: boolean;
  /** What they are counted with. Default: by this process alone. */
  readonly rateCounter?: RateCounter;
  /** Hold every answer against the contract, and answer 500 for one that breaks it: for tests and development. */
  readonly validateResponses: boolean;
}

/**
 * The control plane, to be mounted in `createApp`. It serves the base path that the contract names and leaves every
 * other path to others. Rejects on a contract that does not compile.
 */
export async function createControlPlane(options: ControlPlaneOptions): Promise<RequestHandler> {
  const table = createRouteTable(options.document);
  return createPipeline({
    table,
    validator: await createContractValidator(options.document, table.routes, { answers: options.validateResponses }),
    limits: options.rateLimits ? createRateLimits(options.rateCounter) : unlimited,
    authenticate: createAuthenticate(options),
    finders: controlPlaneFinders(options),
    handlers: controlPlaneHandlers(options),
  });
}

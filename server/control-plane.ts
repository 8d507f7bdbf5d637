import type { RequestHandler } from 'express';
import type { ApiDocument } from '../contract/document.ts';
import { pathIds } from '../generated/resources.ts';
import { createApiRouter } from './http/api-router.ts';
import { createRateLimits, type RateCounter, unlimited } from './http/rate-limits.ts';
import type { CreditsLedger } from './ledger/ledger.ts';
import { createAuthenticate } from './resources/api-keys/handlers.ts';
import { type ResourceData, resourceLookups } from './resources/data.ts';
import { controlPlaneHandlers } from './resources/index.ts';
import type { ServicesWith } from './resources/services.ts';

export interface ControlPlaneOptions extends ServicesWith<ResourceData & CreditsLedger> {
  /** The bundled contract: paths, schemas and base path are read from it. */
  readonly document: ApiDocument;
  /** The limits for each user and class of endpoint; off in the sandbox. */
  readonly rateLimits: boolean;
  /** What they are counted with. Default: by this process alone. */
  readonly rateCounter?: RateCounter;
  /** Hold every response against the contract, and send 500 in place of one that breaks it: for tests and development. */
  readonly validateResponses: boolean;
}

/**
 * The control plane, to be mounted in `createApp`. It serves the base path that the contract names and leaves every
 * other path to others. Rejects on a contract that does not compile.
 */
export async function createControlPlane(options: ControlPlaneOptions): Promise<RequestHandler> {
  return createApiRouter({
    document: options.document,
    validateResponses: options.validateResponses,
    limits: options.rateLimits ? createRateLimits(options.rateCounter) : unlimited,
    authenticate: createAuthenticate(options),
    pathIds,
    lookups: resourceLookups(options.store),
    handlers: controlPlaneHandlers(options),
  });
}

import type { RequestHandler } from 'express';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  type RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Operation } from '../../contract/operation.ts';
import { ApiError } from './errors.ts';
import { requestContext } from './request-context.ts';

/** Requests a minute for one user and class of endpoint. */
export const PER_MINUTE = { authentication: 120, workspaces: 180, apps: 240 } as const;

export type RateClass = keyof typeof PER_MINUTE;

/** The class of an endpoint: by its first segment, and what is neither a workspace nor an app is about the account. */
export function rateClass({ path }: Pick<Operation, 'path'>): RateClass {
  const [, segment] = path.split('/');
  return segment === 'workspaces' || segment === 'apps' ? segment : 'authentication';
}

export interface RateLimits {
  /** Counts a request of a user, or of an address where the contract asks for no user. Throws 429 `rate_limited`. */
  count(operation: Operation, who: string): Promise<void>;
  /**
   * Counts a refused credential, by address. Throws 429 `rate_limited` beyond the limit of the authentication class.
   * It does not touch requests with a good credential: neighbours behind one address do not lock each other out.
   */
  countFailedAuthentication(address: string): Promise<void>;
}

/** Counts the request of the caller, or of its address where the operation is public. Refuses with 429. */
export function countRequest(limits: RateLimits): RequestHandler {
  return async (request, _response, next) => {
    const { operation, account } = requestContext(request);
    if (operation !== undefined) await limits.count(operation, account?.id ?? `address ${request.ip}`);
    next();
  };
}

/** No limits: for the sandbox, where demos and tests would use them up. */
export const unlimited: RateLimits = { count: async () => {}, countFailedAuthentication: async () => {} };

/** What a request is counted against: the limit of its class, that of refused credentials, or that of AI calls that cost nothing. */
export type RateBudget = RateClass | 'failures' | 'free-calls';

/**
 * Counts one request of a user or an address. Resolves to the milliseconds for which nothing is left of the budget, or to
 * undefined where something was.
 */
export type RateCounter = (budget: RateBudget, who: string) => Promise<number | undefined>;

export interface RateCounterOptions {
  /** Of one account. Default 300. */
  readonly freeCallsPerMinute?: number;
  /** Where the windows are counted. Default: in the memory of this process. */
  readonly createLimiter?: (options: IRateLimiterOptions) => RateLimiterAbstract;
}

/** Fixed windows of a minute. */
export function createRateCounter({
  freeCallsPerMinute = 300,
  createLimiter = (options) => new RateLimiterMemory(options),
}: RateCounterOptions = {}): RateCounter {
  const limiter = (keyPrefix: string, points: number) => createLimiter({ keyPrefix, points, duration: 60 });
  const budgets: Record<RateBudget, RateLimiterAbstract> = {
    authentication: limiter('authentication', PER_MINUTE.authentication),
    workspaces: limiter('workspaces', PER_MINUTE.workspaces),
    apps: limiter('apps', PER_MINUTE.apps),
    failures: limiter('failures', PER_MINUTE.authentication),
    'free-calls': limiter('free-calls', freeCallsPerMinute),
  };
  return (budget, who) =>
    budgets[budget].consume(who).then(
      () => undefined,
      (refused: RateLimiterRes | Error) => {
        if (refused instanceof Error) throw refused;
        return refused.msBeforeNext;
      },
    );
}

/** The limits of the contract. Processes that share a counter share the limits; by default each has its own. */
export function createRateLimits(counter: RateCounter = createRateCounter()): RateLimits {
  return {
    count: async (operation, who) => refuseFor(await counter(rateClass(operation), who)),
    countFailedAuthentication: async (address) => refuseFor(await counter('failures', address)),
  };
}

function refuseFor(waitMs: number | undefined): void {
  if (waitMs === undefined) return;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  throw new ApiError('rate_limited', {
    message: `Too many requests. Try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  });
}

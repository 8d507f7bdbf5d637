import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from './errors.ts';
import type { Route } from './routes.ts';

/** Requests a minute for one user and class of endpoint (contract section 1). */
export const PER_MINUTE = { authentication: 120, workspaces: 180, apps: 240 } as const;

export type RateClass = keyof typeof PER_MINUTE;

/** The class of an endpoint: by its first segment, and what is neither a workspace nor an app is about the account. */
export function rateClassOf(template: string): RateClass {
  const [, segment] = template.split('/');
  return segment === 'workspaces' || segment === 'apps' ? segment : 'authentication';
}

export interface RateLimits {
  /** Counts a request of a user, or of an address where the contract asks for no user. Throws 429 `rate_limited`. */
  count(route: Route, who: string): Promise<void>;
  /**
   * Counts a refused credential, by address. Throws 429 `rate_limited` beyond the limit of the authentication class.
   * Requests with a good credential are not touched by it: neighbours behind one address do not lock each other out.
   */
  countFailedAuthentication(address: string): Promise<void>;
}

/** No limits: for the sandbox, where they would only be in the way. */
export const unlimited: RateLimits = { count: async () => {}, countFailedAuthentication: async () => {} };

/** Fixed windows of a minute, in the memory of this process: several processes each grant the whole limit. */
export function createRateLimits(): RateLimits {
  const limiter = (keyPrefix: string, points: number) => new RateLimiterMemory({ keyPrefix, points, duration: 60 });
  const classes: Record<RateClass, RateLimiterMemory> = {
    authentication: limiter('authentication', PER_MINUTE.authentication),
    workspaces: limiter('workspaces', PER_MINUTE.workspaces),
    apps: limiter('apps', PER_MINUTE.apps),
  };
  const failures = limiter('failures', PER_MINUTE.authentication);
  return {
    count: (route, who) => consume(classes[rateClassOf(route.template)], who),
    countFailedAuthentication: (address) => consume(failures, address),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  const refused = await limiter.consume(key).then(
    () => undefined,
    (reason: RateLimiterRes | Error) => reason,
  );
  if (refused === undefined) return;
  if (refused instanceof Error) throw refused;
  const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  throw new ApiError('rate_limited', {
    message: `Too many requests. Try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  });
}

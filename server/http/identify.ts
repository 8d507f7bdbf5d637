import type { Request } from 'express';
import type { Account } from '../resources/accounts/account.ts';
import { presentedCredential } from './credentials.ts';
import { ApiError } from './errors.ts';
import { exchangeOf } from './exchange.ts';
import type { RateLimits } from './rate-limits.ts';

/** The account behind a credential; undefined where it is unknown, or no credential for this API. */
export type Authenticate = (token: string) => Promise<Account | undefined>;

/**
 * Who sends the request. Throws 401 `unauthorized` or `duplicate_credentials`, in the same words whatever is wrong with
 * the credential; beyond the limit for failures of one address, 429 `rate_limited`.
 */
export async function identify(
  request: Request,
  query: URLSearchParams,
  { authenticate, limits }: { readonly authenticate: Authenticate; readonly limits: RateLimits },
): Promise<Account> {
  const presented = presentedCredential(request, query);
  const account = presented.kind === 'bearer' ? await authenticate(presented.token) : undefined;
  if (account !== undefined) {
    exchangeOf(request).accountId = account.id;
    return account;
  }
  await limits.countFailedAuthentication(request.ip ?? '');
  throw new ApiError(presented.kind === 'duplicate' ? 'duplicate_credentials' : 'unauthorized', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

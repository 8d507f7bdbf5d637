import type { ContractValidator } from './contract-validator.ts';
import { ApiError } from './errors.ts';
import type { Route } from './routes.ts';
import { BODY_MISSING, listed, protoViolations, queryViolations, type Violation } from './violations.ts';

export interface Given {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON text, and what it says; both undefined where there is no body. */
  readonly bodyText: string | undefined;
  readonly body: unknown;
}

/**
 * Holds query and body against the contract. Answers the query in the contract's types, with its defaults. Throws 400
 * `invalid_request`, whose details list every violation.
 */
export async function checkRequest(
  validator: ContractValidator,
  route: Route,
  given: Given,
): Promise<Readonly<Record<string, unknown>>> {
  const ours = [...queryViolations(given.query, route.queryNames), ...protoViolations(given.body)];
  if (route.body === 'required' && given.bodyText === undefined) refuse([...ours, BODY_MISSING]);
  const known = [...given.query].filter(([name]) => route.queryNames.has(name));
  const { violations, query } = await validator.request(route, { ...given, query: Object.fromEntries(known) });
  refuse([...ours, ...violations]);
  return query;
}

function refuse(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new ApiError('invalid_request', { details: listed(violations) });
}

import type { Scenario } from '../../generated/scenarios.ts';
import { STEERING_PARAMETERS } from './preferences.ts';
import { unpackSeries } from './series.ts';

export type RecordedResponse =
  | { readonly kind: 'body'; readonly body: object }
  /** The scenario's account has nothing of that id. */
  | { readonly kind: 'unknown_id' }
  /** The operation responds alike in every state of the account. */
  | { readonly kind: 'independent' };

/** The body that the reference platform responds with in a scenario. No state: an update shows what the scenario has. */
export function findRecorded(
  { responses }: Scenario,
  operationId: string,
  path: string,
  query: URLSearchParams,
): RecordedResponse {
  const bodies = responses[operationId];
  if (bodies === undefined) return { kind: 'independent' };
  const own = new URLSearchParams([...query].filter(([name]) => !STEERING_PARAMETERS.has(name)));
  const body = bodies[`${path}?${own}`] ?? bodies[path];
  return body === undefined ? { kind: 'unknown_id' } : { kind: 'body', body: unpackSeries(body) };
}

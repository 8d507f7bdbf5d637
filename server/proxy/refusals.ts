import { proxyErrors } from '../../generated/error-codes.ts';

/**
 * Every refusal and failure that the proxy answers by itself, from `spec/error-codes.yaml`: its code, the status that it
 * travels with whatever the API, and what it says. Each API puts them into its own envelope.
 */
export const refusals = proxyErrors;

export type RefusalCode = keyof typeof refusals;

/** A refusal as a value: what a step returns instead of its result. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
  /** The parameter that is wrong, if it is one. */
  readonly param: string | null;
  readonly details: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export function refusal(
  code: RefusalCode,
  more: {
    message?: string;
    param?: string | null;
    details?: unknown;
    headers?: Readonly<Record<string, string>>;
  } = {},
): Refusal {
  return {
    kind: 'refused',
    code,
    message: more.message ?? refusals[code].message,
    param: more.param ?? null,
    details: more.details,
    headers: more.headers ?? {},
  };
}

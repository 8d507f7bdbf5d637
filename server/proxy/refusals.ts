/**
 * Every refusal and failure that the proxy answers by itself: its code, the status that it travels with whatever the API,
 * and what it says. Each API puts them into its own envelope.
 */
export const refusals = {
  not_found: { status: 404, message: 'Not found.' },
  method_not_allowed: { status: 405, message: 'This path does not have that method.' },
  unauthorized: { status: 401, message: 'A valid workspace key is required.' },
  duplicate_credentials: { status: 401, message: 'Send one credential only.' },
  payload_too_large: { status: 413, message: 'The request body is too large.' },
  unsupported_media_type: {
    status: 415,
    message: 'The body must be sent as Content-Type: application/json, uncompressed.',
  },
  malformed_json: { status: 400, message: 'The body must be one JSON object in UTF-8.' },
  invalid_request: { status: 400, message: 'The request is not valid.' },
  missing_model: { status: 400, message: 'Name a model: the workspace has none configured for this provider.' },
  unsupported_operation: { status: 400, message: "The model's provider does not offer this operation." },
  unsupported_parameter: { status: 400, message: 'This parameter is charged apart, at a price that is not known.' },
  unknown_price: { status: 400, message: 'The price of this model is not known, so it cannot be called.' },
  invalid_missing_key: {
    status: 400,
    message: 'This workspace is in byok mode and has no key for the provider.',
  },
  subject_limit_malformed: { status: 400, message: 'A subject limit header is malformed.' },
  insufficient_credits: { status: 402, message: 'The account has too few credits left for this call.' },
  subject_over_budget: { status: 402, message: 'The budget of this user is used up.' },
  subject_rate_limited: { status: 429, message: 'This user has made too many requests.' },
  duplicate_request: { status: 409, message: 'This idempotency key was used before.' },
  provider_key_refused: { status: 401, message: "The provider refused the workspace's stored key." },
  provider_error: { status: 502, message: 'The provider refused the call for a reason on our side.' },
  provider_unreachable: { status: 502, message: 'The provider cannot be reached. Nothing was charged.' },
  provider_broken: { status: 502, message: 'The provider broke off before its answer was complete.' },
  provider_timeout: { status: 504, message: 'The provider did not answer in time.' },
  provider_not_configured: { status: 503, message: 'The platform has no access to the provider of this call.' },
  metering_unavailable: { status: 503, message: 'Calls cannot be metered at the moment. Nothing was forwarded.' },
  internal_error: { status: 500, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

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

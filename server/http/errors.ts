/**
 * Every refusal the control plane knows: the status it travels with, what it says unless a caller says it better, and
 * what it means. The list in the contract's `ApiErrorDetail` and this one name the same codes; a test holds them
 * together.
 */
export const errors = {
  malformed_json: {
    status: 400,
    message: 'The body is not valid JSON.',
    meaning: 'The body is not JSON text in UTF-8.',
  },
  invalid_request: {
    status: 400,
    message: 'The request is not valid.',
    meaning: 'Body or query break their schema; `details` lists every violation.',
  },
  key_in_managed_mode: {
    status: 400,
    message: 'A key can only be stored in byok mode; send "mode":"byok" along with it.',
    meaning: 'A provider key was sent while the resulting mode is managed; nothing was stored.',
  },
  unauthorized: {
    status: 401,
    message: 'A valid API key is required: Authorization: Bearer rb_...',
    meaning: 'There is no credential, or it is malformed, unknown, or a workspace key.',
  },
  duplicate_credentials: {
    status: 401,
    message: 'Send one credential only.',
    meaning: 'There is more than one credential, in one place or in several.',
  },
  plan_limit_exceeded: {
    status: 402,
    message: 'The plan does not allow more.',
    meaning: 'A limit of the plan stands in the way; `details` names it.',
  },
  not_found: {
    status: 404,
    message: 'Not found.',
    meaning: 'The path is unknown, or the resource is unknown, deleted or of another account: they are not told apart.',
  },
  method_not_allowed: {
    status: 405,
    message: 'This path does not have that method.',
    meaning: 'The path exists and its methods are listed in `Allow`.',
  },
  payload_too_large: {
    status: 413,
    message: 'The body is over 1 MiB.',
    meaning: 'The body is larger than the limit, whether its length was announced or not.',
  },
  unsupported_media_type: {
    status: 415,
    message: 'The body must be sent as Content-Type: application/json.',
    meaning: 'The content type is missing or another, or the body is compressed.',
  },
  rate_limited: {
    status: 429,
    message: 'Too many requests.',
    meaning: 'The limit of this user and class of endpoint is reached; `Retry-After` says when it ends.',
  },
  internal_error: {
    status: 500,
    message: 'Something went wrong on our side.',
    meaning: 'A fault of the platform. The request id finds it in the log; nothing about it is answered.',
  },
} as const satisfies Record<string, { status: number; message: string; meaning: string }>;

export type ErrorCode = keyof typeof errors;

/** The body of every error answer (contract section 1). */
export interface ErrorBody<Code extends string = ErrorCode> {
  readonly error: { readonly code: Code; readonly message: string; readonly details?: unknown };
}

/** An error as a handler answers it: its status follows from its code. */
export interface Refusal<Code extends ErrorCode> {
  readonly status: (typeof errors)[Code]['status'];
  readonly body: ErrorBody<Code>;
}

export interface RefusalOptions {
  /** Says it for this case; never contains a value that the caller sent. */
  readonly message?: string;
  readonly details?: unknown;
}

/** The answer for a code, as a value: a handler that returns an undocumented one does not compile. */
export function refusal<Code extends ErrorCode>(code: Code, options: RefusalOptions = {}): Refusal<Code> {
  const { status, message } = errors[code];
  const details = options.details === undefined ? {} : { details: options.details };
  return { status, body: { error: { code, message: options.message ?? message, ...details } } };
}

/** A refusal on its way out of the pipeline, where there is nobody to hand a value to. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: unknown;

  constructor(code: ErrorCode, options: RefusalOptions & { headers?: Readonly<Record<string, string>> } = {}) {
    super(options.message ?? errors[code].message);
    this.code = code;
    this.headers = options.headers ?? {};
    this.details = options.details;
  }
}

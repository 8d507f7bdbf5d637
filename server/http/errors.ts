import { controlPlaneErrors } from '../../generated/error-codes.ts';

/** Every refusal the control plane knows, from `spec/error-codes.yaml`. */
export const errors = controlPlaneErrors;

export type ErrorCode = keyof typeof errors;

/** An error as a handler returns it: its status follows from its code. */
export interface Refusal<Code extends ErrorCode> {
  readonly status: (typeof errors)[Code]['status'];
  readonly body: {
    readonly error: { readonly code: Code; readonly message: string; readonly details?: unknown };
  };
}

export interface RefusalOptions {
  /** Default: the message of the code. Never contains a value that the caller sent. */
  readonly message?: string;
  readonly details?: unknown;
}

/** The response for a code, as a value: a handler that returns an undocumented one does not compile. */
export function refusal<Code extends ErrorCode>(code: Code, options: RefusalOptions = {}): Refusal<Code> {
  const { status, message } = errors[code];
  const details = options.details === undefined ? {} : { details: options.details };
  return { status, body: { error: { code, message: options.message ?? message, ...details } } };
}

/** A refusal by a step in front of the handler. */
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

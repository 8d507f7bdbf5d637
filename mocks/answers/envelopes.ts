/** Whose error body a caller can read: the kit's own, or that of the provider API it called. */
export type Dialect = 'control-plane' | 'openai' | 'anthropic' | 'gemini';

/** Where a request departs from the contract. */
export interface Violation {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer of the offending value; for a missing or unknown member, of that member. Empty: the whole. */
  readonly pointer: string;
  /** The JSON Schema keyword that was broken. */
  readonly code: string;
  readonly message: string;
}

/** A request that the mock does not answer with an example. */
export interface Refusal {
  readonly status: number;
  /** The stable code of the contract's error envelope. */
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The refusal as the JSON body that the called API's own SDK understands. */
export function envelope(dialect: Dialect, refusal: Refusal, requestId: string): object {
  const { status, code, message, details } = refusal;
  const extra = details === undefined ? {} : { details };
  switch (dialect) {
    case 'control-plane':
      return { error: { code, message, ...extra } };
    case 'openai':
      return { error: { message, type: 'rigbox_gateway_error', param: null, code, ...extra } };
    case 'anthropic': {
      const error = { type: anthropicType(status), message, code, ...extra };
      // The top-level message is what the SDK shows its user; without it, it prints the whole body.
      return { type: 'error', error, message, request_id: requestId };
    }
    case 'gemini':
      return { error: { code: status, message, status: geminiStatus(status), details: [errorInfo(refusal)] } };
  }
}

function anthropicType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error';
    case 404:
      return 'not_found_error';
    case 413:
      return 'request_too_large';
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error';
  }
}

function geminiStatus(status: number): string {
  switch (status) {
    case 401:
      return 'UNAUTHENTICATED';
    case 404:
      return 'NOT_FOUND';
    case 405:
      return 'UNIMPLEMENTED';
    case 503:
      return 'UNAVAILABLE';
    case 504:
      return 'DEADLINE_EXCEEDED';
    default:
      return status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT';
  }
}

/** Where google.rpc.Status has room for our own code. */
function errorInfo({ code, details }: Refusal): object {
  const metadata = Array.isArray(details) ? { violations: details } : details;
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code,
    domain: 'rigbox',
    ...(metadata !== undefined && { metadata }),
  };
}

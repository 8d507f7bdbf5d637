/** The API whose error body a caller can read: the control plane's, or that of the provider's API which it called. */
export type EnvelopeName = 'control-plane' | 'openai' | 'anthropic' | 'google';

/** An error before it is put into an envelope. */
export interface ErrorContent {
  /** HTTP status. */
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence for people, without a secret. */
  readonly message: string;
  /** The parameter that is wrong; only OpenAI's envelope names it. Default null. */
  readonly param?: string | null;
  /** Facts that belong to the code. Default: none. */
  readonly details?: unknown;
  /** Only Anthropic's envelope has it. Default null. */
  readonly requestId?: string;
}

/** The name of the schema of each envelope: the control plane's in its document, the others in the managed proxy's. */
export const errorSchemaNames = {
  'control-plane': 'ApiErrorBody',
  openai: 'OpenAiErrorBody',
  anthropic: 'AnthropicErrorBody',
  google: 'GeminiErrorBody',
} as const satisfies Record<EnvelopeName, string>;

/** The error as the body that the official SDK of the API reads. */
export function errorBody(envelope: EnvelopeName, content: ErrorContent): Readonly<Record<string, unknown>> {
  const { status, code, message, param = null, details, requestId = null } = content;
  const extra = details === undefined ? {} : { details };
  switch (envelope) {
    case 'control-plane':
      return { error: { code, message, ...extra } };
    case 'openai':
      return { error: { message, type: 'rigbox_gateway_error', param, code, ...extra } };
    case 'anthropic': {
      const error = { type: anthropicErrorType(status), message, code, ...extra };
      // The SDK shows the message at the top. Without it, the SDK prints the whole body.
      return { type: 'error', error, message, request_id: requestId };
    }
    case 'google':
      return {
        error: { code: status, message, status: googleErrorStatus(status), details: [googleErrorInfo(code, details)] },
      };
  }
}

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Anthropic's `error.type` for an HTTP status. */
export function anthropicErrorType(status: number): string {
  return ANTHROPIC_TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

const GOOGLE_STATUSES: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Google's `error.status` (google.rpc.Code) for an HTTP status. */
export function googleErrorStatus(status: number): string {
  return GOOGLE_STATUSES[status] ?? (status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT');
}

/** Google's `error.code` is the HTTP status. Our own code is the reason of this detail, and our details its metadata. */
function googleErrorInfo(code: string, details: unknown): object {
  const metadata = Array.isArray(details) ? { violations: details } : details;
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code,
    domain: 'rigbox',
    ...(metadata !== undefined && { metadata }),
  };
}

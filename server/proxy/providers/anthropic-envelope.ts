import type { Envelope, ErrorContent } from './envelope.ts';

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
};

function typeOf(status: number): string {
  return TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

/** The message stands at the top as well: there the SDK finds it and shows it without the JSON around it. */
function body({ status, code, message, details, requestId }: ErrorContent): object {
  return {
    type: 'error',
    error: { type: typeOf(status), message, code, ...(details !== undefined && { details }) },
    message,
    request_id: requestId,
  };
}

export const anthropicEnvelope: Envelope = {
  api: 'anthropic',
  requestIdHeader: 'request-id',
  body,
  frame: (error) => `event: error\ndata: ${JSON.stringify(body(error))}\n\n`,
};

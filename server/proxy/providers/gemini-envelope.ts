import type { Envelope, ErrorContent } from './envelope.ts';

const STATUSES: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Google's envelope has a number for a code; the proxy's own code is the reason of its ErrorInfo detail. */
function body({ status, code, message, details }: ErrorContent): object {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code,
    domain: 'rigbox',
    ...(details !== undefined && { metadata: details }),
  };
  return { error: { code: status, message, status: STATUSES[status] ?? 'INVALID_ARGUMENT', details: [info] } };
}

export const geminiEnvelope: Envelope = {
  api: 'google',
  requestIdHeader: 'x-request-id',
  body,
  frame: (error) => `data: ${JSON.stringify(body(error))}\n\n`,
  /**
   * Google's SDK up to 2.x looks for errors only in what a read gives it and is JSON by itself, or is left unfinished at
   * the end. To a reader of events it is an event that never ended, which is dropped.
   */
  echo: (failure) => failure.replace(/^data: ?/, '').trim(),
};

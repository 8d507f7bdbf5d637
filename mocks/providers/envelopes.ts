import { type EnvelopeName, type Fault, stubId } from './call.ts';
import type { JsonObject } from './json.ts';

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const GOOGLE_STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** OpenAI's codes for the refusals that the stub makes by itself; other statuses have none. */
const OPENAI_CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  429: 'rate_limit_exceeded',
};

function defaultMessage(status: number): string {
  return `The stub was told to answer with status ${status}.`;
}

/**
 * A fault in the provider's own error body. `code` and `type` stand where the provider has such fields: Anthropic's code
 * is `error.details.error_code`, Gemini's `error.status` is the scripted code or else the type (its own `error.code` is
 * always the HTTP status), OpenRouter's code is the HTTP status and the scripted one goes into `metadata`.
 */
export function faultBody(envelope: EnvelopeName, fault: Fault, sequence: number): JsonObject {
  const message = fault.message ?? defaultMessage(fault.status);
  switch (envelope) {
    case 'openai':
      return { error: openAiError(fault, message) };
    case 'openrouter':
      return { error: { code: fault.status, message, ...metadata(fault) } };
    case 'anthropic':
      return {
        type: 'error',
        error: {
          type:
            fault.type ??
            ANTHROPIC_TYPES[fault.status] ??
            (fault.status >= 500 ? 'api_error' : 'invalid_request_error'),
          message,
          ...(fault.code !== undefined && { details: { error_code: fault.code } }),
        },
        request_id: stubId('req', sequence),
      };
    case 'google':
    case 'google-compat': {
      const status = fault.code ?? fault.type ?? GOOGLE_STATUSES[fault.status] ?? 'UNKNOWN';
      return { error: { code: fault.status, message, status } };
    }
  }
}

/** The response body of a refused call: Google puts the envelope in an array where its answer would have been a list. */
export function faultDocument(envelope: EnvelopeName, body: JsonObject, streamsArray: boolean): unknown {
  return envelope === 'google-compat' || (envelope === 'google' && streamsArray) ? [body] : body;
}

function openAiError(fault: Fault, message: string): JsonObject {
  const type = fault.type ?? (fault.status >= 500 ? 'server_error' : 'invalid_request_error');
  return { message, type, param: null, code: fault.code ?? OPENAI_CODES[fault.status] ?? null };
}

function metadata(fault: Fault): JsonObject {
  if (fault.code === undefined && fault.type === undefined) return {};
  return {
    metadata: {
      ...(fault.code !== undefined && { code: fault.code }),
      ...(fault.type !== undefined && { error_type: fault.type }),
    },
  };
}

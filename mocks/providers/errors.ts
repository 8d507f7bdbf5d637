import { anthropicErrorType, googleErrorStatus } from '../../contract/error-envelopes.ts';
import { type ErrorFormat, type JsonObject, type ScriptedFailure, stubId } from './api.ts';
import type { Provider } from './operations.ts';

/** OpenAI's codes for the refusals that the stub makes by itself; other statuses have none. */
const OPENAI_CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  429: 'rate_limit_exceeded',
};

/** The message of the 401 for a call without a credential, per provider. */
export const MISSING_CREDENTIAL_MESSAGE: Readonly<Record<Provider, string>> = {
  openai: 'No API key was given. Send it as: Authorization: Bearer YOUR_KEY.',
  openrouter: 'No API key was given. Send it as: Authorization: Bearer YOUR_KEY.',
  anthropic: 'x-api-key or Authorization header is required',
  google: 'The request has no API key. Send it in the x-goog-api-key header.',
};

/**
 * A failure in the provider's own error body. `code` and `type` stand where the provider has such fields: Anthropic's code
 * is `error.details.error_code`, Gemini's `error.status` is the scripted code or else the type (its own `error.code` is
 * always the HTTP status), OpenRouter's code is the HTTP status and the scripted one goes into `metadata`.
 */
export function errorBody(format: ErrorFormat, failure: ScriptedFailure, sequence: number): JsonObject {
  const message = failure.message ?? `The stub was told to answer with status ${failure.status}.`;
  switch (format) {
    case 'openai':
      return { error: openAiError(failure, message) };
    case 'openrouter':
      return { error: { code: failure.status, message, ...metadata(failure) } };
    case 'anthropic':
      return {
        type: 'error',
        error: {
          type: failure.type ?? anthropicErrorType(failure.status),
          message,
          ...(failure.code !== undefined && { details: { error_code: failure.code } }),
        },
        request_id: stubId('req', sequence),
      };
    case 'google':
    case 'google-compat': {
      const status = failure.code ?? failure.type ?? googleErrorStatus(failure.status);
      return { error: { code: failure.status, message, status } };
    }
  }
}

/** The response body of a refused call: Google puts the error in an array where its reply would have been a list. */
export function wrapErrorBody(format: ErrorFormat, body: JsonObject, streamsArray: boolean): unknown {
  return format === 'google-compat' || (format === 'google' && streamsArray) ? [body] : body;
}

function openAiError(failure: ScriptedFailure, message: string): JsonObject {
  const type = failure.type ?? (failure.status >= 500 ? 'server_error' : 'invalid_request_error');
  return { message, type, param: null, code: failure.code ?? OPENAI_CODES[failure.status] ?? null };
}

function metadata(failure: ScriptedFailure): JsonObject {
  if (failure.code === undefined && failure.type === undefined) return {};
  return {
    metadata: {
      ...(failure.code !== undefined && { code: failure.code }),
      ...(failure.type !== undefined && { error_type: failure.type }),
    },
  };
}

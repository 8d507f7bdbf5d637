// Made by `npm run generate` from spec/: do not edit.

/** An error that the platform answers by itself. */
export interface ErrorCode {
  readonly status: number;
  /** What a person is told, unless a case is said better. */
  readonly message: string;
  /** When it is answered. */
  readonly when: string;
}

export const controlPlaneErrors = {
  malformed_json: {
    "status": 400,
    "message": "The body is not valid JSON.",
    "when": "The body is not JSON text in UTF-8."
  },
  invalid_request: {
    "status": 400,
    "message": "The request is not valid.",
    "when": "Body or query break their schema; `details` lists every violation."
  },
  invalid_cursor: {
    "status": 400,
    "message": "The cursor belongs to no page of this list. Start again without one.",
    "when": "The `cursor` of a list that pages is empty, made up, or of another list, filter or account."
  },
  key_in_managed_mode: {
    "status": 400,
    "message": "A key can only be stored in byok mode; send \"mode\":\"byok\" along with it.",
    "when": "A provider key was sent while the resulting mode is `managed`; nothing was stored."
  },
  unauthorized: {
    "status": 401,
    "message": "A valid API key is required: Authorization: Bearer rb_...",
    "when": "There is no credential, or it is malformed, unknown, or a workspace key."
  },
  duplicate_credentials: {
    "status": 401,
    "message": "Send one credential only.",
    "when": "There is more than one credential, in one place or in several."
  },
  plan_limit_exceeded: {
    "status": 402,
    "message": "The plan does not allow more.",
    "when": "A limit of the plan stands in the way; `details` names it."
  },
  not_found: {
    "status": 404,
    "message": "Not found.",
    "when": "The path is unknown, or the resource is unknown, deleted or of another account; all of them look the same."
  },
  method_not_allowed: {
    "status": 405,
    "message": "This path does not have that method.",
    "when": "The path exists and its methods are listed in `Allow`."
  },
  payload_too_large: {
    "status": 413,
    "message": "The body is over 1 MiB.",
    "when": "The body is larger than the limit, whether its length was announced or not."
  },
  unsupported_media_type: {
    "status": 415,
    "message": "The body must be sent as Content-Type: application/json.",
    "when": "The content type is missing or another, or the body is compressed."
  },
  rate_limited: {
    "status": 429,
    "message": "Too many requests.",
    "when": "The limit of this user and class of endpoint is reached; `Retry-After` says when it ends."
  },
  internal_error: {
    "status": 500,
    "message": "Something went wrong on our side.",
    "when": "The platform failed. The request id finds the cause in the log; the answer says nothing about it."
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

export const proxyErrors = {
  malformed_json: {
    "status": 400,
    "message": "The body must be one JSON object in UTF-8.",
    "when": "The body cannot be read."
  },
  invalid_request: {
    "status": 400,
    "message": "The request is not valid.",
    "when": "The request lacks what the proxy needs, or has it in a wrong form."
  },
  missing_model: {
    "status": 400,
    "message": "Name a model: the workspace has none configured for this provider.",
    "when": "The call names no model and the workspace has none for the provider."
  },
  unknown_price: {
    "status": 400,
    "message": "The price of this model is not known, so it cannot be called.",
    "when": "The price list does not have the model, so it is not called."
  },
  unsupported_operation: {
    "status": 400,
    "message": "The model's provider does not offer this operation.",
    "when": "The model's provider does not offer the operation."
  },
  unsupported_parameter: {
    "status": 400,
    "message": "It is not known what this parameter costs.",
    "when": "A managed call has a parameter, a tool or a block of content whose cost is not known. The message names its path."
  },
  invalid_missing_key: {
    "status": 400,
    "message": "This workspace is in byok mode and has no key for the provider.",
    "when": "The workspace is in byok mode without a key for the provider."
  },
  subject_limit_malformed: {
    "status": 400,
    "message": "A subject limit header is malformed.",
    "when": "A subject limit header cannot be read."
  },
  unauthorized: {
    "status": 401,
    "message": "A valid workspace key is required.",
    "when": "There is no valid workspace credential."
  },
  duplicate_credentials: {
    "status": 401,
    "message": "Send one credential only.",
    "when": "There is more than one credential."
  },
  provider_key_refused: {
    "status": 401,
    "message": "The provider refused the workspace's stored key.",
    "when": "The provider does not accept the workspace's own key."
  },
  insufficient_credits: {
    "status": 402,
    "message": "The account has too few credits left for this call.",
    "when": "Less is left than the call may cost; nothing was forwarded."
  },
  subject_over_budget: {
    "status": 402,
    "message": "The budget of this user is used up.",
    "when": "The end user's budget is used up; nothing was forwarded."
  },
  not_found: {
    "status": 404,
    "message": "Not found.",
    "when": "The path is unknown."
  },
  unknown_id: {
    "status": 404,
    "message": "Nothing with this id is kept for this workspace.",
    "when": "The call names something that the provider keeps, and this workspace did not get it; nothing was forwarded."
  },
  method_not_allowed: {
    "status": 405,
    "message": "This path does not have that method.",
    "when": "The path exists and its methods are listed in `Allow`."
  },
  request_timeout: {
    "status": 408,
    "message": "The body did not come in time.",
    "when": "The body of the request took too long to arrive; nothing was forwarded."
  },
  duplicate_request: {
    "status": 409,
    "message": "This idempotency key was used before.",
    "when": "The `Idempotency-Key` was used before in this workspace."
  },
  payload_too_large: {
    "status": 413,
    "message": "The request body is too large.",
    "when": "The body is larger than the proxy takes."
  },
  unsupported_media_type: {
    "status": 415,
    "message": "The body must be sent as Content-Type: application/json, uncompressed.",
    "when": "The content type is missing or another, or the body is compressed."
  },
  upgrade_required: {
    "status": 426,
    "message": "Nothing is served over WebSocket here: call it over HTTP.",
    "when": "A WebSocket was asked for; `Upgrade` names the protocol that the path is served over."
  },
  rate_limited: {
    "status": 429,
    "message": "Too many requests.",
    "when": "Too many requests were sent, or too many large ones at once; `Retry-After` says when the next one may come."
  },
  subject_rate_limited: {
    "status": 429,
    "message": "This user has made too many requests.",
    "when": "The end user's rate is reached."
  },
  internal_error: {
    "status": 500,
    "message": "Something went wrong on our side.",
    "when": "The platform failed."
  },
  provider_unreachable: {
    "status": 502,
    "message": "The provider cannot be reached. Nothing was charged.",
    "when": "There was no connection to the provider."
  },
  provider_broken: {
    "status": 502,
    "message": "The provider broke off before its answer was complete.",
    "when": "The provider's answer is not complete."
  },
  provider_error: {
    "status": 502,
    "message": "The provider refused the call for a reason on our side.",
    "when": "The provider refused the call for a reason that the platform has to mend."
  },
  metering_unavailable: {
    "status": 503,
    "message": "Calls cannot be metered at the moment. Nothing was forwarded.",
    "when": "The call cannot be metered; nothing was forwarded."
  },
  overloaded: {
    "status": 503,
    "message": "Too many large requests are under way. Try again later.",
    "when": "The bodies that are under way take all the memory that is set aside for them; nothing was forwarded."
  },
  provider_not_configured: {
    "status": 503,
    "message": "The platform has no access to the provider of this call.",
    "when": "The platform has no key for the provider; nothing was forwarded."
  },
  provider_timeout: {
    "status": 504,
    "message": "The provider did not answer in time.",
    "when": "The provider did not answer in time; the credits stay on hold until the cost is known."
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

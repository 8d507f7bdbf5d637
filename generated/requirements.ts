// Made by `npm run generate` from spec/: do not edit.

/** How binding a requirement is, in the sense of RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** What a platform declares that it offers. */
export type Profile = 'control-plane' | 'proxy-openai' | 'proxy-anthropic' | 'proxy-google' | 'byok' | 'subjects';

/** One sentence of the contract that can be held against a platform from outside, over HTTP. */
export interface Requirement {
  /** Stable, e.g. `AIC-004`. */
  readonly id: string;
  readonly level: Level;
  readonly sentence: string;
  /** First version of the contract that says so. */
  readonly since: string;
  readonly profile: Profile;
  /** Whether the API's public documentation says so, or this contract decided it. */
  readonly source: 'documented' | 'decided';
  readonly operationId: string;
  readonly api: 'control-plane' | 'managed-proxy';
  readonly method: string;
  /** As the document of `api` writes it, without the base path. */
  readonly path: string;
  /** Why no check from outside is possible; absent where one is. */
  readonly untestable?: string;
  /** What a mock that remembers nothing comes to, and why; absent where it keeps the requirement. */
  readonly mock?: { readonly verdict: 'fail' | 'unverified'; readonly reason: string };
}

export const requirements = [
  {
    id: "AIC-001",
    level: "MUST",
    sentence: "GET ai-config of an own workspace answers 200 with mode, provider, model, status and an RFC 3339 updated_at, none of them null.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAiConfig",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-002",
    level: "MUST",
    sentence: "While mode is managed, status is managed_active.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAiConfig",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-010",
    level: "MUST",
    sentence: "PUT ai-config with one field answers 200, leaves the fields that were not sent as they were, and GET ai-config then answers the same.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "AIC-011",
    level: "MUST",
    sentence: "PUT ai-config with null for mode, provider and model answers the values of GET /users/me/ai-defaults.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-012",
    level: "MUST",
    sentence: "PUT ai-config with an unknown field, default_provider, default_model and provider_keys among them, is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-013",
    level: "MUST",
    sentence: "PUT ai-config with a mode or provider outside its enumeration, or with a field of another JSON type, is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-014",
    level: "MUST",
    sentence: "PUT ai-config that is answered 400 or 401 changes nothing, even if some of its fields were valid.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-015",
    level: "MUST",
    sentence: "No answer of GET or PUT ai-config contains the api_key that was sent, under any name or within any text.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-016",
    level: "MUST",
    sentence: "PUT ai-config with mode byok and an api_key for the provider in effect answers status byok_active.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "AIC-017",
    level: "MUST",
    sentence: "PUT ai-config with api_key null in mode byok answers status invalid_missing_key.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-018",
    level: "MUST",
    sentence: "The stored api_key is in no answer of any other endpoint: workspaces, the workspace, its mode and metrics, credits, ai-usage, ai-defaults, limits, api-keys.",
    since: "1.1",
    profile: "byok",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-020",
    level: "MUST",
    sentence: "Switching to managed erases the stored key: mode byok without a new key then answers status invalid_missing_key.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-021",
    level: "SHOULD",
    sentence: "PUT ai-config with mode byok and no key stored is accepted with 200 and status invalid_missing_key.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "AIC-022",
    level: "SHOULD",
    sentence: "A stored key is usable with its own provider only: another provider in mode byok answers status invalid_missing_key, going back answers byok_active.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-023",
    level: "SHOULD",
    sentence: "A new key replaces the stored one of another provider: back at the first provider, status is invalid_missing_key.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-024",
    level: "SHOULD",
    sentence: "PUT ai-config with an api_key while the resulting mode is managed is answered 400 with code key_in_managed_mode.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "AIC-025",
    level: "SHOULD",
    sentence: "PUT ai-config with an api_key or model that is blank, longer than 512 characters or has a control character is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-026",
    level: "SHOULD",
    sentence: "PUT ai-config with an empty object answers 200 with mode, provider, model and status unchanged.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-027",
    level: "MUST",
    sentence: "PUT ai-config and PUT mode of another account's workspace answer 404 and change nothing there.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "AIC-028",
    level: "MUST",
    sentence: "PUT ai-config that is refused because it has an api_key in managed mode changes nothing and stores no key.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-029",
    level: "SHOULD",
    sentence: "The account's default model is in effect only with the provider it was set for: a workspace with another provider of its own shows a model of that provider.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "AIC-030",
    level: "MUST",
    sentence: "A key stored for one workspace is not usable in another workspace of the same account, whose status in mode byok is invalid_missing_key.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "AIC-031",
    level: "MUST",
    sentence: "After PUT ai-config stores a key in mode byok, the very next AI call of the workspace reaches the provider with that key.",
    since: "1.0",
    profile: "byok",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-032",
    level: "MUST",
    sentence: "A key stored for one provider is never sent to another provider's address, whichever provider and model are called.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "AIC-033",
    level: "MUST",
    sentence: "Stored keys are encrypted at rest.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    untestable: "How a platform stores a key cannot be seen over HTTP.",
  },
  {
    id: "AIC-034",
    level: "MUST",
    sentence: "After a switch from byok to managed the very next AI call of the workspace reaches the provider without the workspace's own key.",
    since: "1.1",
    profile: "byok",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "ANT-001",
    level: "MUST",
    sentence: "A buffered message answers 200 with the content and the token counts that Anthropic answered.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-002",
    level: "MUST",
    sentence: "In managed mode Anthropic receives the platform's key as x-api-key.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-003",
    level: "MUST",
    sentence: "When a buffered message arrives, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-004",
    level: "MUST",
    sentence: "Without credits left a message is answered 402, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-005",
    level: "SHOULD",
    sentence: "The 402 has the Anthropic error envelope with error.type billing_error.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-006",
    level: "MUST",
    sentence: "The managed Anthropic key is in no header and no body of any answer, not even if the provider repeats it.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-007",
    level: "SHOULD",
    sentence: "When a streamed message has ended, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-008",
    level: "SHOULD",
    sentence: "Cache reads and cache writes of five minutes and of an hour, which input_tokens excludes, are charged at their own prices, buffered and streamed.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-009",
    level: "MUST",
    sentence: "When Anthropic answers an error status without usage, nothing is charged and nothing stays on hold.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-010",
    level: "SHOULD",
    sentence: "A workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-011",
    level: "SHOULD",
    sentence: "A workspace key is accepted as x-api-key and as `Authorization: Bearer`.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-012",
    level: "SHOULD",
    sentence: "A stream that Anthropic breaks off ends with an event error in the Anthropic envelope, or with a broken connection, and never as if it were whole.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-013",
    level: "SHOULD",
    sentence: "A caller that goes away in the middle of a stream is charged what Anthropic reports in the end, or the amount stays reserved; never nothing.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-014",
    level: "SHOULD",
    sentence: "A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /v1/messages and /anthropic 404, all in the Anthropic envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-015",
    level: "MUST",
    sentence: "When Anthropic breaks off a call that it was sent, the amount stays reserved: the call is never free.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-016",
    level: "SHOULD",
    sentence: "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Anthropic envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-040",
    level: "SHOULD",
    sentence: "In byok mode Anthropic receives the workspace's own key as x-api-key, and nothing is charged.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "ANT-050",
    level: "MUST",
    sentence: "A message on the native route is forwarded and charged exactly as on /v1/messages.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "documented",
    operationId: "anthropicCreateMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/anthropic/v1/messages",
  },
  {
    id: "ANT-060",
    level: "SHOULD",
    sentence: "/v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "countMessageTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages/count_tokens",
  },
  {
    id: "ANT-061",
    level: "SHOULD",
    sentence: "/anthropic/v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "anthropicCountMessageTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/anthropic/v1/messages/count_tokens",
  },
  {
    id: "ANT-062",
    level: "SHOULD",
    sentence: "/anthropic/v1/models with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "anthropicListModels",
    api: "managed-proxy",
    method: "GET",
    path: "/anthropic/v1/models",
  },
  {
    id: "ANT-070",
    level: "SHOULD",
    sentence: "Without credits left /v1/messages/count_tokens still answers 200; it costs nothing and adds nothing to ai-usage.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "countMessageTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages/count_tokens",
  },
  {
    id: "AUT-001",
    level: "MUST",
    sentence: "A request without a credential, or with an API key that was never issued, is answered 401.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"fail","reason":"It lets every credential in."},
  },
  {
    id: "AUT-002",
    level: "SHOULD",
    sentence: "A valid API key in any form but `Authorization: Bearer <key>` is answered 401.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"fail","reason":"It lets every credential in."},
  },
  {
    id: "AUT-003",
    level: "SHOULD",
    sentence: "Two Authorization headers are answered 401, even if one of them is valid.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"fail","reason":"It lets every credential in."},
  },
  {
    id: "CAP-001",
    level: "MUST",
    sentence: "GET /capacity answers 200 without a credential, with the boolean available and the integers total and used.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCapacity",
    api: "control-plane",
    method: "GET",
    path: "/capacity",
  },
  {
    id: "CRD-001",
    level: "MUST",
    sentence: "GET credits answers 200 with mode, the numbers remaining and total, and the integers remaining_micro and total_micro.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "CRD-002",
    level: "MUST",
    sentence: "remaining and total are remaining_micro and total_micro divided by 1,000,000, to within 0.01.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "CRD-003",
    level: "SHOULD",
    sentence: "While an AI call is in progress, remaining_micro is lower by what is held for it.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "CRD-004",
    level: "MUST",
    sentence: "On plan free or pro without custom limits, total_micro is 250 or 2,000 credits.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "DEF-001",
    level: "MUST",
    sentence: "GET ai-defaults answers 200 with default_mode, default_provider and default_model, all of them strings.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAiDefaults",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-002",
    level: "MUST",
    sentence: "A workspace without settings of its own shows changed defaults in its ai-config at once.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAiDefaults",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-defaults",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "DEF-003",
    level: "SHOULD",
    sentence: "A workspace's own mode, provider and model stay in effect when the account's defaults change.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiDefaults",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-010",
    level: "MUST",
    sentence: "PUT ai-defaults with one field answers 200 and leaves the fields that were not sent as they were.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "DEF-011",
    level: "MUST",
    sentence: "A default sent as null is cleared: the same platform default takes its place, whatever was set before.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-012",
    level: "MUST",
    sentence: "PUT ai-defaults with an unknown field, the mode, provider, api_key and model of ai-config among them, is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-013",
    level: "MUST",
    sentence: "PUT ai-defaults with a number, boolean, array or object for any of its fields is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-014",
    level: "MUST",
    sentence: "PUT ai-defaults that is answered 400 changes nothing, even if some of its fields were valid.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "DEF-015",
    level: "SHOULD",
    sentence: "With nothing set, ai-defaults answers default_mode managed, default_provider openai and default_model gpt-4o-mini.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiDefaults",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-016",
    level: "SHOULD",
    sentence: "PUT ai-defaults with a mode or provider outside its enumeration, or with a model that is blank, longer than 512 characters or has a control character, is answered 400.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "DEF-017",
    level: "SHOULD",
    sentence: "PUT ai-defaults with an empty object answers 200 with nothing changed.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "DEF-020",
    level: "MUST",
    sentence: "PUT ai-mode answers 200 with the credits body, in which mode is the one that was sent.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiMode",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-mode",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "DEF-021",
    level: "MUST",
    sentence: "PUT ai-mode without a mode, or with one that is not a string, is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiMode",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-mode",
  },
  {
    id: "ERR-001",
    level: "MUST",
    sentence: "Answers 400, 401 and 404 are JSON with error.code and error.message, both non-empty strings.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"unverified","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "ERR-002",
    level: "SHOULD",
    sentence: "An unknown path is answered 404 with code not_found, with and without a credential.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "ERR-003",
    level: "SHOULD",
    sentence: "A method that the path does not have is answered 405 with an Allow header that lists those it has.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "ERR-004",
    level: "SHOULD",
    sentence: "An unknown query parameter is answered 400 with code invalid_request.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "ERR-005",
    level: "MUST",
    sentence: "More requests of one user than the limit of an endpoint class are answered 429.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    untestable: "A check would have to flood the platform and would lock the account out for the rest of the run.",
  },
  {
    id: "ERR-006",
    level: "MUST",
    sentence: "Answers 402, 405, 413 and 415 are JSON with error.code and error.message too, both non-empty strings.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"unverified","reason":"No plan limits it."},
  },
  {
    id: "ERR-010",
    level: "SHOULD",
    sentence: "An unknown workspace id is answered 401 without a credential, and 404 with an invalid body.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "ERR-011",
    level: "SHOULD",
    sentence: "A body larger than 1 MiB is answered 413.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "ERR-012",
    level: "SHOULD",
    sentence: "A JSON body without Content-Type, or with another than application/json, is answered 415.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "ERR-013",
    level: "SHOULD",
    sentence: "A body that is empty, not JSON or not a JSON object is answered 400 and changes nothing.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "ERR-014",
    level: "SHOULD",
    sentence: "A 400 for the body has code invalid_request and one detail with a JSON pointer for every field that breaks the schema.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "ERR-015",
    level: "SHOULD",
    sentence: "Of several reasons to refuse, the first decides: a wrong method is 405 without a credential, an unknown workspace id 404 with a body over 1 MiB, a body over 1 MiB 413 with a wrong Content-Type, and a wrong Content-Type 415 with an invalid body.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "ERR-016",
    level: "SHOULD",
    sentence: "A body of exactly 1 MiB is not too large: it is answered 400 where it breaks the schema, and not 413.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "ERR-017",
    level: "SHOULD",
    sentence: "A body in which a field stands twice is answered 400 and changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "FUZ-001",
    level: "MUST",
    sentence: "Generated bodies of PUT /workspaces/{id}/ai-config with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "FUZ-002",
    level: "MUST",
    sentence: "Generated bodies of PUT /users/me/ai-defaults with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "FUZ-010",
    level: "SHOULD",
    sentence: "Generated queries of GET /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "listWorkspaces",
    api: "control-plane",
    method: "GET",
    path: "/workspaces",
  },
  {
    id: "FUZ-011",
    level: "SHOULD",
    sentence: "Generated queries and bodies of POST /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
  },
  {
    id: "FUZ-012",
    level: "SHOULD",
    sentence: "Generated paths and queries of GET /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspace",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}",
  },
  {
    id: "FUZ-013",
    level: "SHOULD",
    sentence: "Generated paths and queries of DELETE /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteWorkspace",
    api: "control-plane",
    method: "DELETE",
    path: "/workspaces/{id}",
  },
  {
    id: "FUZ-014",
    level: "SHOULD",
    sentence: "Generated paths and queries of GET /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiConfig",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "FUZ-015",
    level: "SHOULD",
    sentence: "Generated paths, queries and bodies of PUT /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiConfig",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/ai-config",
  },
  {
    id: "FUZ-016",
    level: "SHOULD",
    sentence: "Generated paths and queries of GET /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspaceMode",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/mode",
  },
  {
    id: "FUZ-017",
    level: "SHOULD",
    sentence: "Generated paths, queries and bodies of PUT /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
  },
  {
    id: "FUZ-018",
    level: "SHOULD",
    sentence: "Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspaceUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics",
  },
  {
    id: "FUZ-019",
    level: "SHOULD",
    sentence: "Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspaceUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics/summary",
  },
  {
    id: "FUZ-020",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/credits are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getCredits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/credits",
  },
  {
    id: "FUZ-021",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/ai-usage are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "FUZ-022",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAccountUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics",
  },
  {
    id: "FUZ-023",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAccountUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics/summary",
  },
  {
    id: "FUZ-024",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiDefaults",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-defaults",
  },
  {
    id: "FUZ-025",
    level: "SHOULD",
    sentence: "Generated queries and bodies of PUT /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiDefaults",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-defaults",
  },
  {
    id: "FUZ-026",
    level: "SHOULD",
    sentence: "Generated queries and bodies of PUT /users/me/ai-mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateAiMode",
    api: "control-plane",
    method: "PUT",
    path: "/users/me/ai-mode",
  },
  {
    id: "FUZ-027",
    level: "SHOULD",
    sentence: "Generated queries of GET /users/me/limits are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getLimits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/limits",
  },
  {
    id: "FUZ-028",
    level: "SHOULD",
    sentence: "Generated queries of GET /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "listApiKeys",
    api: "control-plane",
    method: "GET",
    path: "/api-keys",
  },
  {
    id: "FUZ-029",
    level: "SHOULD",
    sentence: "Generated queries and bodies of POST /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "createApiKey",
    api: "control-plane",
    method: "POST",
    path: "/api-keys",
  },
  {
    id: "FUZ-030",
    level: "SHOULD",
    sentence: "Generated paths and queries of DELETE /api-keys/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
  },
  {
    id: "FUZ-031",
    level: "SHOULD",
    sentence: "Generated queries of GET /capacity are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getCapacity",
    api: "control-plane",
    method: "GET",
    path: "/capacity",
  },
  {
    id: "FUZ-032",
    level: "SHOULD",
    sentence: "Generated queries of GET /templates are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "listTemplates",
    api: "control-plane",
    method: "GET",
    path: "/templates",
  },
  {
    id: "FUZ-050",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/chat/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "FUZ-051",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/completions",
  },
  {
    id: "FUZ-052",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/responses are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "FUZ-053",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/embeddings are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/embeddings",
  },
  {
    id: "FUZ-054",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/messages are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "FUZ-055",
    level: "SHOULD",
    sentence: "Generated bodies of POST /v1/messages/count_tokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "countMessageTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages/count_tokens",
  },
  {
    id: "FUZ-056",
    level: "SHOULD",
    sentence: "Generated paths and bodies of generateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "FUZ-057",
    level: "SHOULD",
    sentence: "Generated paths and bodies of streamGenerateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "FUZ-058",
    level: "SHOULD",
    sentence: "Generated paths and bodies of countTokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleCountTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:countTokens",
  },
  {
    id: "FUZ-059",
    level: "SHOULD",
    sentence: "Generated paths and bodies of embedContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleEmbedContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:embedContent",
  },
  {
    id: "FUZ-060",
    level: "SHOULD",
    sentence: "Generated paths and bodies of batchEmbedContents are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleBatchEmbedContents",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:batchEmbedContents",
  },
  {
    id: "FUZ-070",
    level: "SHOULD",
    sentence: "Generated queries of GET /rig/v1/usage are answered with a documented status and body, never 5xx; what the contract refuses is refused.",
    since: "1.1",
    profile: "subjects",
    source: "decided",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "GEM-001",
    level: "MUST",
    sentence: "generateContent on v1 and on v1beta answers 200 with the candidates and the token counts that Google answered.",
    since: "1.0",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-002",
    level: "MUST",
    sentence: "In managed mode Google receives the platform's key as x-goog-api-key.",
    since: "1.0",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-003",
    level: "MUST",
    sentence: "When the answer arrives, remaining_micro has already fallen by exactly the cost of the tokens that Google reported.",
    since: "1.0",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-004",
    level: "SHOULD",
    sentence: "Thoughts are charged as output tokens, beside candidatesTokenCount.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-005",
    level: "MUST",
    sentence: "Without credits left generateContent is answered 402, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-006",
    level: "SHOULD",
    sentence: "The 402 has the Gemini error envelope with status RESOURCE_EXHAUSTED.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-007",
    level: "MUST",
    sentence: "The managed Google key is in no header and no body of any answer, not even if the provider repeats it.",
    since: "1.0",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-008",
    level: "SHOULD",
    sentence: "Cached content, which promptTokenCount includes, is charged at its own price, buffered and streamed.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-009",
    level: "MUST",
    sentence: "When Google answers an error status without usage, nothing is charged and nothing stays on hold.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-010",
    level: "SHOULD",
    sentence: "A workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-012",
    level: "SHOULD",
    sentence: "A stream that Google breaks off ends with an error in the Gemini envelope, or with a broken connection, and never as if it were whole.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "GEM-013",
    level: "MUST",
    sentence: "A caller that goes away in the middle of a stream is charged what Google reports in the end, or the amount stays reserved; never nothing.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "GEM-014",
    level: "SHOULD",
    sentence: "A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /google 404, all in the Gemini envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-015",
    level: "MUST",
    sentence: "When Google breaks off a call that it was sent, the amount stays reserved: the call is never free.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-016",
    level: "SHOULD",
    sentence: "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Gemini envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-020",
    level: "MUST",
    sentence: "When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that Google reported, with alt=sse and without.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "GEM-021",
    level: "MUST",
    sentence: "Without credits left streamGenerateContent is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "GEM-022",
    level: "MUST",
    sentence: "Without credits left embedContent is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleEmbedContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:embedContent",
  },
  {
    id: "GEM-023",
    level: "MUST",
    sentence: "Without credits left batchEmbedContents is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleBatchEmbedContents",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:batchEmbedContents",
  },
  {
    id: "GEM-024",
    level: "MUST",
    sentence: "An embedding is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleEmbedContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:embedContent",
  },
  {
    id: "GEM-025",
    level: "MUST",
    sentence: "A batch of embeddings is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives.",
    since: "1.1",
    profile: "proxy-google",
    source: "documented",
    operationId: "googleBatchEmbedContents",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:batchEmbedContents",
  },
  {
    id: "GEM-040",
    level: "SHOULD",
    sentence: "In byok mode Google receives the workspace's own key as x-goog-api-key, and nothing is charged.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "GEM-060",
    level: "SHOULD",
    sentence: "/google/v1beta/models with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleListModels",
    api: "managed-proxy",
    method: "GET",
    path: "/google/{version}/models",
  },
  {
    id: "GEM-061",
    level: "SHOULD",
    sentence: "streamGenerateContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleStreamGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:streamGenerateContent",
  },
  {
    id: "GEM-062",
    level: "SHOULD",
    sentence: "countTokens with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleCountTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:countTokens",
  },
  {
    id: "GEM-063",
    level: "SHOULD",
    sentence: "embedContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleEmbedContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:embedContent",
  },
  {
    id: "GEM-064",
    level: "SHOULD",
    sentence: "batchEmbedContents with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleBatchEmbedContents",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:batchEmbedContents",
  },
  {
    id: "GEM-070",
    level: "SHOULD",
    sentence: "Without credits left countTokens still answers 200; it costs nothing and adds nothing to ai-usage.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleCountTokens",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:countTokens",
  },
  {
    id: "KEY-001",
    level: "MUST",
    sentence: "GET /api-keys answers 200 with api_keys that have id, name, key_preview, is_workspace_key and created_at, and last_used_at only once they were used.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "listApiKeys",
    api: "control-plane",
    method: "GET",
    path: "/api-keys",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "KEY-002",
    level: "MUST",
    sentence: "GET /api-keys contains no key in full.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "listApiKeys",
    api: "control-plane",
    method: "GET",
    path: "/api-keys",
  },
  {
    id: "KEY-010",
    level: "MUST",
    sentence: "POST /api-keys answers 201 with an id and a key that starts with rb_, which the control plane accepts at once.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "createApiKey",
    api: "control-plane",
    method: "POST",
    path: "/api-keys",
  },
  {
    id: "KEY-011",
    level: "SHOULD",
    sentence: "POST /api-keys with a workspace_id makes a key that GET /api-keys lists with is_workspace_key true and that the control plane refuses with 401.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "createApiKey",
    api: "control-plane",
    method: "POST",
    path: "/api-keys",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "KEY-012",
    level: "MUST",
    sentence: "POST /api-keys with another account's workspace_id answers 404 and makes no key.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "createApiKey",
    api: "control-plane",
    method: "POST",
    path: "/api-keys",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "KEY-013",
    level: "SHOULD",
    sentence: "The AI proxy accepts a key that POST /api-keys made for a workspace.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createApiKey",
    api: "control-plane",
    method: "POST",
    path: "/api-keys",
  },
  {
    id: "KEY-020",
    level: "MUST",
    sentence: "DELETE /api-keys/{id} answers 200 with a message, and GET /api-keys no longer lists the key.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "KEY-021",
    level: "SHOULD",
    sentence: "A deleted key is refused with 401 at once.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "KEY-022",
    level: "MUST",
    sentence: "DELETE of another account's key answers 404, and the key stays valid.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "KEY-023",
    level: "MUST",
    sentence: "DELETE answers for another account's key with the same body as for an id that does not exist.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "KEY-024",
    level: "SHOULD",
    sentence: "A deleted workspace key is refused by the AI proxy with 401 at once.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "deleteApiKey",
    api: "control-plane",
    method: "DELETE",
    path: "/api-keys/{id}",
  },
  {
    id: "LIM-001",
    level: "MUST",
    sentence: "GET limits answers 200 with plan, custom, all six limits and all four usage numbers.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getLimits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/limits",
  },
  {
    id: "LIM-002",
    level: "MUST",
    sentence: "On plan free or pro without custom limits, max_vms is 2 or 10, max_ram_per_vm_mb 1024 or 4096, and max_vcpu_per_vm 1 or 4.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getLimits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/limits",
  },
  {
    id: "LIM-003",
    level: "SHOULD",
    sentence: "workspace_count is the number of workspaces that GET /workspaces lists, and one more as soon as another is made.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "getLimits",
    api: "control-plane",
    method: "GET",
    path: "/users/me/limits",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "MOD-001",
    level: "MUST",
    sentence: "GET mode answers 200 with mode managed or byok and source workspace or user_default.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getWorkspaceMode",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/mode",
  },
  {
    id: "MOD-002",
    level: "SHOULD",
    sentence: "GET mode answers the same mode as GET ai-config, whichever of the two it was set with.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspaceMode",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/mode",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "MOD-010",
    level: "MUST",
    sentence: "PUT mode with managed or byok answers 200 with that mode and source workspace.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "MOD-011",
    level: "MUST",
    sentence: "PUT mode with null answers 200 with the account's default mode and source user_default.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "MOD-012",
    level: "MUST",
    sentence: "PUT mode with a string that is neither managed nor byok is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
  },
  {
    id: "MOD-013",
    level: "SHOULD",
    sentence: "Switching to managed with PUT mode erases the stored key, as it does with PUT ai-config.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
    mock: {"verdict":"unverified","reason":"It remembers nothing."},
  },
  {
    id: "MOD-014",
    level: "SHOULD",
    sentence: "PUT mode with an empty object answers 200 and leaves mode and source as they were.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "updateWorkspaceMode",
    api: "control-plane",
    method: "PUT",
    path: "/workspaces/{id}/mode",
  },
  {
    id: "OAI-001",
    level: "MUST",
    sentence: "A buffered chat completion answers 200 with the provider's choices and token counts, and with usage.cost_micro and usage.cost_credits added to them.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-002",
    level: "MUST",
    sentence: "In managed mode the provider receives the platform's key as `Authorization: Bearer`.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-003",
    level: "SHOULD",
    sentence: "The caller's own credential and cookies reach the provider in no header.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-004",
    level: "MUST",
    sentence: "A buffered answer has the headers X-Rigbox-Cost-Micro and X-Rigbox-Cost-Credits, with the same values as usage.cost_micro and usage.cost_credits.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-005",
    level: "MUST",
    sentence: "cost_micro is the USD price of the tokens that the provider reported, times 100,000,000, rounded up once.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-006",
    level: "MUST",
    sentence: "When a buffered answer arrives, remaining_micro of the account has already fallen by exactly its X-Rigbox-Cost-Micro.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-007",
    level: "MUST",
    sentence: "The final usage chunk of a streamed answer, for a caller that asked for usage, has usage.cost_micro and usage.cost_credits.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-008",
    level: "SHOULD",
    sentence: "Cached input and cache writes are charged at their own prices, reasoning as the output that it is part of, buffered and streamed.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-009",
    level: "SHOULD",
    sentence: "A cost that the provider itself reports is charged in the place of the listed price, rounded up once to a microcredit.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-010",
    level: "MUST",
    sentence: "When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, whether or not the caller asked for usage.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-011",
    level: "SHOULD",
    sentence: "A caller that did not ask for usage receives no chunk with empty choices, and every other event unchanged up to [DONE].",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-012",
    level: "MUST",
    sentence: "Without credits left a call is answered 402, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-013",
    level: "SHOULD",
    sentence: "The 402 has the OpenAI error envelope with code insufficient_credits.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-014",
    level: "MUST",
    sentence: "A call whose upper bound is more than what is left is answered 402, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-015",
    level: "MUST",
    sentence: "Of parallel calls whose upper bounds together are more than what is left, only as many are forwarded as what is left covers.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-016",
    level: "MUST",
    sentence: "A call for a model without a known price is refused with a 4xx status, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-017",
    level: "MUST",
    sentence: "A call without an output limit reaches the provider with one.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-018",
    level: "MUST",
    sentence: "A confirmed cost above the upper bound that was reserved is still charged in full.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-019",
    level: "MUST",
    sentence: "Of parallel calls of two workspaces of one account, streams among them, no more are forwarded than what the account has left covers.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-020",
    level: "MUST",
    sentence: "When the provider answers an error status without usage, nothing is charged and nothing stays on hold.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-021",
    level: "MUST",
    sentence: "The managed provider key is in no header and no body of a buffered answer, not even if the provider repeats it.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-022",
    level: "MUST",
    sentence: "The managed provider key is in no header and no event of a streamed answer, not even if the provider repeats it in an event that reaches the proxy in several chunks.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-023",
    level: "MUST",
    sentence: "The managed provider key is in no error answer, not even if the provider repeats it in its own error.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-024",
    level: "SHOULD",
    sentence: "A workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-025",
    level: "SHOULD",
    sentence: "An API key of the account is answered 401, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-026",
    level: "SHOULD",
    sentence: "A model written as `openai/<model>` reaches the provider as `<model>`.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-027",
    level: "MUST",
    sentence: "A model is not free because its name says free: a call for it is refused and not forwarded, or it is charged.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-028",
    level: "SHOULD",
    sentence: "A model of Anthropic or Google, as provider/model or bare, reaches that provider's own OpenAI-compatible endpoint and is charged at its price.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-029",
    level: "SHOULD",
    sentence: "A second call of a workspace with the same Idempotency-Key is answered 409, not forwarded and not charged.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-030",
    level: "MUST",
    sentence: "When the provider breaks off a call that it was sent, before its answer or in the middle of a stream, the amount stays reserved: the call is never free.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-031",
    level: "MUST",
    sentence: "A complete answer that reports no usage tells no cost, above all not zero, and its amount stays reserved.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-032",
    level: "SHOULD",
    sentence: "An error status of the provider that reports usage is charged for it.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-033",
    level: "MUST",
    sentence: "A caller that goes away in the middle of a stream is charged what the provider reports in the end, or the amount stays reserved; never nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-034",
    level: "MUST",
    sentence: "A caller that goes away before a buffered answer is charged what the provider reports in the end, or the amount stays reserved; never nothing.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-035",
    level: "SHOULD",
    sentence: "A stream that the provider breaks off ends with an error chunk in the OpenAI envelope, or with a broken connection, and never as if it were whole.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-036",
    level: "SHOULD",
    sentence: "A body that is no JSON is answered 400, a wrong method 405 with Allow, both in the OpenAI envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-037",
    level: "SHOULD",
    sentence: "Paths below /v1 and /openai that the contract does not have are answered 404 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-038",
    level: "SHOULD",
    sentence: "Without credits left GET /v1/models still answers 200; it costs nothing and adds nothing to ai-usage.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "listModels",
    api: "managed-proxy",
    method: "GET",
    path: "/v1/models",
  },
  {
    id: "OAI-039",
    level: "SHOULD",
    sentence: "A call that names no model reaches the provider with the model that is in effect for the workspace.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-040",
    level: "SHOULD",
    sentence: "In byok mode the provider receives the workspace's own key and not the platform's, and remaining_micro stays as it was.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-041",
    level: "MUST",
    sentence: "In byok mode with a stored key a call succeeds although the account has no credits left.",
    since: "1.0",
    profile: "byok",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-042",
    level: "SHOULD",
    sentence: "In byok mode without a usable key a call is answered 400 with code invalid_missing_key, and nothing is forwarded.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-043",
    level: "MUST",
    sentence: "The workspace's own key is in no header and no body of any answer to a byok call, not even if the provider repeats it.",
    since: "1.0",
    profile: "byok",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-044",
    level: "SHOULD",
    sentence: "When the provider breaks off a buffered call that it was sent, the answer is a 5xx in the OpenAI envelope with x-should-retry false: a second call might be paid twice.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-050",
    level: "MUST",
    sentence: "A chat completion on the native route is forwarded and charged exactly as on /v1/chat/completions.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "openaiCreateChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/chat/completions",
  },
  {
    id: "OAI-051",
    level: "MUST",
    sentence: "A completion on the native route is forwarded and charged exactly as on /v1/completions.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "openaiCreateCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/completions",
  },
  {
    id: "OAI-052",
    level: "MUST",
    sentence: "A response on the native route is forwarded and charged exactly as on /v1/responses.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "openaiCreateResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/responses",
  },
  {
    id: "OAI-053",
    level: "MUST",
    sentence: "An embedding on the native route is forwarded and charged exactly as on /v1/embeddings.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "openaiCreateEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/embeddings",
  },
  {
    id: "OAI-060",
    level: "SHOULD",
    sentence: "/v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/completions",
  },
  {
    id: "OAI-061",
    level: "SHOULD",
    sentence: "/v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "OAI-062",
    level: "SHOULD",
    sentence: "/v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/embeddings",
  },
  {
    id: "OAI-063",
    level: "SHOULD",
    sentence: "/v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "listModels",
    api: "managed-proxy",
    method: "GET",
    path: "/v1/models",
  },
  {
    id: "OAI-064",
    level: "SHOULD",
    sentence: "/openai/v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "openaiCreateCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/completions",
  },
  {
    id: "OAI-065",
    level: "SHOULD",
    sentence: "/openai/v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "openaiCreateResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/responses",
  },
  {
    id: "OAI-066",
    level: "SHOULD",
    sentence: "/openai/v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "openaiCreateEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/openai/v1/embeddings",
  },
  {
    id: "OAI-067",
    level: "SHOULD",
    sentence: "/openai/v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "openaiListModels",
    api: "managed-proxy",
    method: "GET",
    path: "/openai/v1/models",
  },
  {
    id: "OAI-070",
    level: "MUST",
    sentence: "When a buffered completion arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/completions",
  },
  {
    id: "OAI-071",
    level: "MUST",
    sentence: "When a streamed completion has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/completions",
  },
  {
    id: "OAI-072",
    level: "MUST",
    sentence: "Without credits left a completion is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/completions",
  },
  {
    id: "OAI-073",
    level: "MUST",
    sentence: "When a buffered response arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "OAI-074",
    level: "MUST",
    sentence: "When a streamed response has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and the usage of its last event tells that cost.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "OAI-075",
    level: "MUST",
    sentence: "Without credits left a response is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "OAI-076",
    level: "SHOULD",
    sentence: "A streamed response that the provider breaks off ends with an event error, or with a broken connection, and never as if it were whole.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "OAI-077",
    level: "MUST",
    sentence: "When an embedding arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/embeddings",
  },
  {
    id: "OAI-078",
    level: "MUST",
    sentence: "Without credits left an embedding is answered 402, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "createEmbedding",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/embeddings",
  },
  {
    id: "OAI-079",
    level: "SHOULD",
    sentence: "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the OpenAI envelope, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "OAI-085",
    level: "MUST",
    sentence: "/v1/responses with the previous_response_id that a workspace of another account got is answered 404 in the OpenAI envelope, as with one that nobody got, and nothing is forwarded.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createResponse",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/responses",
  },
  {
    id: "SUB-001",
    level: "MUST",
    sentence: "GET /rig/v1/usage answers 200 with subject, window_seconds, credits, credits_micro, input_tokens, output_tokens and requests.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-002",
    level: "MUST",
    sentence: "A window may be seconds or a number with s, m, h or d; window_seconds shows it in seconds, and is 86400 without one.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-003",
    level: "MUST",
    sentence: "A missing subject or a window that cannot be read is answered 400.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-004",
    level: "MUST",
    sentence: "After a call with X-Rigbox-Subject the subject's usage has grown by one request and by exactly the call's tokens and microcredits.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-005",
    level: "MUST",
    sentence: "A call counts for the subject that X-Rigbox-Subject names, and without that header for the one that its body names as user.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-006",
    level: "MUST",
    sentence: "A subject is trimmed and cut at 256 characters.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-007",
    level: "MUST",
    sentence: "A workspace reads nothing of another account's subject of the same name.",
    since: "1.0",
    profile: "subjects",
    source: "documented",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-010",
    level: "SHOULD",
    sentence: "GET /rig/v1/usage with a workspace key that was never issued is answered 401.",
    since: "1.0",
    profile: "subjects",
    source: "decided",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-011",
    level: "SHOULD",
    sentence: "GET /rig/v1/usage with an unknown query parameter, or with one that stands there twice, is answered 400.",
    since: "1.1",
    profile: "subjects",
    source: "decided",
    operationId: "getSubjectUsage",
    api: "managed-proxy",
    method: "GET",
    path: "/rig/v1/usage",
  },
  {
    id: "SUB-020",
    level: "MUST",
    sentence: "A call that would take its subject over a budget in credits is answered 402 with code subject_over_budget, and nothing is forwarded.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-021",
    level: "MUST",
    sentence: "A budget of `1req` allows one call in its window; the next is answered 402 with code subject_over_budget, and nothing is forwarded.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-022",
    level: "MUST",
    sentence: "A call over its subject's rate is answered 429 with code subject_rate_limited and Retry-After in whole seconds, and nothing is forwarded.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-023",
    level: "MUST",
    sentence: "A budget or rate that cannot be read is answered 400 with code subject_limit_malformed, and nothing is forwarded.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-024",
    level: "MUST",
    sentence: "The body of a subject refusal is exactly error with code, message, type rigbox_gateway_error, param null and details with reason, subject, limit (kind, amount, window_seconds), used, resets_at and retry_after.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-025",
    level: "MUST",
    sentence: "Without a subject, budget and rate are ignored, malformed ones too.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-026",
    level: "SHOULD",
    sentence: "Without credits left a call over its subject's budget and rate is answered with the account's own 402, code insufficient_credits.",
    since: "1.1",
    profile: "subjects",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-027",
    level: "MUST",
    sentence: "A call over both a budget and a rate is answered 402 for the budget.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-028",
    level: "MUST",
    sentence: "The window of a limit is seconds or a number with s, m, h or d, and its details show it in seconds.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-029",
    level: "MUST",
    sentence: "X-Rigbox-Subject-Rate may be sent several times and each of them limits; X-Rigbox-Subject-Budget sent twice is answered 400 with code subject_limit_malformed.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-030",
    level: "MUST",
    sentence: "When a window has passed, its calls no longer count against the limit.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-031",
    level: "SHOULD",
    sentence: "Of parallel calls of one subject no more are forwarded than its budget allows.",
    since: "1.1",
    profile: "subjects",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-032",
    level: "MUST",
    sentence: "A limit counts the calls of its own subject only: those of another do not use it up.",
    since: "1.1",
    profile: "subjects",
    source: "documented",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-033",
    level: "SHOULD",
    sentence: "A call that is refused for its subject's limit adds nothing to the subject's usage, and nothing is charged.",
    since: "1.1",
    profile: "subjects",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-034",
    level: "SHOULD",
    sentence: "In byok mode subject limits hold as well.",
    since: "1.1",
    profile: "byok",
    source: "decided",
    operationId: "createChatCompletion",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/chat/completions",
  },
  {
    id: "SUB-035",
    level: "SHOULD",
    sentence: "On /v1/messages a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Anthropic envelope.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "createMessage",
    api: "managed-proxy",
    method: "POST",
    path: "/v1/messages",
  },
  {
    id: "SUB-036",
    level: "SHOULD",
    sentence: "On generateContent a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Gemini envelope.",
    since: "1.1",
    profile: "proxy-google",
    source: "decided",
    operationId: "googleGenerateContent",
    api: "managed-proxy",
    method: "POST",
    path: "/google/{version}/models/{model}:generateContent",
  },
  {
    id: "TPL-001",
    level: "MUST",
    sentence: "GET /templates answers 200 without a credential, with templates that have all their required fields.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "listTemplates",
    api: "control-plane",
    method: "GET",
    path: "/templates",
  },
  {
    id: "USG-001",
    level: "MUST",
    sentence: "GET ai-usage answers 200 with window_days, daily and by_workspace, and every row has all its fields.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-002",
    level: "SHOULD",
    sentence: "The sums of requests, input_tokens, output_tokens and credits_micro over daily and over by_workspace are equal.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-003",
    level: "MUST",
    sentence: "After a managed call the row of its workspace and the row of today have grown by one request and by exactly the call's tokens and microcredits.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-004",
    level: "SHOULD",
    sentence: "A call that is refused with 402 adds nothing to ai-usage.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-005",
    level: "SHOULD",
    sentence: "A byok call adds one request and its tokens to ai-usage, and no microcredits.",
    since: "1.0",
    profile: "byok",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-006",
    level: "SHOULD",
    sentence: "window_days is 30; daily lists the days with usage in ascending order as YYYY-MM-DD, the day of today's call in UTC last.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-007",
    level: "SHOULD",
    sentence: "A deleted workspace keeps its row in by_workspace.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-008",
    level: "SHOULD",
    sentence: "input_tokens of ai-usage includes cache reads and cache writes, output_tokens includes thinking.",
    since: "1.1",
    profile: "proxy-anthropic",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-009",
    level: "SHOULD",
    sentence: "A call that the provider answers with an error status adds no request and no tokens to ai-usage.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "getAiUsage",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage",
  },
  {
    id: "USG-010",
    level: "MUST",
    sentence: "GET metrics answers 200 for each range, 24h by default, with that range, step_seconds and the series credits, requests, input_tokens and output_tokens of {t, v} points.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAccountUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "USG-011",
    level: "MUST",
    sentence: "GET metrics and metrics/summary with a range other than 1h, 6h, 24h and 7d are answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAccountUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics",
  },
  {
    id: "USG-012",
    level: "SHOULD",
    sentence: "All four series have the same t values, in ascending order and step_seconds apart, points without usage included.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getAccountUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics",
  },
  {
    id: "USG-020",
    level: "MUST",
    sentence: "GET metrics/summary answers 200 for each range, 24h by default, with range, total_credits, total_credits_micro, total_requests, input_tokens and output_tokens.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getAccountUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/users/me/ai-usage/metrics/summary",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "USG-030",
    level: "MUST",
    sentence: "GET metrics of a workspace answers 200 for each range with the four series, and range 24h by default.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getWorkspaceUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "USG-031",
    level: "MUST",
    sentence: "GET metrics and metrics/summary of a workspace with a range other than 1h, 6h, 24h and 7d are answered 400.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "getWorkspaceUsageMetrics",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics",
  },
  {
    id: "USG-040",
    level: "MUST",
    sentence: "GET metrics/summary of a workspace answers 200 with all its fields, and range 24h by default.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getWorkspaceUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics/summary",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "USG-041",
    level: "MUST",
    sentence: "After a managed call the summaries of its workspace and of the account have grown by one request and by exactly the call's tokens and microcredits, and so have the sums of their series.",
    since: "1.0",
    profile: "proxy-openai",
    source: "documented",
    operationId: "getWorkspaceUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics/summary",
  },
  {
    id: "USG-042",
    level: "MUST",
    sentence: "The cost that an answer or its stream tells, the fall of remaining_micro, and the growth of credits_micro in ai-usage and in the summaries of workspace and account are one and the same number.",
    since: "1.1",
    profile: "proxy-openai",
    source: "documented",
    operationId: "getWorkspaceUsageSummary",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}/ai-usage/metrics/summary",
  },
  {
    id: "WSP-001",
    level: "MUST",
    sentence: "GET /workspaces answers 200 with vms, and every workspace in it has all its required fields.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "listWorkspaces",
    api: "control-plane",
    method: "GET",
    path: "/workspaces",
  },
  {
    id: "WSP-002",
    level: "MUST",
    sentence: "GET /workspaces lists no workspace and GET /api-keys no key of another account.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "listWorkspaces",
    api: "control-plane",
    method: "GET",
    path: "/workspaces",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "WSP-003",
    level: "MUST",
    sentence: "Every timestamp of a workspace, of its ai-config and of an API key is RFC 3339 in UTC.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "listWorkspaces",
    api: "control-plane",
    method: "GET",
    path: "/workspaces",
  },
  {
    id: "WSP-010",
    level: "MUST",
    sentence: "POST /workspaces with a name answers 201 with a vm of that name, which GET /workspaces/{id} then finds.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
    mock: {"verdict":"fail","reason":"It answers an example, whatever was sent."},
  },
  {
    id: "WSP-011",
    level: "MUST",
    sentence: "POST /workspaces without a name is answered 400.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
  },
  {
    id: "WSP-012",
    level: "MUST",
    sentence: "A new workspace has the account's AI defaults in effect, and source user_default for its mode.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
  },
  {
    id: "WSP-013",
    level: "MUST",
    sentence: "POST /workspaces with more memory than max_ram_per_vm_mb allows is answered 402.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
    mock: {"verdict":"fail","reason":"No plan limits it."},
  },
  {
    id: "WSP-014",
    level: "SHOULD",
    sentence: "The 402 of a plan limit has code plan_limit_exceeded and details with limit, allowed and used.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
    mock: {"verdict":"unverified","reason":"No plan limits it."},
  },
  {
    id: "WSP-015",
    level: "MUST",
    sentence: "POST /workspaces that is answered 400 or 402 makes no workspace.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
    mock: {"verdict":"unverified","reason":"No plan limits it."},
  },
  {
    id: "WSP-016",
    level: "MAY",
    sentence: "The 201 answer carries a workspace_key that the AI proxy accepts.",
    since: "1.0",
    profile: "proxy-openai",
    source: "decided",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
  },
  {
    id: "WSP-017",
    level: "MUST",
    sentence: "POST /workspaces with more virtual CPUs than max_vcpu_per_vm allows is answered 402.",
    since: "1.1",
    profile: "control-plane",
    source: "documented",
    operationId: "createWorkspace",
    api: "control-plane",
    method: "POST",
    path: "/workspaces",
    mock: {"verdict":"fail","reason":"No plan limits it."},
  },
  {
    id: "WSP-020",
    level: "MUST",
    sentence: "GET /workspaces/{id} answers 200 with a vm of that id, and 404 for an id that does not exist.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "getWorkspace",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "WSP-021",
    level: "MUST",
    sentence: "Workspace, ai-config, mode, metrics and metrics/summary of another account's workspace answer GET with 404 and the same body as an id that does not exist.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "getWorkspace",
    api: "control-plane",
    method: "GET",
    path: "/workspaces/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "WSP-030",
    level: "MUST",
    sentence: "DELETE /workspaces/{id} answers 200 with a message, and GET of the id then answers 404.",
    since: "1.0",
    profile: "control-plane",
    source: "documented",
    operationId: "deleteWorkspace",
    api: "control-plane",
    method: "DELETE",
    path: "/workspaces/{id}",
    mock: {"verdict":"fail","reason":"It remembers nothing."},
  },
  {
    id: "WSP-031",
    level: "MUST",
    sentence: "DELETE of another account's workspace answers 404 and leaves it in place.",
    since: "1.0",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteWorkspace",
    api: "control-plane",
    method: "DELETE",
    path: "/workspaces/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "WSP-032",
    level: "MUST",
    sentence: "PUT ai-config, PUT mode and DELETE answer for another account's workspace with the same body as for an id that does not exist.",
    since: "1.1",
    profile: "control-plane",
    source: "decided",
    operationId: "deleteWorkspace",
    api: "control-plane",
    method: "DELETE",
    path: "/workspaces/{id}",
    mock: {"verdict":"fail","reason":"It knows every id, and no account owns any."},
  },
  {
    id: "WSP-033",
    level: "SHOULD",
    sentence: "The key of a deleted workspace is refused by the AI proxy with 401 at once.",
    since: "1.1",
    profile: "proxy-openai",
    source: "decided",
    operationId: "deleteWorkspace",
    api: "control-plane",
    method: "DELETE",
    path: "/workspaces/{id}",
  },
] as const satisfies readonly Requirement[];

/** The sentence of every requirement, by its id. */
export interface RequirementSentences {
  /** MUST: GET ai-config of an own workspace answers 200 with mode, provider, model, status and an RFC 3339 updated_at, none of them null. */
  readonly 'AIC-001': "GET ai-config of an own workspace answers 200 with mode, provider, model, status and an RFC 3339 updated_at, none of them null.";
  /** MUST: While mode is managed, status is managed_active. */
  readonly 'AIC-002': "While mode is managed, status is managed_active.";
  /** MUST: PUT ai-config with one field answers 200, leaves the fields that were not sent as they were, and GET ai-config then answers the same. */
  readonly 'AIC-010': "PUT ai-config with one field answers 200, leaves the fields that were not sent as they were, and GET ai-config then answers the same.";
  /** MUST: PUT ai-config with null for mode, provider and model answers the values of GET /users/me/ai-defaults. */
  readonly 'AIC-011': "PUT ai-config with null for mode, provider and model answers the values of GET /users/me/ai-defaults.";
  /** MUST: PUT ai-config with an unknown field, default_provider, default_model and provider_keys among them, is answered 400. */
  readonly 'AIC-012': "PUT ai-config with an unknown field, default_provider, default_model and provider_keys among them, is answered 400.";
  /** MUST: PUT ai-config with a mode or provider outside its enumeration, or with a field of another JSON type, is answered 400. */
  readonly 'AIC-013': "PUT ai-config with a mode or provider outside its enumeration, or with a field of another JSON type, is answered 400.";
  /** MUST: PUT ai-config that is answered 400 or 401 changes nothing, even if some of its fields were valid. */
  readonly 'AIC-014': "PUT ai-config that is answered 400 or 401 changes nothing, even if some of its fields were valid.";
  /** MUST: No answer of GET or PUT ai-config contains the api_key that was sent, under any name or within any text. */
  readonly 'AIC-015': "No answer of GET or PUT ai-config contains the api_key that was sent, under any name or within any text.";
  /** MUST: PUT ai-config with mode byok and an api_key for the provider in effect answers status byok_active. */
  readonly 'AIC-016': "PUT ai-config with mode byok and an api_key for the provider in effect answers status byok_active.";
  /** MUST: PUT ai-config with api_key null in mode byok answers status invalid_missing_key. */
  readonly 'AIC-017': "PUT ai-config with api_key null in mode byok answers status invalid_missing_key.";
  /** MUST: The stored api_key is in no answer of any other endpoint: workspaces, the workspace, its mode and metrics, credits, ai-usage, ai-defaults, limits, api-keys. */
  readonly 'AIC-018': "The stored api_key is in no answer of any other endpoint: workspaces, the workspace, its mode and metrics, credits, ai-usage, ai-defaults, limits, api-keys.";
  /** MUST: Switching to managed erases the stored key: mode byok without a new key then answers status invalid_missing_key. */
  readonly 'AIC-020': "Switching to managed erases the stored key: mode byok without a new key then answers status invalid_missing_key.";
  /** SHOULD: PUT ai-config with mode byok and no key stored is accepted with 200 and status invalid_missing_key. */
  readonly 'AIC-021': "PUT ai-config with mode byok and no key stored is accepted with 200 and status invalid_missing_key.";
  /** SHOULD: A stored key is usable with its own provider only: another provider in mode byok answers status invalid_missing_key, going back answers byok_active. */
  readonly 'AIC-022': "A stored key is usable with its own provider only: another provider in mode byok answers status invalid_missing_key, going back answers byok_active.";
  /** SHOULD: A new key replaces the stored one of another provider: back at the first provider, status is invalid_missing_key. */
  readonly 'AIC-023': "A new key replaces the stored one of another provider: back at the first provider, status is invalid_missing_key.";
  /** SHOULD: PUT ai-config with an api_key while the resulting mode is managed is answered 400 with code key_in_managed_mode. */
  readonly 'AIC-024': "PUT ai-config with an api_key while the resulting mode is managed is answered 400 with code key_in_managed_mode.";
  /** SHOULD: PUT ai-config with an api_key or model that is blank, longer than 512 characters or has a control character is answered 400. */
  readonly 'AIC-025': "PUT ai-config with an api_key or model that is blank, longer than 512 characters or has a control character is answered 400.";
  /** SHOULD: PUT ai-config with an empty object answers 200 with mode, provider, model and status unchanged. */
  readonly 'AIC-026': "PUT ai-config with an empty object answers 200 with mode, provider, model and status unchanged.";
  /** MUST: PUT ai-config and PUT mode of another account's workspace answer 404 and change nothing there. */
  readonly 'AIC-027': "PUT ai-config and PUT mode of another account's workspace answer 404 and change nothing there.";
  /** MUST: PUT ai-config that is refused because it has an api_key in managed mode changes nothing and stores no key. */
  readonly 'AIC-028': "PUT ai-config that is refused because it has an api_key in managed mode changes nothing and stores no key.";
  /** SHOULD: The account's default model is in effect only with the provider it was set for: a workspace with another provider of its own shows a model of that provider. */
  readonly 'AIC-029': "The account's default model is in effect only with the provider it was set for: a workspace with another provider of its own shows a model of that provider.";
  /** MUST: A key stored for one workspace is not usable in another workspace of the same account, whose status in mode byok is invalid_missing_key. */
  readonly 'AIC-030': "A key stored for one workspace is not usable in another workspace of the same account, whose status in mode byok is invalid_missing_key.";
  /** MUST: After PUT ai-config stores a key in mode byok, the very next AI call of the workspace reaches the provider with that key. */
  readonly 'AIC-031': "After PUT ai-config stores a key in mode byok, the very next AI call of the workspace reaches the provider with that key.";
  /** MUST: A key stored for one provider is never sent to another provider's address, whichever provider and model are called. */
  readonly 'AIC-032': "A key stored for one provider is never sent to another provider's address, whichever provider and model are called.";
  /** MUST: Stored keys are encrypted at rest. */
  readonly 'AIC-033': "Stored keys are encrypted at rest.";
  /** MUST: After a switch from byok to managed the very next AI call of the workspace reaches the provider without the workspace's own key. */
  readonly 'AIC-034': "After a switch from byok to managed the very next AI call of the workspace reaches the provider without the workspace's own key.";
  /** MUST: A buffered message answers 200 with the content and the token counts that Anthropic answered. */
  readonly 'ANT-001': "A buffered message answers 200 with the content and the token counts that Anthropic answered.";
  /** MUST: In managed mode Anthropic receives the platform's key as x-api-key. */
  readonly 'ANT-002': "In managed mode Anthropic receives the platform's key as x-api-key.";
  /** MUST: When a buffered message arrives, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported. */
  readonly 'ANT-003': "When a buffered message arrives, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported.";
  /** MUST: Without credits left a message is answered 402, and nothing is forwarded. */
  readonly 'ANT-004': "Without credits left a message is answered 402, and nothing is forwarded.";
  /** SHOULD: The 402 has the Anthropic error envelope with error.type billing_error. */
  readonly 'ANT-005': "The 402 has the Anthropic error envelope with error.type billing_error.";
  /** MUST: The managed Anthropic key is in no header and no body of any answer, not even if the provider repeats it. */
  readonly 'ANT-006': "The managed Anthropic key is in no header and no body of any answer, not even if the provider repeats it.";
  /** SHOULD: When a streamed message has ended, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported. */
  readonly 'ANT-007': "When a streamed message has ended, remaining_micro has already fallen by exactly the cost of the tokens that Anthropic reported.";
  /** SHOULD: Cache reads and cache writes of five minutes and of an hour, which input_tokens excludes, are charged at their own prices, buffered and streamed. */
  readonly 'ANT-008': "Cache reads and cache writes of five minutes and of an hour, which input_tokens excludes, are charged at their own prices, buffered and streamed.";
  /** MUST: When Anthropic answers an error status without usage, nothing is charged and nothing stays on hold. */
  readonly 'ANT-009': "When Anthropic answers an error status without usage, nothing is charged and nothing stays on hold.";
  /** SHOULD: A workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-010': "A workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.";
  /** SHOULD: A workspace key is accepted as x-api-key and as `Authorization: Bearer`. */
  readonly 'ANT-011': "A workspace key is accepted as x-api-key and as `Authorization: Bearer`.";
  /** SHOULD: A stream that Anthropic breaks off ends with an event error in the Anthropic envelope, or with a broken connection, and never as if it were whole. */
  readonly 'ANT-012': "A stream that Anthropic breaks off ends with an event error in the Anthropic envelope, or with a broken connection, and never as if it were whole.";
  /** SHOULD: A caller that goes away in the middle of a stream is charged what Anthropic reports in the end, or the amount stays reserved; never nothing. */
  readonly 'ANT-013': "A caller that goes away in the middle of a stream is charged what Anthropic reports in the end, or the amount stays reserved; never nothing.";
  /** SHOULD: A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /v1/messages and /anthropic 404, all in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-014': "A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /v1/messages and /anthropic 404, all in the Anthropic envelope, and nothing is forwarded.";
  /** MUST: When Anthropic breaks off a call that it was sent, the amount stays reserved: the call is never free. */
  readonly 'ANT-015': "When Anthropic breaks off a call that it was sent, the amount stays reserved: the call is never free.";
  /** SHOULD: In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-016': "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Anthropic envelope, and nothing is forwarded.";
  /** SHOULD: In byok mode Anthropic receives the workspace's own key as x-api-key, and nothing is charged. */
  readonly 'ANT-040': "In byok mode Anthropic receives the workspace's own key as x-api-key, and nothing is charged.";
  /** MUST: A message on the native route is forwarded and charged exactly as on /v1/messages. */
  readonly 'ANT-050': "A message on the native route is forwarded and charged exactly as on /v1/messages.";
  /** SHOULD: /v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-060': "/v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.";
  /** SHOULD: /anthropic/v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-061': "/anthropic/v1/messages/count_tokens with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.";
  /** SHOULD: /anthropic/v1/models with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded. */
  readonly 'ANT-062': "/anthropic/v1/models with a workspace key that was never issued is answered 401 in the Anthropic envelope, and nothing is forwarded.";
  /** SHOULD: Without credits left /v1/messages/count_tokens still answers 200; it costs nothing and adds nothing to ai-usage. */
  readonly 'ANT-070': "Without credits left /v1/messages/count_tokens still answers 200; it costs nothing and adds nothing to ai-usage.";
  /** MUST: A request without a credential, or with an API key that was never issued, is answered 401. */
  readonly 'AUT-001': "A request without a credential, or with an API key that was never issued, is answered 401.";
  /** SHOULD: A valid API key in any form but `Authorization: Bearer <key>` is answered 401. */
  readonly 'AUT-002': "A valid API key in any form but `Authorization: Bearer <key>` is answered 401.";
  /** SHOULD: Two Authorization headers are answered 401, even if one of them is valid. */
  readonly 'AUT-003': "Two Authorization headers are answered 401, even if one of them is valid.";
  /** MUST: GET /capacity answers 200 without a credential, with the boolean available and the integers total and used. */
  readonly 'CAP-001': "GET /capacity answers 200 without a credential, with the boolean available and the integers total and used.";
  /** MUST: GET credits answers 200 with mode, the numbers remaining and total, and the integers remaining_micro and total_micro. */
  readonly 'CRD-001': "GET credits answers 200 with mode, the numbers remaining and total, and the integers remaining_micro and total_micro.";
  /** MUST: remaining and total are remaining_micro and total_micro divided by 1,000,000, to within 0.01. */
  readonly 'CRD-002': "remaining and total are remaining_micro and total_micro divided by 1,000,000, to within 0.01.";
  /** SHOULD: While an AI call is in progress, remaining_micro is lower by what is held for it. */
  readonly 'CRD-003': "While an AI call is in progress, remaining_micro is lower by what is held for it.";
  /** MUST: On plan free or pro without custom limits, total_micro is 250 or 2,000 credits. */
  readonly 'CRD-004': "On plan free or pro without custom limits, total_micro is 250 or 2,000 credits.";
  /** MUST: GET ai-defaults answers 200 with default_mode, default_provider and default_model, all of them strings. */
  readonly 'DEF-001': "GET ai-defaults answers 200 with default_mode, default_provider and default_model, all of them strings.";
  /** MUST: A workspace without settings of its own shows changed defaults in its ai-config at once. */
  readonly 'DEF-002': "A workspace without settings of its own shows changed defaults in its ai-config at once.";
  /** SHOULD: A workspace's own mode, provider and model stay in effect when the account's defaults change. */
  readonly 'DEF-003': "A workspace's own mode, provider and model stay in effect when the account's defaults change.";
  /** MUST: PUT ai-defaults with one field answers 200 and leaves the fields that were not sent as they were. */
  readonly 'DEF-010': "PUT ai-defaults with one field answers 200 and leaves the fields that were not sent as they were.";
  /** MUST: A default sent as null is cleared: the same platform default takes its place, whatever was set before. */
  readonly 'DEF-011': "A default sent as null is cleared: the same platform default takes its place, whatever was set before.";
  /** MUST: PUT ai-defaults with an unknown field, the mode, provider, api_key and model of ai-config among them, is answered 400. */
  readonly 'DEF-012': "PUT ai-defaults with an unknown field, the mode, provider, api_key and model of ai-config among them, is answered 400.";
  /** MUST: PUT ai-defaults with a number, boolean, array or object for any of its fields is answered 400. */
  readonly 'DEF-013': "PUT ai-defaults with a number, boolean, array or object for any of its fields is answered 400.";
  /** MUST: PUT ai-defaults that is answered 400 changes nothing, even if some of its fields were valid. */
  readonly 'DEF-014': "PUT ai-defaults that is answered 400 changes nothing, even if some of its fields were valid.";
  /** SHOULD: With nothing set, ai-defaults answers default_mode managed, default_provider openai and default_model gpt-4o-mini. */
  readonly 'DEF-015': "With nothing set, ai-defaults answers default_mode managed, default_provider openai and default_model gpt-4o-mini.";
  /** SHOULD: PUT ai-defaults with a mode or provider outside its enumeration, or with a model that is blank, longer than 512 characters or has a control character, is answered 400. */
  readonly 'DEF-016': "PUT ai-defaults with a mode or provider outside its enumeration, or with a model that is blank, longer than 512 characters or has a control character, is answered 400.";
  /** SHOULD: PUT ai-defaults with an empty object answers 200 with nothing changed. */
  readonly 'DEF-017': "PUT ai-defaults with an empty object answers 200 with nothing changed.";
  /** MUST: PUT ai-mode answers 200 with the credits body, in which mode is the one that was sent. */
  readonly 'DEF-020': "PUT ai-mode answers 200 with the credits body, in which mode is the one that was sent.";
  /** MUST: PUT ai-mode without a mode, or with one that is not a string, is answered 400. */
  readonly 'DEF-021': "PUT ai-mode without a mode, or with one that is not a string, is answered 400.";
  /** MUST: Answers 400, 401 and 404 are JSON with error.code and error.message, both non-empty strings. */
  readonly 'ERR-001': "Answers 400, 401 and 404 are JSON with error.code and error.message, both non-empty strings.";
  /** SHOULD: An unknown path is answered 404 with code not_found, with and without a credential. */
  readonly 'ERR-002': "An unknown path is answered 404 with code not_found, with and without a credential.";
  /** SHOULD: A method that the path does not have is answered 405 with an Allow header that lists those it has. */
  readonly 'ERR-003': "A method that the path does not have is answered 405 with an Allow header that lists those it has.";
  /** SHOULD: An unknown query parameter is answered 400 with code invalid_request. */
  readonly 'ERR-004': "An unknown query parameter is answered 400 with code invalid_request.";
  /** MUST: More requests of one user than the limit of an endpoint class are answered 429. */
  readonly 'ERR-005': "More requests of one user than the limit of an endpoint class are answered 429.";
  /** MUST: Answers 402, 405, 413 and 415 are JSON with error.code and error.message too, both non-empty strings. */
  readonly 'ERR-006': "Answers 402, 405, 413 and 415 are JSON with error.code and error.message too, both non-empty strings.";
  /** SHOULD: An unknown workspace id is answered 401 without a credential, and 404 with an invalid body. */
  readonly 'ERR-010': "An unknown workspace id is answered 401 without a credential, and 404 with an invalid body.";
  /** SHOULD: A body larger than 1 MiB is answered 413. */
  readonly 'ERR-011': "A body larger than 1 MiB is answered 413.";
  /** SHOULD: A JSON body without Content-Type, or with another than application/json, is answered 415. */
  readonly 'ERR-012': "A JSON body without Content-Type, or with another than application/json, is answered 415.";
  /** SHOULD: A body that is empty, not JSON or not a JSON object is answered 400 and changes nothing. */
  readonly 'ERR-013': "A body that is empty, not JSON or not a JSON object is answered 400 and changes nothing.";
  /** SHOULD: A 400 for the body has code invalid_request and one detail with a JSON pointer for every field that breaks the schema. */
  readonly 'ERR-014': "A 400 for the body has code invalid_request and one detail with a JSON pointer for every field that breaks the schema.";
  /** SHOULD: Of several reasons to refuse, the first decides: a wrong method is 405 without a credential, an unknown workspace id 404 with a body over 1 MiB, a body over 1 MiB 413 with a wrong Content-Type, and a wrong Content-Type 415 with an invalid body. */
  readonly 'ERR-015': "Of several reasons to refuse, the first decides: a wrong method is 405 without a credential, an unknown workspace id 404 with a body over 1 MiB, a body over 1 MiB 413 with a wrong Content-Type, and a wrong Content-Type 415 with an invalid body.";
  /** SHOULD: A body of exactly 1 MiB is not too large: it is answered 400 where it breaks the schema, and not 413. */
  readonly 'ERR-016': "A body of exactly 1 MiB is not too large: it is answered 400 where it breaks the schema, and not 413.";
  /** SHOULD: A body in which a field stands twice is answered 400 and changes nothing. */
  readonly 'ERR-017': "A body in which a field stands twice is answered 400 and changes nothing.";
  /** MUST: Generated bodies of PUT /workspaces/{id}/ai-config with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing. */
  readonly 'FUZ-001': "Generated bodies of PUT /workspaces/{id}/ai-config with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing.";
  /** MUST: Generated bodies of PUT /users/me/ai-defaults with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing. */
  readonly 'FUZ-002': "Generated bodies of PUT /users/me/ai-defaults with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing.";
  /** SHOULD: Generated queries of GET /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-010': "Generated queries of GET /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries and bodies of POST /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-011': "Generated queries and bodies of POST /workspaces are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated paths and queries of GET /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-012': "Generated paths and queries of GET /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated paths and queries of DELETE /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-013': "Generated paths and queries of DELETE /workspaces/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated paths and queries of GET /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-014': "Generated paths and queries of GET /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated paths, queries and bodies of PUT /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-015': "Generated paths, queries and bodies of PUT /workspaces/{id}/ai-config are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated paths and queries of GET /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-016': "Generated paths and queries of GET /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated paths, queries and bodies of PUT /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-017': "Generated paths, queries and bodies of PUT /workspaces/{id}/mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-018': "Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-019': "Generated paths and queries of GET /workspaces/{id}/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /users/me/credits are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-020': "Generated queries of GET /users/me/credits are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /users/me/ai-usage are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-021': "Generated queries of GET /users/me/ai-usage are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /users/me/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-022': "Generated queries of GET /users/me/ai-usage/metrics are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /users/me/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-023': "Generated queries of GET /users/me/ai-usage/metrics/summary are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-024': "Generated queries of GET /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries and bodies of PUT /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-025': "Generated queries and bodies of PUT /users/me/ai-defaults are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated queries and bodies of PUT /users/me/ai-mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-026': "Generated queries and bodies of PUT /users/me/ai-mode are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated queries of GET /users/me/limits are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-027': "Generated queries of GET /users/me/limits are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-028': "Generated queries of GET /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries and bodies of POST /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-029': "Generated queries and bodies of POST /api-keys are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated paths and queries of DELETE /api-keys/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing. */
  readonly 'FUZ-030': "Generated paths and queries of DELETE /api-keys/{id} are answered with a documented status and body, never 5xx; what the contract refuses is refused, and a refusal changes nothing.";
  /** SHOULD: Generated queries of GET /capacity are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-031': "Generated queries of GET /capacity are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated queries of GET /templates are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-032': "Generated queries of GET /templates are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** SHOULD: Generated bodies of POST /v1/chat/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-050': "Generated bodies of POST /v1/chat/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated bodies of POST /v1/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-051': "Generated bodies of POST /v1/completions are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated bodies of POST /v1/responses are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-052': "Generated bodies of POST /v1/responses are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated bodies of POST /v1/embeddings are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-053': "Generated bodies of POST /v1/embeddings are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated bodies of POST /v1/messages are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-054': "Generated bodies of POST /v1/messages are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated bodies of POST /v1/messages/count_tokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-055': "Generated bodies of POST /v1/messages/count_tokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated paths and bodies of generateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-056': "Generated paths and bodies of generateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated paths and bodies of streamGenerateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-057': "Generated paths and bodies of streamGenerateContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated paths and bodies of countTokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-058': "Generated paths and bodies of countTokens are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated paths and bodies of embedContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-059': "Generated paths and bodies of embedContent are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated paths and bodies of batchEmbedContents are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing. */
  readonly 'FUZ-060': "Generated paths and bodies of batchEmbedContents are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.";
  /** SHOULD: Generated queries of GET /rig/v1/usage are answered with a documented status and body, never 5xx; what the contract refuses is refused. */
  readonly 'FUZ-070': "Generated queries of GET /rig/v1/usage are answered with a documented status and body, never 5xx; what the contract refuses is refused.";
  /** MUST: generateContent on v1 and on v1beta answers 200 with the candidates and the token counts that Google answered. */
  readonly 'GEM-001': "generateContent on v1 and on v1beta answers 200 with the candidates and the token counts that Google answered.";
  /** MUST: In managed mode Google receives the platform's key as x-goog-api-key. */
  readonly 'GEM-002': "In managed mode Google receives the platform's key as x-goog-api-key.";
  /** MUST: When the answer arrives, remaining_micro has already fallen by exactly the cost of the tokens that Google reported. */
  readonly 'GEM-003': "When the answer arrives, remaining_micro has already fallen by exactly the cost of the tokens that Google reported.";
  /** SHOULD: Thoughts are charged as output tokens, beside candidatesTokenCount. */
  readonly 'GEM-004': "Thoughts are charged as output tokens, beside candidatesTokenCount.";
  /** MUST: Without credits left generateContent is answered 402, and nothing is forwarded. */
  readonly 'GEM-005': "Without credits left generateContent is answered 402, and nothing is forwarded.";
  /** SHOULD: The 402 has the Gemini error envelope with status RESOURCE_EXHAUSTED. */
  readonly 'GEM-006': "The 402 has the Gemini error envelope with status RESOURCE_EXHAUSTED.";
  /** MUST: The managed Google key is in no header and no body of any answer, not even if the provider repeats it. */
  readonly 'GEM-007': "The managed Google key is in no header and no body of any answer, not even if the provider repeats it.";
  /** SHOULD: Cached content, which promptTokenCount includes, is charged at its own price, buffered and streamed. */
  readonly 'GEM-008': "Cached content, which promptTokenCount includes, is charged at its own price, buffered and streamed.";
  /** MUST: When Google answers an error status without usage, nothing is charged and nothing stays on hold. */
  readonly 'GEM-009': "When Google answers an error status without usage, nothing is charged and nothing stays on hold.";
  /** SHOULD: A workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-010': "A workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: A stream that Google breaks off ends with an error in the Gemini envelope, or with a broken connection, and never as if it were whole. */
  readonly 'GEM-012': "A stream that Google breaks off ends with an error in the Gemini envelope, or with a broken connection, and never as if it were whole.";
  /** MUST: A caller that goes away in the middle of a stream is charged what Google reports in the end, or the amount stays reserved; never nothing. */
  readonly 'GEM-013': "A caller that goes away in the middle of a stream is charged what Google reports in the end, or the amount stays reserved; never nothing.";
  /** SHOULD: A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /google 404, all in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-014': "A body that is no JSON is answered 400, a wrong method 405 with Allow, an unknown path below /google 404, all in the Gemini envelope, and nothing is forwarded.";
  /** MUST: When Google breaks off a call that it was sent, the amount stays reserved: the call is never free. */
  readonly 'GEM-015': "When Google breaks off a call that it was sent, the amount stays reserved: the call is never free.";
  /** SHOULD: In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-016': "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the Gemini envelope, and nothing is forwarded.";
  /** MUST: When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that Google reported, with alt=sse and without. */
  readonly 'GEM-020': "When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that Google reported, with alt=sse and without.";
  /** MUST: Without credits left streamGenerateContent is answered 402, and nothing is forwarded. */
  readonly 'GEM-021': "Without credits left streamGenerateContent is answered 402, and nothing is forwarded.";
  /** MUST: Without credits left embedContent is answered 402, and nothing is forwarded. */
  readonly 'GEM-022': "Without credits left embedContent is answered 402, and nothing is forwarded.";
  /** MUST: Without credits left batchEmbedContents is answered 402, and nothing is forwarded. */
  readonly 'GEM-023': "Without credits left batchEmbedContents is answered 402, and nothing is forwarded.";
  /** MUST: An embedding is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives. */
  readonly 'GEM-024': "An embedding is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives.";
  /** MUST: A batch of embeddings is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives. */
  readonly 'GEM-025': "A batch of embeddings is never free, although Google reports no usage for it: remaining_micro has fallen when it arrives.";
  /** SHOULD: In byok mode Google receives the workspace's own key as x-goog-api-key, and nothing is charged. */
  readonly 'GEM-040': "In byok mode Google receives the workspace's own key as x-goog-api-key, and nothing is charged.";
  /** SHOULD: /google/v1beta/models with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-060': "/google/v1beta/models with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: streamGenerateContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-061': "streamGenerateContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: countTokens with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-062': "countTokens with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: embedContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-063': "embedContent with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: batchEmbedContents with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded. */
  readonly 'GEM-064': "batchEmbedContents with a workspace key that was never issued is answered 401 in the Gemini envelope, and nothing is forwarded.";
  /** SHOULD: Without credits left countTokens still answers 200; it costs nothing and adds nothing to ai-usage. */
  readonly 'GEM-070': "Without credits left countTokens still answers 200; it costs nothing and adds nothing to ai-usage.";
  /** MUST: GET /api-keys answers 200 with api_keys that have id, name, key_preview, is_workspace_key and created_at, and last_used_at only once they were used. */
  readonly 'KEY-001': "GET /api-keys answers 200 with api_keys that have id, name, key_preview, is_workspace_key and created_at, and last_used_at only once they were used.";
  /** MUST: GET /api-keys contains no key in full. */
  readonly 'KEY-002': "GET /api-keys contains no key in full.";
  /** MUST: POST /api-keys answers 201 with an id and a key that starts with rb_, which the control plane accepts at once. */
  readonly 'KEY-010': "POST /api-keys answers 201 with an id and a key that starts with rb_, which the control plane accepts at once.";
  /** SHOULD: POST /api-keys with a workspace_id makes a key that GET /api-keys lists with is_workspace_key true and that the control plane refuses with 401. */
  readonly 'KEY-011': "POST /api-keys with a workspace_id makes a key that GET /api-keys lists with is_workspace_key true and that the control plane refuses with 401.";
  /** MUST: POST /api-keys with another account's workspace_id answers 404 and makes no key. */
  readonly 'KEY-012': "POST /api-keys with another account's workspace_id answers 404 and makes no key.";
  /** SHOULD: The AI proxy accepts a key that POST /api-keys made for a workspace. */
  readonly 'KEY-013': "The AI proxy accepts a key that POST /api-keys made for a workspace.";
  /** MUST: DELETE /api-keys/{id} answers 200 with a message, and GET /api-keys no longer lists the key. */
  readonly 'KEY-020': "DELETE /api-keys/{id} answers 200 with a message, and GET /api-keys no longer lists the key.";
  /** SHOULD: A deleted key is refused with 401 at once. */
  readonly 'KEY-021': "A deleted key is refused with 401 at once.";
  /** MUST: DELETE of another account's key answers 404, and the key stays valid. */
  readonly 'KEY-022': "DELETE of another account's key answers 404, and the key stays valid.";
  /** MUST: DELETE answers for another account's key with the same body as for an id that does not exist. */
  readonly 'KEY-023': "DELETE answers for another account's key with the same body as for an id that does not exist.";
  /** SHOULD: A deleted workspace key is refused by the AI proxy with 401 at once. */
  readonly 'KEY-024': "A deleted workspace key is refused by the AI proxy with 401 at once.";
  /** MUST: GET limits answers 200 with plan, custom, all six limits and all four usage numbers. */
  readonly 'LIM-001': "GET limits answers 200 with plan, custom, all six limits and all four usage numbers.";
  /** MUST: On plan free or pro without custom limits, max_vms is 2 or 10, max_ram_per_vm_mb 1024 or 4096, and max_vcpu_per_vm 1 or 4. */
  readonly 'LIM-002': "On plan free or pro without custom limits, max_vms is 2 or 10, max_ram_per_vm_mb 1024 or 4096, and max_vcpu_per_vm 1 or 4.";
  /** SHOULD: workspace_count is the number of workspaces that GET /workspaces lists, and one more as soon as another is made. */
  readonly 'LIM-003': "workspace_count is the number of workspaces that GET /workspaces lists, and one more as soon as another is made.";
  /** MUST: GET mode answers 200 with mode managed or byok and source workspace or user_default. */
  readonly 'MOD-001': "GET mode answers 200 with mode managed or byok and source workspace or user_default.";
  /** SHOULD: GET mode answers the same mode as GET ai-config, whichever of the two it was set with. */
  readonly 'MOD-002': "GET mode answers the same mode as GET ai-config, whichever of the two it was set with.";
  /** MUST: PUT mode with managed or byok answers 200 with that mode and source workspace. */
  readonly 'MOD-010': "PUT mode with managed or byok answers 200 with that mode and source workspace.";
  /** MUST: PUT mode with null answers 200 with the account's default mode and source user_default. */
  readonly 'MOD-011': "PUT mode with null answers 200 with the account's default mode and source user_default.";
  /** MUST: PUT mode with a string that is neither managed nor byok is answered 400. */
  readonly 'MOD-012': "PUT mode with a string that is neither managed nor byok is answered 400.";
  /** SHOULD: Switching to managed with PUT mode erases the stored key, as it does with PUT ai-config. */
  readonly 'MOD-013': "Switching to managed with PUT mode erases the stored key, as it does with PUT ai-config.";
  /** SHOULD: PUT mode with an empty object answers 200 and leaves mode and source as they were. */
  readonly 'MOD-014': "PUT mode with an empty object answers 200 and leaves mode and source as they were.";
  /** MUST: A buffered chat completion answers 200 with the provider's choices and token counts, and with usage.cost_micro and usage.cost_credits added to them. */
  readonly 'OAI-001': "A buffered chat completion answers 200 with the provider's choices and token counts, and with usage.cost_micro and usage.cost_credits added to them.";
  /** MUST: In managed mode the provider receives the platform's key as `Authorization: Bearer`. */
  readonly 'OAI-002': "In managed mode the provider receives the platform's key as `Authorization: Bearer`.";
  /** SHOULD: The caller's own credential and cookies reach the provider in no header. */
  readonly 'OAI-003': "The caller's own credential and cookies reach the provider in no header.";
  /** MUST: A buffered answer has the headers X-Rigbox-Cost-Micro and X-Rigbox-Cost-Credits, with the same values as usage.cost_micro and usage.cost_credits. */
  readonly 'OAI-004': "A buffered answer has the headers X-Rigbox-Cost-Micro and X-Rigbox-Cost-Credits, with the same values as usage.cost_micro and usage.cost_credits.";
  /** MUST: cost_micro is the USD price of the tokens that the provider reported, times 100,000,000, rounded up once. */
  readonly 'OAI-005': "cost_micro is the USD price of the tokens that the provider reported, times 100,000,000, rounded up once.";
  /** MUST: When a buffered answer arrives, remaining_micro of the account has already fallen by exactly its X-Rigbox-Cost-Micro. */
  readonly 'OAI-006': "When a buffered answer arrives, remaining_micro of the account has already fallen by exactly its X-Rigbox-Cost-Micro.";
  /** MUST: The final usage chunk of a streamed answer, for a caller that asked for usage, has usage.cost_micro and usage.cost_credits. */
  readonly 'OAI-007': "The final usage chunk of a streamed answer, for a caller that asked for usage, has usage.cost_micro and usage.cost_credits.";
  /** SHOULD: Cached input and cache writes are charged at their own prices, reasoning as the output that it is part of, buffered and streamed. */
  readonly 'OAI-008': "Cached input and cache writes are charged at their own prices, reasoning as the output that it is part of, buffered and streamed.";
  /** SHOULD: A cost that the provider itself reports is charged in the place of the listed price, rounded up once to a microcredit. */
  readonly 'OAI-009': "A cost that the provider itself reports is charged in the place of the listed price, rounded up once to a microcredit.";
  /** MUST: When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, whether or not the caller asked for usage. */
  readonly 'OAI-010': "When a stream has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, whether or not the caller asked for usage.";
  /** SHOULD: A caller that did not ask for usage receives no chunk with empty choices, and every other event unchanged up to [DONE]. */
  readonly 'OAI-011': "A caller that did not ask for usage receives no chunk with empty choices, and every other event unchanged up to [DONE].";
  /** MUST: Without credits left a call is answered 402, and nothing is forwarded. */
  readonly 'OAI-012': "Without credits left a call is answered 402, and nothing is forwarded.";
  /** SHOULD: The 402 has the OpenAI error envelope with code insufficient_credits. */
  readonly 'OAI-013': "The 402 has the OpenAI error envelope with code insufficient_credits.";
  /** MUST: A call whose upper bound is more than what is left is answered 402, and nothing is forwarded. */
  readonly 'OAI-014': "A call whose upper bound is more than what is left is answered 402, and nothing is forwarded.";
  /** MUST: Of parallel calls whose upper bounds together are more than what is left, only as many are forwarded as what is left covers. */
  readonly 'OAI-015': "Of parallel calls whose upper bounds together are more than what is left, only as many are forwarded as what is left covers.";
  /** MUST: A call for a model without a known price is refused with a 4xx status, and nothing is forwarded. */
  readonly 'OAI-016': "A call for a model without a known price is refused with a 4xx status, and nothing is forwarded.";
  /** MUST: A call without an output limit reaches the provider with one. */
  readonly 'OAI-017': "A call without an output limit reaches the provider with one.";
  /** MUST: A confirmed cost above the upper bound that was reserved is still charged in full. */
  readonly 'OAI-018': "A confirmed cost above the upper bound that was reserved is still charged in full.";
  /** MUST: Of parallel calls of two workspaces of one account, streams among them, no more are forwarded than what the account has left covers. */
  readonly 'OAI-019': "Of parallel calls of two workspaces of one account, streams among them, no more are forwarded than what the account has left covers.";
  /** MUST: When the provider answers an error status without usage, nothing is charged and nothing stays on hold. */
  readonly 'OAI-020': "When the provider answers an error status without usage, nothing is charged and nothing stays on hold.";
  /** MUST: The managed provider key is in no header and no body of a buffered answer, not even if the provider repeats it. */
  readonly 'OAI-021': "The managed provider key is in no header and no body of a buffered answer, not even if the provider repeats it.";
  /** MUST: The managed provider key is in no header and no event of a streamed answer, not even if the provider repeats it in an event that reaches the proxy in several chunks. */
  readonly 'OAI-022': "The managed provider key is in no header and no event of a streamed answer, not even if the provider repeats it in an event that reaches the proxy in several chunks.";
  /** MUST: The managed provider key is in no error answer, not even if the provider repeats it in its own error. */
  readonly 'OAI-023': "The managed provider key is in no error answer, not even if the provider repeats it in its own error.";
  /** SHOULD: A workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-024': "A workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: An API key of the account is answered 401, and nothing is forwarded. */
  readonly 'OAI-025': "An API key of the account is answered 401, and nothing is forwarded.";
  /** SHOULD: A model written as `openai/<model>` reaches the provider as `<model>`. */
  readonly 'OAI-026': "A model written as `openai/<model>` reaches the provider as `<model>`.";
  /** MUST: A model is not free because its name says free: a call for it is refused and not forwarded, or it is charged. */
  readonly 'OAI-027': "A model is not free because its name says free: a call for it is refused and not forwarded, or it is charged.";
  /** SHOULD: A model of Anthropic or Google, as provider/model or bare, reaches that provider's own OpenAI-compatible endpoint and is charged at its price. */
  readonly 'OAI-028': "A model of Anthropic or Google, as provider/model or bare, reaches that provider's own OpenAI-compatible endpoint and is charged at its price.";
  /** SHOULD: A second call of a workspace with the same Idempotency-Key is answered 409, not forwarded and not charged. */
  readonly 'OAI-029': "A second call of a workspace with the same Idempotency-Key is answered 409, not forwarded and not charged.";
  /** MUST: When the provider breaks off a call that it was sent, before its answer or in the middle of a stream, the amount stays reserved: the call is never free. */
  readonly 'OAI-030': "When the provider breaks off a call that it was sent, before its answer or in the middle of a stream, the amount stays reserved: the call is never free.";
  /** MUST: A complete answer that reports no usage tells no cost, above all not zero, and its amount stays reserved. */
  readonly 'OAI-031': "A complete answer that reports no usage tells no cost, above all not zero, and its amount stays reserved.";
  /** SHOULD: An error status of the provider that reports usage is charged for it. */
  readonly 'OAI-032': "An error status of the provider that reports usage is charged for it.";
  /** MUST: A caller that goes away in the middle of a stream is charged what the provider reports in the end, or the amount stays reserved; never nothing. */
  readonly 'OAI-033': "A caller that goes away in the middle of a stream is charged what the provider reports in the end, or the amount stays reserved; never nothing.";
  /** MUST: A caller that goes away before a buffered answer is charged what the provider reports in the end, or the amount stays reserved; never nothing. */
  readonly 'OAI-034': "A caller that goes away before a buffered answer is charged what the provider reports in the end, or the amount stays reserved; never nothing.";
  /** SHOULD: A stream that the provider breaks off ends with an error chunk in the OpenAI envelope, or with a broken connection, and never as if it were whole. */
  readonly 'OAI-035': "A stream that the provider breaks off ends with an error chunk in the OpenAI envelope, or with a broken connection, and never as if it were whole.";
  /** SHOULD: A body that is no JSON is answered 400, a wrong method 405 with Allow, both in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-036': "A body that is no JSON is answered 400, a wrong method 405 with Allow, both in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: Paths below /v1 and /openai that the contract does not have are answered 404 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-037': "Paths below /v1 and /openai that the contract does not have are answered 404 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: Without credits left GET /v1/models still answers 200; it costs nothing and adds nothing to ai-usage. */
  readonly 'OAI-038': "Without credits left GET /v1/models still answers 200; it costs nothing and adds nothing to ai-usage.";
  /** SHOULD: A call that names no model reaches the provider with the model that is in effect for the workspace. */
  readonly 'OAI-039': "A call that names no model reaches the provider with the model that is in effect for the workspace.";
  /** SHOULD: In byok mode the provider receives the workspace's own key and not the platform's, and remaining_micro stays as it was. */
  readonly 'OAI-040': "In byok mode the provider receives the workspace's own key and not the platform's, and remaining_micro stays as it was.";
  /** MUST: In byok mode with a stored key a call succeeds although the account has no credits left. */
  readonly 'OAI-041': "In byok mode with a stored key a call succeeds although the account has no credits left.";
  /** SHOULD: In byok mode without a usable key a call is answered 400 with code invalid_missing_key, and nothing is forwarded. */
  readonly 'OAI-042': "In byok mode without a usable key a call is answered 400 with code invalid_missing_key, and nothing is forwarded.";
  /** MUST: The workspace's own key is in no header and no body of any answer to a byok call, not even if the provider repeats it. */
  readonly 'OAI-043': "The workspace's own key is in no header and no body of any answer to a byok call, not even if the provider repeats it.";
  /** SHOULD: When the provider breaks off a buffered call that it was sent, the answer is a 5xx in the OpenAI envelope with x-should-retry false: a second call might be paid twice. */
  readonly 'OAI-044': "When the provider breaks off a buffered call that it was sent, the answer is a 5xx in the OpenAI envelope with x-should-retry false: a second call might be paid twice.";
  /** MUST: A chat completion on the native route is forwarded and charged exactly as on /v1/chat/completions. */
  readonly 'OAI-050': "A chat completion on the native route is forwarded and charged exactly as on /v1/chat/completions.";
  /** MUST: A completion on the native route is forwarded and charged exactly as on /v1/completions. */
  readonly 'OAI-051': "A completion on the native route is forwarded and charged exactly as on /v1/completions.";
  /** MUST: A response on the native route is forwarded and charged exactly as on /v1/responses. */
  readonly 'OAI-052': "A response on the native route is forwarded and charged exactly as on /v1/responses.";
  /** MUST: An embedding on the native route is forwarded and charged exactly as on /v1/embeddings. */
  readonly 'OAI-053': "An embedding on the native route is forwarded and charged exactly as on /v1/embeddings.";
  /** SHOULD: /v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-060': "/v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-061': "/v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-062': "/v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-063': "/v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /openai/v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-064': "/openai/v1/completions with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /openai/v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-065': "/openai/v1/responses with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /openai/v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-066': "/openai/v1/embeddings with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** SHOULD: /openai/v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-067': "/openai/v1/models with a workspace key that was never issued is answered 401 in the OpenAI envelope, and nothing is forwarded.";
  /** MUST: When a buffered completion arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost. */
  readonly 'OAI-070': "When a buffered completion arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.";
  /** MUST: When a streamed completion has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported. */
  readonly 'OAI-071': "When a streamed completion has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported.";
  /** MUST: Without credits left a completion is answered 402, and nothing is forwarded. */
  readonly 'OAI-072': "Without credits left a completion is answered 402, and nothing is forwarded.";
  /** MUST: When a buffered response arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost. */
  readonly 'OAI-073': "When a buffered response arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.";
  /** MUST: When a streamed response has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and the usage of its last event tells that cost. */
  readonly 'OAI-074': "When a streamed response has ended, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and the usage of its last event tells that cost.";
  /** MUST: Without credits left a response is answered 402, and nothing is forwarded. */
  readonly 'OAI-075': "Without credits left a response is answered 402, and nothing is forwarded.";
  /** SHOULD: A streamed response that the provider breaks off ends with an event error, or with a broken connection, and never as if it were whole. */
  readonly 'OAI-076': "A streamed response that the provider breaks off ends with an event error, or with a broken connection, and never as if it were whole.";
  /** MUST: When an embedding arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost. */
  readonly 'OAI-077': "When an embedding arrives, remaining_micro has already fallen by exactly the cost of the tokens that the provider reported, and headers and usage tell that cost.";
  /** MUST: Without credits left an embedding is answered 402, and nothing is forwarded. */
  readonly 'OAI-078': "Without credits left an embedding is answered 402, and nothing is forwarded.";
  /** SHOULD: In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the OpenAI envelope, and nothing is forwarded. */
  readonly 'OAI-079': "In managed mode a call with a tool that nobody has heard of, and whose cost is thus not known, is answered 400 in the OpenAI envelope, and nothing is forwarded.";
  /** MUST: /v1/responses with the previous_response_id that a workspace of another account got is answered 404 in the OpenAI envelope, as with one that nobody got, and nothing is forwarded. */
  readonly 'OAI-085': "/v1/responses with the previous_response_id that a workspace of another account got is answered 404 in the OpenAI envelope, as with one that nobody got, and nothing is forwarded.";
  /** MUST: GET /rig/v1/usage answers 200 with subject, window_seconds, credits, credits_micro, input_tokens, output_tokens and requests. */
  readonly 'SUB-001': "GET /rig/v1/usage answers 200 with subject, window_seconds, credits, credits_micro, input_tokens, output_tokens and requests.";
  /** MUST: A window may be seconds or a number with s, m, h or d; window_seconds shows it in seconds, and is 86400 without one. */
  readonly 'SUB-002': "A window may be seconds or a number with s, m, h or d; window_seconds shows it in seconds, and is 86400 without one.";
  /** MUST: A missing subject or a window that cannot be read is answered 400. */
  readonly 'SUB-003': "A missing subject or a window that cannot be read is answered 400.";
  /** MUST: After a call with X-Rigbox-Subject the subject's usage has grown by one request and by exactly the call's tokens and microcredits. */
  readonly 'SUB-004': "After a call with X-Rigbox-Subject the subject's usage has grown by one request and by exactly the call's tokens and microcredits.";
  /** MUST: A call counts for the subject that X-Rigbox-Subject names, and without that header for the one that its body names as user. */
  readonly 'SUB-005': "A call counts for the subject that X-Rigbox-Subject names, and without that header for the one that its body names as user.";
  /** MUST: A subject is trimmed and cut at 256 characters. */
  readonly 'SUB-006': "A subject is trimmed and cut at 256 characters.";
  /** MUST: A workspace reads nothing of another account's subject of the same name. */
  readonly 'SUB-007': "A workspace reads nothing of another account's subject of the same name.";
  /** SHOULD: GET /rig/v1/usage with a workspace key that was never issued is answered 401. */
  readonly 'SUB-010': "GET /rig/v1/usage with a workspace key that was never issued is answered 401.";
  /** SHOULD: GET /rig/v1/usage with an unknown query parameter, or with one that stands there twice, is answered 400. */
  readonly 'SUB-011': "GET /rig/v1/usage with an unknown query parameter, or with one that stands there twice, is answered 400.";
  /** MUST: A call that would take its subject over a budget in credits is answered 402 with code subject_over_budget, and nothing is forwarded. */
  readonly 'SUB-020': "A call that would take its subject over a budget in credits is answered 402 with code subject_over_budget, and nothing is forwarded.";
  /** MUST: A budget of `1req` allows one call in its window; the next is answered 402 with code subject_over_budget, and nothing is forwarded. */
  readonly 'SUB-021': "A budget of `1req` allows one call in its window; the next is answered 402 with code subject_over_budget, and nothing is forwarded.";
  /** MUST: A call over its subject's rate is answered 429 with code subject_rate_limited and Retry-After in whole seconds, and nothing is forwarded. */
  readonly 'SUB-022': "A call over its subject's rate is answered 429 with code subject_rate_limited and Retry-After in whole seconds, and nothing is forwarded.";
  /** MUST: A budget or rate that cannot be read is answered 400 with code subject_limit_malformed, and nothing is forwarded. */
  readonly 'SUB-023': "A budget or rate that cannot be read is answered 400 with code subject_limit_malformed, and nothing is forwarded.";
  /** MUST: The body of a subject refusal is exactly error with code, message, type rigbox_gateway_error, param null and details with reason, subject, limit (kind, amount, window_seconds), used, resets_at and retry_after. */
  readonly 'SUB-024': "The body of a subject refusal is exactly error with code, message, type rigbox_gateway_error, param null and details with reason, subject, limit (kind, amount, window_seconds), used, resets_at and retry_after.";
  /** MUST: Without a subject, budget and rate are ignored, malformed ones too. */
  readonly 'SUB-025': "Without a subject, budget and rate are ignored, malformed ones too.";
  /** SHOULD: Without credits left a call over its subject's budget and rate is answered with the account's own 402, code insufficient_credits. */
  readonly 'SUB-026': "Without credits left a call over its subject's budget and rate is answered with the account's own 402, code insufficient_credits.";
  /** MUST: A call over both a budget and a rate is answered 402 for the budget. */
  readonly 'SUB-027': "A call over both a budget and a rate is answered 402 for the budget.";
  /** MUST: The window of a limit is seconds or a number with s, m, h or d, and its details show it in seconds. */
  readonly 'SUB-028': "The window of a limit is seconds or a number with s, m, h or d, and its details show it in seconds.";
  /** MUST: X-Rigbox-Subject-Rate may be sent several times and each of them limits; X-Rigbox-Subject-Budget sent twice is answered 400 with code subject_limit_malformed. */
  readonly 'SUB-029': "X-Rigbox-Subject-Rate may be sent several times and each of them limits; X-Rigbox-Subject-Budget sent twice is answered 400 with code subject_limit_malformed.";
  /** MUST: When a window has passed, its calls no longer count against the limit. */
  readonly 'SUB-030': "When a window has passed, its calls no longer count against the limit.";
  /** SHOULD: Of parallel calls of one subject no more are forwarded than its budget allows. */
  readonly 'SUB-031': "Of parallel calls of one subject no more are forwarded than its budget allows.";
  /** MUST: A limit counts the calls of its own subject only: those of another do not use it up. */
  readonly 'SUB-032': "A limit counts the calls of its own subject only: those of another do not use it up.";
  /** SHOULD: A call that is refused for its subject's limit adds nothing to the subject's usage, and nothing is charged. */
  readonly 'SUB-033': "A call that is refused for its subject's limit adds nothing to the subject's usage, and nothing is charged.";
  /** SHOULD: In byok mode subject limits hold as well. */
  readonly 'SUB-034': "In byok mode subject limits hold as well.";
  /** SHOULD: On /v1/messages a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Anthropic envelope. */
  readonly 'SUB-035': "On /v1/messages a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Anthropic envelope.";
  /** SHOULD: On generateContent a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Gemini envelope. */
  readonly 'SUB-036': "On generateContent a subject is limited as on the OpenAI-shaped routes, with the same code and details within the Gemini envelope.";
  /** MUST: GET /templates answers 200 without a credential, with templates that have all their required fields. */
  readonly 'TPL-001': "GET /templates answers 200 without a credential, with templates that have all their required fields.";
  /** MUST: GET ai-usage answers 200 with window_days, daily and by_workspace, and every row has all its fields. */
  readonly 'USG-001': "GET ai-usage answers 200 with window_days, daily and by_workspace, and every row has all its fields.";
  /** SHOULD: The sums of requests, input_tokens, output_tokens and credits_micro over daily and over by_workspace are equal. */
  readonly 'USG-002': "The sums of requests, input_tokens, output_tokens and credits_micro over daily and over by_workspace are equal.";
  /** MUST: After a managed call the row of its workspace and the row of today have grown by one request and by exactly the call's tokens and microcredits. */
  readonly 'USG-003': "After a managed call the row of its workspace and the row of today have grown by one request and by exactly the call's tokens and microcredits.";
  /** SHOULD: A call that is refused with 402 adds nothing to ai-usage. */
  readonly 'USG-004': "A call that is refused with 402 adds nothing to ai-usage.";
  /** SHOULD: A byok call adds one request and its tokens to ai-usage, and no microcredits. */
  readonly 'USG-005': "A byok call adds one request and its tokens to ai-usage, and no microcredits.";
  /** SHOULD: window_days is 30; daily lists the days with usage in ascending order as YYYY-MM-DD, the day of today's call in UTC last. */
  readonly 'USG-006': "window_days is 30; daily lists the days with usage in ascending order as YYYY-MM-DD, the day of today's call in UTC last.";
  /** SHOULD: A deleted workspace keeps its row in by_workspace. */
  readonly 'USG-007': "A deleted workspace keeps its row in by_workspace.";
  /** SHOULD: input_tokens of ai-usage includes cache reads and cache writes, output_tokens includes thinking. */
  readonly 'USG-008': "input_tokens of ai-usage includes cache reads and cache writes, output_tokens includes thinking.";
  /** SHOULD: A call that the provider answers with an error status adds no request and no tokens to ai-usage. */
  readonly 'USG-009': "A call that the provider answers with an error status adds no request and no tokens to ai-usage.";
  /** MUST: GET metrics answers 200 for each range, 24h by default, with that range, step_seconds and the series credits, requests, input_tokens and output_tokens of {t, v} points. */
  readonly 'USG-010': "GET metrics answers 200 for each range, 24h by default, with that range, step_seconds and the series credits, requests, input_tokens and output_tokens of {t, v} points.";
  /** MUST: GET metrics and metrics/summary with a range other than 1h, 6h, 24h and 7d are answered 400. */
  readonly 'USG-011': "GET metrics and metrics/summary with a range other than 1h, 6h, 24h and 7d are answered 400.";
  /** SHOULD: All four series have the same t values, in ascending order and step_seconds apart, points without usage included. */
  readonly 'USG-012': "All four series have the same t values, in ascending order and step_seconds apart, points without usage included.";
  /** MUST: GET metrics/summary answers 200 for each range, 24h by default, with range, total_credits, total_credits_micro, total_requests, input_tokens and output_tokens. */
  readonly 'USG-020': "GET metrics/summary answers 200 for each range, 24h by default, with range, total_credits, total_credits_micro, total_requests, input_tokens and output_tokens.";
  /** MUST: GET metrics of a workspace answers 200 for each range with the four series, and range 24h by default. */
  readonly 'USG-030': "GET metrics of a workspace answers 200 for each range with the four series, and range 24h by default.";
  /** MUST: GET metrics and metrics/summary of a workspace with a range other than 1h, 6h, 24h and 7d are answered 400. */
  readonly 'USG-031': "GET metrics and metrics/summary of a workspace with a range other than 1h, 6h, 24h and 7d are answered 400.";
  /** MUST: GET metrics/summary of a workspace answers 200 with all its fields, and range 24h by default. */
  readonly 'USG-040': "GET metrics/summary of a workspace answers 200 with all its fields, and range 24h by default.";
  /** MUST: After a managed call the summaries of its workspace and of the account have grown by one request and by exactly the call's tokens and microcredits, and so have the sums of their series. */
  readonly 'USG-041': "After a managed call the summaries of its workspace and of the account have grown by one request and by exactly the call's tokens and microcredits, and so have the sums of their series.";
  /** MUST: The cost that an answer or its stream tells, the fall of remaining_micro, and the growth of credits_micro in ai-usage and in the summaries of workspace and account are one and the same number. */
  readonly 'USG-042': "The cost that an answer or its stream tells, the fall of remaining_micro, and the growth of credits_micro in ai-usage and in the summaries of workspace and account are one and the same number.";
  /** MUST: GET /workspaces answers 200 with vms, and every workspace in it has all its required fields. */
  readonly 'WSP-001': "GET /workspaces answers 200 with vms, and every workspace in it has all its required fields.";
  /** MUST: GET /workspaces lists no workspace and GET /api-keys no key of another account. */
  readonly 'WSP-002': "GET /workspaces lists no workspace and GET /api-keys no key of another account.";
  /** MUST: Every timestamp of a workspace, of its ai-config and of an API key is RFC 3339 in UTC. */
  readonly 'WSP-003': "Every timestamp of a workspace, of its ai-config and of an API key is RFC 3339 in UTC.";
  /** MUST: POST /workspaces with a name answers 201 with a vm of that name, which GET /workspaces/{id} then finds. */
  readonly 'WSP-010': "POST /workspaces with a name answers 201 with a vm of that name, which GET /workspaces/{id} then finds.";
  /** MUST: POST /workspaces without a name is answered 400. */
  readonly 'WSP-011': "POST /workspaces without a name is answered 400.";
  /** MUST: A new workspace has the account's AI defaults in effect, and source user_default for its mode. */
  readonly 'WSP-012': "A new workspace has the account's AI defaults in effect, and source user_default for its mode.";
  /** MUST: POST /workspaces with more memory than max_ram_per_vm_mb allows is answered 402. */
  readonly 'WSP-013': "POST /workspaces with more memory than max_ram_per_vm_mb allows is answered 402.";
  /** SHOULD: The 402 of a plan limit has code plan_limit_exceeded and details with limit, allowed and used. */
  readonly 'WSP-014': "The 402 of a plan limit has code plan_limit_exceeded and details with limit, allowed and used.";
  /** MUST: POST /workspaces that is answered 400 or 402 makes no workspace. */
  readonly 'WSP-015': "POST /workspaces that is answered 400 or 402 makes no workspace.";
  /** MAY: The 201 answer carries a workspace_key that the AI proxy accepts. */
  readonly 'WSP-016': "The 201 answer carries a workspace_key that the AI proxy accepts.";
  /** MUST: POST /workspaces with more virtual CPUs than max_vcpu_per_vm allows is answered 402. */
  readonly 'WSP-017': "POST /workspaces with more virtual CPUs than max_vcpu_per_vm allows is answered 402.";
  /** MUST: GET /workspaces/{id} answers 200 with a vm of that id, and 404 for an id that does not exist. */
  readonly 'WSP-020': "GET /workspaces/{id} answers 200 with a vm of that id, and 404 for an id that does not exist.";
  /** MUST: Workspace, ai-config, mode, metrics and metrics/summary of another account's workspace answer GET with 404 and the same body as an id that does not exist. */
  readonly 'WSP-021': "Workspace, ai-config, mode, metrics and metrics/summary of another account's workspace answer GET with 404 and the same body as an id that does not exist.";
  /** MUST: DELETE /workspaces/{id} answers 200 with a message, and GET of the id then answers 404. */
  readonly 'WSP-030': "DELETE /workspaces/{id} answers 200 with a message, and GET of the id then answers 404.";
  /** MUST: DELETE of another account's workspace answers 404 and leaves it in place. */
  readonly 'WSP-031': "DELETE of another account's workspace answers 404 and leaves it in place.";
  /** MUST: PUT ai-config, PUT mode and DELETE answer for another account's workspace with the same body as for an id that does not exist. */
  readonly 'WSP-032': "PUT ai-config, PUT mode and DELETE answer for another account's workspace with the same body as for an id that does not exist.";
  /** SHOULD: The key of a deleted workspace is refused by the AI proxy with 401 at once. */
  readonly 'WSP-033': "The key of a deleted workspace is refused by the AI proxy with 401 at once.";
}

export type RequirementId = keyof RequirementSentences;

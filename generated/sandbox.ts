// Made by `npm run generate` from spec/: do not edit.
export interface paths {
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description An account of a plan, with a workspace and a key for each. Its clock runs at real time until it is set.
         */
        post: operations["createSandboxAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account
         * @description What time it is for the account, and what it has left.
         */
        get: operations["getSandboxAccount"];
        put?: never;
        post?: never;
        /**
         * End an account
         * @description Ends its keys and workspaces, and forgets its clock and its scripted answers. What is on its books stays, as with any
         *     account: ledgers are only ever added to.
         */
        delete: operations["deleteSandboxAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the balance
         * @description Books an `adjustment` of the difference. What was granted this month stays as it is, and so do open holds.
         */
        put: operations["setSandboxBalance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Advance, set, stop or start the clock
         * @description Moves everything that the account's time decides: the month and its credits, the days and ranges of usage, windows
         *     of subject limits, the prices of the day, and the timestamps of what happens from now on. It does not move timeouts,
         *     rate limits, the leases of holds, idle connections, the log, or any other account.
         *
         *     Time goes forward only: a month that has turned does not come back.
         */
        put: operations["setSandboxClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seed days of usage
         * @description Books plausible usage of the last days, today included, for each live workspace: office hours above nights, working
         *     days above weekends. The same seed at the same time gives the same usage.
         *
         *     It is booked as settled calls, each of which stands for the requests of about an hour. What falls into this month is
         *     charged to the balance; what falls before it was paid then, by an `adjustment` of the same amount.
         */
        post: operations["seedSandboxUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how many answers are waiting
         * @description How many AI calls of the account are still to be answered as scripted.
         */
        get: operations["getSandboxAnswers"];
        /**
         * Script the next answers of the AI providers
         * @description Sets what the stub providers answer to the next AI calls of the account's workspaces. It replaces all answers that were
         *     waiting; an empty list removes them. Of several answers, the oldest that matches a call is used first. Calls that no
         *     answer matches get the usual one. Calls of other accounts never use one.
         *
         *     Only the provider is scripted: what the call costs, and what its caller receives, follows from it as in production. A
         *     provider with a real key is not a stub, and cannot be scripted.
         */
        put: operations["setSandboxAnswers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scenarios/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load a scenario
         * @description Makes an account in exactly the state that the examples of this name show: its operations answer those examples
         *     byte by byte, but for ids, addresses and the beginnings of keys, which are the account's own. Its clock stands still
         *     at the time of the examples.
         */
        post: operations["loadSandboxScenario"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset
         * @description Ends every account that was made here, as deleting each would. The demo accounts are given back what was granted to
         *     them, real time, and the usual answers.
         */
        post: operations["resetSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the account starts with. */
        NewSandboxAccount: {
            /**
             * @description Decides the limits, and the credits of a month where `credits_micro` is left out.
             * @enum {string}
             */
            plan: "free" | "pro";
            /** @description Microcredits granted each month, in place of the plan's. */
            credits_micro?: number;
            /**
             * Format: date-time
             * @description What time it is to be for the account, RFC 3339, past or future. Default real time.
             */
            now?: string;
        };
        /**
         * Format: date-time
         * @description What time it is for the account, RFC 3339 in UTC.
         */
        Now: string;
        /** @description An account and what it calls with. */
        SandboxCredentials: {
            /** @description Id of the account. */
            account_id: string;
            /** @description For the control plane. */
            api_key: string;
            /** @description Its one workspace. */
            workspace_id: string;
            /** @description For the AI proxy. */
            workspace_key: string;
            now: components["schemas"]["Now"];
        };
        /** @description One violation of the request's schema. */
        ValidationDetail: {
            /**
             * @description The part of the request that the pointer points into.
             * @enum {string}
             */
            in: "body" | "query" | "path" | "header";
            /** @description JSON pointer to the offending field, e.g. `/modle`; empty for the body as a whole. */
            pointer: string;
            /** @description The rule that was broken, e.g. `additionalProperties`, `enum`, `type`, `maxLength`, `required`. */
            code: string;
            /** @description What is wrong, in words. Never repeats the offending value. */
            message: string;
        };
        /** @description The limit of the plan that stands in the way. */
        PlanLimitDetail: {
            /** @description Name of the limit as `GET /users/me/limits` spells it. */
            limit: string;
            /** @description The most that the plan allows, in the limit's own unit. */
            allowed: number;
            /** @description What is in use now, before this request; 0 where the limit is one of each workspace. */
            used: number;
            /** @description What it would come to with this request. */
            requested?: number;
        };
        /** @description What was refused, for programs (`code`, `details`) and for people (`message`). */
        ApiErrorDetail: {
            /**
             * @description Stable, for programs to branch on. Codes in use:
             *
             *     - `malformed_json` (400): The body is not JSON text in UTF-8.
             *     - `invalid_request` (400): Body or query break their schema; `details` lists every violation.
             *     - `invalid_cursor` (400): The `cursor` of a list that pages is empty, made up, or of another list, filter or account.
             *     - `key_in_managed_mode` (400): A provider key was sent while the resulting mode is `managed`; nothing was stored.
             *     - `unauthorized` (401): There is no credential, or it is malformed, unknown, or a workspace key.
             *     - `duplicate_credentials` (401): There is more than one credential, in one place or in several.
             *     - `plan_limit_exceeded` (402): A limit of the plan stands in the way; `details` names it.
             *     - `not_found` (404): The path is unknown, or the resource is unknown, deleted or of another account; all of them look the same.
             *     - `method_not_allowed` (405): The path exists and its methods are listed in `Allow`.
             *     - `payload_too_large` (413): The body is larger than the limit, whether its length was announced or not.
             *     - `unsupported_media_type` (415): The content type is missing or another, or the body is compressed.
             *     - `rate_limited` (429): The limit of this user and class of endpoint is reached; `Retry-After` says when it ends.
             *     - `internal_error` (500): The platform failed. The request id finds the cause in the log; the answer says nothing about it.
             */
            code: string;
            /** @description One readable sentence. Its wording may change and it never contains a secret. */
            message: string;
            /**
             * @description Facts that belong to the code: a list of `ValidationDetail` for `invalid_request`, a `PlanLimitDetail` for
             *     `plan_limit_exceeded`. Other codes may carry any value.
             */
            details?: components["schemas"]["ValidationDetail"][] | components["schemas"]["PlanLimitDetail"] | unknown;
        };
        /** @description The body of every error answer. */
        ApiErrorBody: {
            error: components["schemas"]["ApiErrorDetail"];
        };
        /** @description An account as it is now. */
        SandboxAccount: {
            /** @description Id of the account. */
            account_id: string;
            /**
             * @description The account's plan.
             * @enum {string}
             */
            plan: "free" | "pro";
            now: components["schemas"]["Now"];
            /** @description Whether time passes for the account; false while its clock stands still. */
            clock_runs: boolean;
            /** @description Microcredits that can be spent now; below zero for a debt. */
            remaining_micro: number;
            /** @description Microcredits granted this month. */
            total_micro: number;
        };
        /** @description Confirms something that leaves nothing else to say. */
        MessageResponse: {
            /** @description One readable sentence. */
            message: string;
        };
        /** @description The balance to be. */
        SandboxBalance: {
            /** @description Microcredits that can be spent from now on; below zero for a debt. */
            remaining_micro: number;
        };
        /** @description At most one of `advance_seconds` and `now`. `{}` changes nothing. */
        SetSandboxClock: {
            /** @description How far to go forward, at most ten years. */
            advance_seconds?: number;
            /**
             * Format: date-time
             * @description What time it is to be, RFC 3339; not before what it is now, and at most ten years after.
             */
            now?: string;
            /** @description False stops the clock, true lets it go on from where it stands. Left out, it stays as it is. */
            runs?: boolean;
        };
        /** @description How much usage, and of which kind. */
        SeedSandboxUsage: {
            /** @description How many days, the last of which is today. */
            days: number;
            /**
             * @description Another seed, other numbers. Default 1.
             * @default 1
             */
            seed?: number;
            /**
             * @description Of the first workspace on a working day; the second has half as many, and so on. Default 120.
             * @default 120
             */
            requests_a_day?: number;
            /**
             * @description What the usage of this month comes to; not more than what is left. Default six tenths of what is left. Workspaces
             *     in byok mode cost nothing.
             */
            cost_micro?: number;
        };
        /** @description What was booked, over all days. */
        SeededUsage: {
            /** @description Requests that the usage stands for. */
            requests: number;
            /** @description Input tokens. */
            input_tokens: number;
            /** @description Output tokens. */
            output_tokens: number;
            /** @description Microcredits charged, those of earlier months included. */
            cost_micro: number;
        };
        /** @description How much of a script is left. */
        SandboxAnswersWaiting: {
            /** @description How many calls are still to be answered as scripted. */
            waiting: number;
        };
        /** @description Which calls it is for; every field must hold. Left out, any call. */
        AnswerMatch: {
            /**
             * @description The provider that serves the call.
             * @enum {string}
             */
            provider?: "openai" | "anthropic" | "google";
            /**
             * @description What the provider is asked for, as its own reference names it.
             * @enum {string}
             */
            operation?: "chat.completions" | "completions" | "responses" | "embeddings" | "models" | "messages" | "messages.count_tokens" | "generateContent" | "streamGenerateContent" | "countTokens" | "embedContent" | "batchEmbedContents";
            /** @description The model as the provider is asked for it. */
            model?: string;
            /** @description Text that stands in the raw body. */
            body_includes?: string;
        };
        /** @description A count. */
        Tokens: number;
        /**
         * @description Token counts; the provider's API decides how they are written. Input includes cache reads and writes, output includes
         *     reasoning.
         */
        AnswerUsage: {
            input_tokens: components["schemas"]["Tokens"];
            output_tokens: components["schemas"]["Tokens"];
            cached_input_tokens?: components["schemas"]["Tokens"];
            cache_write_5m_tokens?: components["schemas"]["Tokens"];
            cache_write_1h_tokens?: components["schemas"]["Tokens"];
            reasoning_tokens?: components["schemas"]["Tokens"];
            thoughts_tokens?: components["schemas"]["Tokens"];
            tool_use_prompt_tokens?: components["schemas"]["Tokens"];
            web_search_requests?: components["schemas"]["Tokens"];
        };
        /** @description The HTTP status. */
        ErrorStatus: number;
        /** @description As the provider's error body says it; left out, a word of the stub's. */
        ErrorText: string;
        /** @description The provider refuses with this status and its own error body. */
        AnswerError: {
            status: components["schemas"]["ErrorStatus"];
            code?: components["schemas"]["ErrorText"];
            message?: components["schemas"]["ErrorText"];
            type?: components["schemas"]["ErrorText"];
            /** @description Response headers, such as `retry-after`. */
            headers?: {
                [key: string]: string;
            };
            /** @description The error body carries the usage too. */
            reports_usage?: boolean;
        };
        /** @description Chunks of content that are sent before. */
        ChunkCount: number;
        /** @description After so many chunks of content, the API's own error frame. A call that is not streamed is answered with the status. */
        AnswerErrorMidStream: {
            after_chunks: components["schemas"]["ChunkCount"];
            status?: components["schemas"]["ErrorStatus"];
            code?: components["schemas"]["ErrorText"];
            message?: components["schemas"]["ErrorText"];
            type?: components["schemas"]["ErrorText"];
            /** @description The frame carries the usage too. */
            reports_usage?: boolean;
        };
        /** @description Where the answer ends early; one that is not streamed is half a body. */
        AfterChunks: {
            after_chunks: components["schemas"]["ChunkCount"];
        };
        /** @description Milliseconds. */
        DelayMs: number;
        /** @description How long the provider waits, in milliseconds. */
        AnswerDelay: {
            before_headers?: components["schemas"]["DelayMs"];
            between_chunks?: components["schemas"]["DelayMs"];
        };
        /**
         * @description What the provider does; `{}` is its usual answer. At most one of `error`, `error_mid_stream`, `disconnect` and `truncate`,
         *     and no `usage` beside `omit_usage`.
         */
        AnswerBehaviour: {
            usage?: components["schemas"]["AnswerUsage"];
            /** @description The cost that the provider itself reports, in USD, where its API has a field for it (the OpenAI-shaped ones). */
            cost_usd?: number;
            /** @description The text of the answer. */
            text?: string;
            /**
             * @description Into how many chunks of content a stream is cut. Default 4.
             * @default 4
             */
            chunks?: number;
            error?: components["schemas"]["AnswerError"];
            error_mid_stream?: components["schemas"]["AnswerErrorMidStream"];
            /**
             * @description The provider breaks the connection: before the status line, after so many chunks of content, or when all but the
             *     end has been sent, usage included.
             */
            disconnect?: ("before-headers" | "before-end") | components["schemas"]["AfterChunks"];
            truncate?: components["schemas"]["AfterChunks"];
            delay_ms?: components["schemas"]["AnswerDelay"];
            /** @description The answer is complete, but says nothing of its usage. */
            omit_usage?: boolean;
            /** @description How the body is put into writes, or an oddity of event streams. Default `event`, one write an event. */
            chunking?: ("event" | "byte" | "crlf" | "comments" | "no-final-newline") | {
                /** @description Bytes a write. */
                bytes: number;
            };
        };
        /** @description How some calls are answered. */
        SandboxAnswer: {
            match?: components["schemas"]["AnswerMatch"];
            /**
             * @description For how many calls. Default 1.
             * @default 1
             */
            times?: number;
            respond: components["schemas"]["AnswerBehaviour"];
        };
        /** @description A script for the stub providers. */
        SandboxAnswers: {
            /** @description Oldest first; an empty list takes everything back. */
            answers: components["schemas"]["SandboxAnswer"][];
        };
        /**
         * @description A screen state.
         * @enum {string}
         */
        ScenarioName: "fresh-account" | "busy-month" | "almost-out" | "exhausted" | "byok" | "missing-key" | "unicode-names" | "large-numbers" | "empty";
        /** @description A workspace of the account. */
        LoadedWorkspace: {
            /** @description Id of the workspace; another one each time. */
            workspace_id: string;
            /** @description Its name, as in the examples. */
            name: string;
            /** @description For the AI proxy. */
            workspace_key: string;
        };
        /** @description An account in the state of a scenario. */
        LoadedScenario: {
            scenario: components["schemas"]["ScenarioName"];
            /** @description Id of the account; another one each time. */
            account_id: string;
            /** @description For the control plane. */
            api_key: string;
            now: components["schemas"]["Now"];
            /** @description The live workspaces, in the order of the examples. */
            workspaces: components["schemas"]["LoadedWorkspace"][];
        };
        /** @description What a reset came to. */
        SandboxReset: {
            /** @description How many accounts were ended. */
            accounts_ended: number;
        };
    };
    responses: {
        /** @description Path, query or body break their schema, or ask for what cannot be; nothing has changed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The path exists, the method does not. */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is over 1 MiB. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not declared as `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description Too many requests in the last minute. */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description A fault of the platform; nothing about its inside is told. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description There is no such resource within this account. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
    };
    parameters: {
        /**
         * @description Id of an account of this sandbox, the demo accounts among them.
         * @example user-1f2e3d4c
         */
        AccountId: string;
        /**
         * @description A screen state, by the name that its examples have in the control plane's document.
         * @example busy-month
         */
        ScenarioName: components["schemas"]["ScenarioName"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The methods that the path has, separated by commas.
         * @example GET, PUT
         */
        Allow: string;
        /**
         * @description Seconds to wait before the next request.
         * @example 12
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type NewSandboxAccount = components['schemas']['NewSandboxAccount'];
export type Now = components['schemas']['Now'];
export type SandboxCredentials = components['schemas']['SandboxCredentials'];
export type ValidationDetail = components['schemas']['ValidationDetail'];
export type PlanLimitDetail = components['schemas']['PlanLimitDetail'];
export type ApiErrorDetail = components['schemas']['ApiErrorDetail'];
export type ApiErrorBody = components['schemas']['ApiErrorBody'];
export type SandboxAccount = components['schemas']['SandboxAccount'];
export type MessageResponse = components['schemas']['MessageResponse'];
export type SandboxBalance = components['schemas']['SandboxBalance'];
export type SetSandboxClock = components['schemas']['SetSandboxClock'];
export type SeedSandboxUsage = components['schemas']['SeedSandboxUsage'];
export type SeededUsage = components['schemas']['SeededUsage'];
export type SandboxAnswersWaiting = components['schemas']['SandboxAnswersWaiting'];
export type AnswerMatch = components['schemas']['AnswerMatch'];
export type Tokens = components['schemas']['Tokens'];
export type AnswerUsage = components['schemas']['AnswerUsage'];
export type ErrorStatus = components['schemas']['ErrorStatus'];
export type ErrorText = components['schemas']['ErrorText'];
export type AnswerError = components['schemas']['AnswerError'];
export type ChunkCount = components['schemas']['ChunkCount'];
export type AnswerErrorMidStream = components['schemas']['AnswerErrorMidStream'];
export type AfterChunks = components['schemas']['AfterChunks'];
export type DelayMs = components['schemas']['DelayMs'];
export type AnswerDelay = components['schemas']['AnswerDelay'];
export type AnswerBehaviour = components['schemas']['AnswerBehaviour'];
export type SandboxAnswer = components['schemas']['SandboxAnswer'];
export type SandboxAnswers = components['schemas']['SandboxAnswers'];
export type ScenarioName = components['schemas']['ScenarioName'];
export type LoadedWorkspace = components['schemas']['LoadedWorkspace'];
export type LoadedScenario = components['schemas']['LoadedScenario'];
export type SandboxReset = components['schemas']['SandboxReset'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseMethodNotAllowed = components['responses']['MethodNotAllowed'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseRateLimited = components['responses']['RateLimited'];
export type ResponseInternalError = components['responses']['InternalError'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ParameterAccountId = components['parameters']['AccountId'];
export type ParameterScenarioName = components['parameters']['ScenarioName'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    createSandboxAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSandboxAccount"];
            };
        };
        responses: {
            /** @description The account, and its keys this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxCredentials"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getSandboxAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxAccount"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteSandboxAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account is ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    setSandboxBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SandboxBalance"];
            };
        };
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxAccount"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    setSandboxClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSandboxClock"];
            };
        };
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxAccount"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    seedSandboxUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeedSandboxUsage"];
            };
        };
        responses: {
            /** @description What was booked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeededUsage"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getSandboxAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is waiting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxAnswersWaiting"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    setSandboxAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of an account of this sandbox, the demo accounts among them.
                 * @example user-1f2e3d4c
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SandboxAnswers"];
            };
        };
        responses: {
            /** @description What is waiting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxAnswersWaiting"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    loadSandboxScenario: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A screen state, by the name that its examples have in the control plane's document.
                 * @example busy-month
                 */
                name: components["parameters"]["ScenarioName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An account in that state, and its keys this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadedScenario"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    resetSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxReset"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
}

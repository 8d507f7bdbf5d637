// Made by `npm run generate` from spec/: do not edit.
export interface paths {
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat with a model
         * @description Forwards a chat completion, buffered or streamed, and charges what it cost. The cost stands in headers
         *     and in `usage`; in a stream it stands in the usage chunk, which is sent to callers that asked for it.
         */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a text
         * @description Forwards a text completion, buffered or streamed, and charges what it cost.
         */
        post: operations["createCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response
         * @description Forwards a call of the responses API, buffered or streamed, and charges what it cost.
         */
        post: operations["createResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed a text
         * @description Forwards a call for embeddings and charges what it cost.
         */
        post: operations["createEmbedding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description The models of one provider, in the shape of the API that the headers belong to: `anthropic-version`
         *     means Anthropic, else `x-goog-api-key` means Gemini, else OpenAI. Costs nothing and does not count as
         *     usage.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a message
         * @description Forwards a call of the messages API, buffered or streamed, and charges what it cost.
         */
        post: operations["createMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count a message's tokens
         * @description Forwards a token count. Costs nothing, is not refused for credits and does not count as usage.
         */
        post: operations["countMessageTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat with an OpenAI model
         * @description Forwards a chat completion, buffered or streamed, and charges what it cost. The cost stands in headers
         *     and in `usage`; in a stream it stands in the usage chunk, which is sent to callers that asked for it.
         *     Bare model names are OpenAI's here.
         */
        post: operations["openaiCreateChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a text with an OpenAI model
         * @description Forwards a text completion, buffered or streamed, and charges what it cost. Bare model names are
         *     OpenAI's here.
         */
        post: operations["openaiCreateCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response with an OpenAI model
         * @description Forwards a call of the responses API, buffered or streamed, and charges what it cost. Bare model names
         *     are OpenAI's here.
         */
        post: operations["openaiCreateResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed a text with an OpenAI model
         * @description Forwards a call for embeddings and charges what it cost. Bare model names are OpenAI's here.
         */
        post: operations["openaiCreateEmbedding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List OpenAI models
         * @description OpenAI's models as OpenAI lists them. Costs nothing and does not count as usage.
         */
        get: operations["openaiListModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a message on the native route
         * @description Forwards a call of the messages API, buffered or streamed, and charges what it cost.
         */
        post: operations["anthropicCreateMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count a message's tokens on the native route
         * @description Forwards a token count. Costs nothing, is not refused for credits and does not count as usage.
         */
        post: operations["anthropicCountMessageTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Anthropic models
         * @description Anthropic's models as Anthropic lists them. Costs nothing and does not count as usage.
         */
        get: operations["anthropicListModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Gemini models
         * @description Google's models as Google lists them. Costs nothing and does not count as usage.
         */
        get: operations["googleListModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models/{model}:generateContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate content
         * @description Forwards a call for content and charges what it cost.
         */
        post: operations["googleGenerateContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models/{model}:streamGenerateContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate content in parts
         * @description Forwards a call for content and streams the answer. Charges what it cost when the stream ends.
         */
        post: operations["googleStreamGenerateContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models/{model}:countTokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count tokens
         * @description Forwards a token count. Costs nothing, is not refused for credits and does not count as usage.
         */
        post: operations["googleCountTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models/{model}:embedContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed one content
         * @description Forwards a call for an embedding and charges what it cost.
         */
        post: operations["googleEmbedContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/google/{version}/models/{model}:batchEmbedContents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed several contents
         * @description Forwards a call for several embeddings and charges what it cost.
         */
        post: operations["googleBatchEmbedContents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rig/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a subject's usage
         * @description What one end user of the account's workspaces used in the window that ends now. A subject that was never seen has
         *     used nothing. Subjects of other accounts cannot be read.
         */
        get: operations["getSubjectUsage"];
        put?: never;
        post?: never;
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
        /** @description What a stream carries besides text. */
        StreamOptions: {
            /** @description Whether the caller wants a last chunk with usage and cost. The proxy asks the provider for it anyway. */
            include_usage?: boolean;
        } | null;
        /** @description OpenAI's chat completion request. */
        ChatCompletionRequest: {
            /** @description `provider/model` or a bare model; without one the workspace's configured model is called. */
            model?: string;
            /** @description The conversation so far. */
            messages: Record<string, unknown>[];
            /** @description Answer as server-sent events. */
            stream?: boolean | null;
            stream_options?: components["schemas"]["StreamOptions"];
            /** @description Output limit. Without one the proxy sets one that it can reserve credits for. */
            max_completion_tokens?: number | null;
            /** @description Older name of the output limit. */
            max_tokens?: number | null;
            /** @description Number of answers; each is paid. */
            n?: number | null;
            /** @description The end user, unless `X-Rigbox-Subject` names one. */
            user?: string;
        };
        /**
         * Format: int64
         * @description What was taken off the balance, in microcredits. Absent means unknown.
         */
        CostMicro: number;
        /**
         * Format: double
         * @description The same in credits, for display.
         */
        CostCredits: number;
        /** @description Tokens as the provider counted them, and the cost that the proxy adds. */
        CompletionUsage: {
            /** @description Input tokens, cached ones included. */
            prompt_tokens: number;
            /** @description Output tokens, reasoning included. */
            completion_tokens?: number;
            /** @description Both together. */
            total_tokens: number;
            /** @description The provider's split of the input. */
            prompt_tokens_details?: ({
                /** @description Input tokens read from the provider's cache. */
                cached_tokens?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            cost_micro?: components["schemas"]["CostMicro"];
            cost_credits?: components["schemas"]["CostCredits"];
        } & {
            [key: string]: unknown;
        };
        /** @description OpenAI's chat completion. */
        ChatCompletion: {
            /** @description The provider's id. */
            id: string;
            /** @description Always `chat.completion`. */
            object: string;
            /** @description Unix seconds. */
            created: number;
            /** @description The model that answered. */
            model: string;
            /** @description The answers. */
            choices: {
                [key: string]: unknown;
            }[];
            usage?: components["schemas"]["CompletionUsage"];
        } & {
            [key: string]: unknown;
        };
        /** @description An error as OpenAI's SDKs read it. */
        OpenAiErrorBody: {
            error: {
                /**
                 * @description Stable, for programs to branch on; a number for OpenRouter's SDK only. The proxy's own codes, in the envelopes of
                 *     all three APIs:
                 *
                 *     - `malformed_json` (400): The body cannot be read.
                 *     - `invalid_request` (400): The request lacks what the proxy needs, or has it in a wrong form.
                 *     - `missing_model` (400): The call names no model and the workspace has none for the provider.
                 *     - `unknown_price` (400): The price list does not have the model, so it is not called.
                 *     - `unsupported_operation` (400): The model's provider does not offer the operation.
                 *     - `unsupported_parameter` (400): A managed call has a parameter, a tool or a block of content whose cost is not known. The message names its path.
                 *     - `invalid_missing_key` (400): The workspace is in byok mode without a key for the provider.
                 *     - `subject_limit_malformed` (400): A subject limit header cannot be read.
                 *     - `unauthorized` (401): There is no valid workspace credential.
                 *     - `duplicate_credentials` (401): There is more than one credential.
                 *     - `provider_key_refused` (401): The provider does not accept the workspace's own key.
                 *     - `insufficient_credits` (402): Less is left than the call may cost; nothing was forwarded.
                 *     - `subject_over_budget` (402): The end user's budget is used up; nothing was forwarded.
                 *     - `not_found` (404): The path is unknown.
                 *     - `unknown_id` (404): The call names something that the provider keeps, and this workspace did not get it; nothing was forwarded.
                 *     - `method_not_allowed` (405): The path exists and its methods are listed in `Allow`.
                 *     - `request_timeout` (408): The body of the request took too long to arrive; nothing was forwarded.
                 *     - `duplicate_request` (409): The `Idempotency-Key` was used before in this workspace.
                 *     - `payload_too_large` (413): The body is larger than the proxy takes.
                 *     - `unsupported_media_type` (415): The content type is missing or another, or the body is compressed.
                 *     - `upgrade_required` (426): A WebSocket was asked for; `Upgrade` names the protocol that the path is served over.
                 *     - `rate_limited` (429): Too many requests were sent, or too many large ones at once; `Retry-After` says when the next one may come.
                 *     - `subject_rate_limited` (429): The end user's rate is reached.
                 *     - `internal_error` (500): The platform failed.
                 *     - `provider_unreachable` (502): There was no connection to the provider.
                 *     - `provider_broken` (502): The provider's answer is not complete.
                 *     - `provider_error` (502): The provider refused the call for a reason that the platform has to mend.
                 *     - `metering_unavailable` (503): The call cannot be metered; nothing was forwarded.
                 *     - `overloaded` (503): The bodies that are under way take all the memory that is set aside for them; nothing was forwarded.
                 *     - `provider_not_configured` (503): The platform has no key for the provider; nothing was forwarded.
                 *     - `provider_timeout` (504): The provider did not answer in time; the credits stay on hold until the cost is known.
                 */
                code: string | number | null;
                /** @description One readable sentence. */
                message: string;
                /** @description `rigbox_gateway_error` for errors of the proxy's own, else the provider's word. */
                type: string;
                /** @description The offending parameter, if it is one. */
                param: string | null;
                /** @description Facts that belong to the code. */
                details?: unknown;
                /** @description For OpenRouter's SDK, the proxy's own code and its details. */
                metadata?: Record<string, unknown>;
            };
        };
        /** @description OpenAI's text completion request. */
        CompletionRequest: {
            /** @description `provider/model` or a bare model; without one the workspace's configured model is called. */
            model?: string;
            /** @description Text or token ids to complete, or a list of them. */
            prompt: unknown;
            /** @description Answer as server-sent events. */
            stream?: boolean | null;
            stream_options?: components["schemas"]["StreamOptions"];
            /** @description Output limit. */
            max_tokens?: number | null;
            /** @description The end user, unless `X-Rigbox-Subject` names one. */
            user?: string;
        };
        /** @description OpenAI's text completion. */
        Completion: {
            /** @description The provider's id. */
            id: string;
            /** @description Always `text_completion`. */
            object: string;
            /** @description Unix seconds. */
            created: number;
            /** @description The model that answered. */
            model: string;
            /** @description The answers. */
            choices: {
                [key: string]: unknown;
            }[];
            usage?: components["schemas"]["CompletionUsage"];
        };
        /** @description OpenAI's request for a response. */
        ResponseRequest: {
            /** @description `provider/model` or a bare model; without one the workspace's configured model is called. */
            model?: string;
            /** @description Text or items to answer. */
            input?: unknown;
            /** @description Answer as server-sent events. */
            stream?: boolean | null;
            /** @description Output limit. */
            max_output_tokens?: number | null;
            /** @description Answer that this one continues; its content counts as input. */
            previous_response_id?: string | null;
            /** @description The end user, unless `X-Rigbox-Subject` names one. */
            user?: string;
        };
        /** @description Tokens as the provider counted them, and the cost that the proxy adds. */
        ResponseUsage: {
            /** @description Input tokens, cached ones included. */
            input_tokens: number;
            /** @description Output tokens, reasoning included. */
            output_tokens: number;
            /** @description Both together. */
            total_tokens: number;
            cost_micro?: components["schemas"]["CostMicro"];
            cost_credits?: components["schemas"]["CostCredits"];
        };
        /** @description OpenAI's response object. */
        Response: {
            /** @description The provider's id. */
            id: string;
            /** @description Always `response`. */
            object: string;
            /** @description Unix seconds. */
            created_at?: number;
            /** @description E.g. `completed` or `incomplete`. */
            status: string;
            /** @description The model that answered. */
            model: string;
            /** @description The items of the answer. */
            output: {
                [key: string]: unknown;
            }[];
            /** @description Present once the response is complete. */
            usage?: components["schemas"]["ResponseUsage"] | null;
        };
        /** @description OpenAI's request for embeddings. */
        EmbeddingRequest: {
            /** @description `provider/model` or a bare model; without one the workspace's configured model is called. */
            model?: string;
            /** @description Text or token ids to embed, or a list of them. */
            input: unknown;
            /** @description The end user, unless `X-Rigbox-Subject` names one. */
            user?: string;
        };
        /** @description OpenAI's list of embeddings. */
        EmbeddingList: {
            /** @description Always `list`. */
            object: string;
            /** @description One embedding for each input. */
            data: {
                [key: string]: unknown;
            }[];
            /** @description The model that answered. */
            model: string;
            usage?: components["schemas"]["CompletionUsage"];
        };
        /** @description Models as OpenAI lists them. */
        OpenAiModelList: {
            /**
             * @description Always `list`.
             * @constant
             */
            object: "list";
            /** @description The models. */
            data: ({
                /** @description Name to call it by. */
                id: string;
                /** @description Always `model`. */
                object: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        /** @description Models as Anthropic lists them. */
        AnthropicModelList: {
            /** @description The models. */
            data: ({
                /** @description Name to call it by. */
                id: string;
                /** @description Always `model`. */
                type: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Whether there is another page. */
            has_more: boolean;
            /** @description First on this page. */
            first_id: string | null;
            /** @description Last on this page. */
            last_id: string | null;
        };
        /** @description Models as Google lists them. */
        GeminiModelList: {
            /** @description The models. */
            models: ({
                /** @description Name to call it by, after `models/`. */
                name: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Where the next page starts. */
            nextPageToken?: string;
        };
        /** @description The list of the API that the request's headers belong to. */
        AnyModelList: components["schemas"]["OpenAiModelList"] | components["schemas"]["AnthropicModelList"] | components["schemas"]["GeminiModelList"];
        /** @description An error as Anthropic's SDKs read it. */
        AnthropicErrorBody: {
            /**
             * @description Always `error`.
             * @constant
             */
            type: "error";
            error: {
                /** @description Anthropic's class of error, e.g. `billing_error`. */
                type: string;
                /** @description One readable sentence. */
                message: string;
                /** @description The proxy's own code, as listed at `OpenAiErrorBody`. */
                code?: string;
                /** @description Facts that belong to the code. */
                details?: unknown;
            };
            /** @description The same sentence, where Anthropic's SDK looks for one to show. */
            message?: string;
            /** @description Id to quote to the platform's support. */
            request_id?: string | null;
        };
        /** @description An error as Google's SDKs read it. */
        GeminiErrorBody: {
            error: {
                /** @description The HTTP status again. */
                code: number;
                /** @description One readable sentence. */
                message: string;
                /** @description Google's class of error, e.g. `RESOURCE_EXHAUSTED`. */
                status: string;
                /** @description Facts that belong to the error; the proxy's own code is the `reason` of an `ErrorInfo`. */
                details?: Record<string, unknown>[];
            };
        };
        /** @description The envelope of the API that the request's headers belong to. */
        AnyErrorBody: components["schemas"]["OpenAiErrorBody"] | components["schemas"]["AnthropicErrorBody"] | components["schemas"]["GeminiErrorBody"];
        /** @description Anthropic's request for a message. */
        MessageRequest: {
            /** @description A bare model or `anthropic/model`; without one the workspace's configured model is called. */
            model?: string;
            /** @description Output limit; credits for it are reserved. */
            max_tokens: number;
            /** @description The conversation so far. */
            messages: Record<string, unknown>[];
            /** @description Answer as server-sent events. */
            stream?: boolean;
            /** @description Passed through; the end user is named by `X-Rigbox-Subject`. */
            metadata?: Record<string, unknown>;
        };
        /** @description Tokens as Anthropic counted them, and the cost that the proxy adds. */
        MessageUsage: {
            /** @description Input tokens without cache reads and cache writes. */
            input_tokens: number;
            /** @description Output tokens, thinking included. */
            output_tokens: number;
            /** @description Input tokens written to the cache. */
            cache_creation_input_tokens?: number | null;
            /** @description Input tokens read from the cache. */
            cache_read_input_tokens?: number | null;
            cost_micro?: components["schemas"]["CostMicro"];
            cost_credits?: components["schemas"]["CostCredits"];
        };
        /** @description Anthropic's message. */
        Message: {
            /** @description The provider's id. */
            id: string;
            /** @description Always `message`. */
            type: string;
            /** @description Always `assistant`. */
            role: string;
            /** @description The model that answered. */
            model: string;
            /** @description The blocks of the answer. */
            content: {
                [key: string]: unknown;
            }[];
            /** @description Why the answer ended. */
            stop_reason?: string | null;
            /** @description The sequence that ended it. */
            stop_sequence?: string | null;
            usage: components["schemas"]["MessageUsage"];
        };
        /** @description Anthropic's request to count tokens. */
        CountTokensRequest: {
            /** @description A bare model or `anthropic/model`; without one the workspace's configured model is called. */
            model?: string;
            /** @description The conversation so far. */
            messages: Record<string, unknown>[];
        };
        /** @description Anthropic's token count. */
        TokenCount: {
            /** @description Tokens that the request would have. */
            input_tokens: number;
        };
        /** @description Gemini's request for content. */
        GenerateContentRequest: {
            /** @description The conversation so far. */
            contents: Record<string, unknown>[];
            /** @description How to answer. */
            generationConfig?: {
                /** @description Output limit. Without one the proxy sets one that it can reserve credits for. */
                maxOutputTokens?: number;
                /** @description Number of answers; each is paid. */
                candidateCount?: number;
            };
            /** @description Cached content to continue; it counts as input. */
            cachedContent?: string;
        };
        /** @description Tokens as Google counted them, and the cost that the proxy adds. */
        UsageMetadata: {
            /** @description Input tokens, cached ones included. */
            promptTokenCount?: number;
            /** @description Output tokens without thoughts. */
            candidatesTokenCount?: number;
            /** @description Tokens of thoughts, paid as output. */
            thoughtsTokenCount?: number;
            /** @description Input tokens read from the cache. */
            cachedContentTokenCount?: number;
            /** @description All together. */
            totalTokenCount?: number;
            cost_micro?: components["schemas"]["CostMicro"];
            cost_credits?: components["schemas"]["CostCredits"];
        };
        /** @description Gemini's content. */
        GenerateContentResponse: {
            /** @description The answers. */
            candidates?: {
                [key: string]: unknown;
            }[];
            usageMetadata?: components["schemas"]["UsageMetadata"];
            /** @description The model that answered. */
            modelVersion?: string;
            /** @description The provider's id. */
            responseId?: string;
        };
        /** @description Gemini's request to count tokens. */
        CountGeminiTokensRequest: {
            /** @description What to count. */
            contents?: Record<string, unknown>[];
            /** @description A whole request to count, in the place of `contents`. */
            generateContentRequest?: Record<string, unknown>;
        };
        /** @description Gemini's token count. */
        CountGeminiTokensResponse: {
            /** @description Tokens that the request would have. */
            totalTokens: number;
        };
        /** @description Gemini's request for an embedding. */
        EmbedContentRequest: {
            /** @description What to embed. */
            content: Record<string, unknown>;
        };
        /** @description One embedding. */
        ContentEmbedding: {
            /** @description The vector. */
            values: number[];
        };
        /** @description Gemini's embedding. */
        EmbedContentResponse: {
            embedding: components["schemas"]["ContentEmbedding"];
        };
        /** @description Gemini's request for several embeddings. */
        BatchEmbedContentsRequest: {
            /** @description What to embed. */
            requests: Record<string, unknown>[];
        };
        /** @description Gemini's embeddings. */
        BatchEmbedContentsResponse: {
            /** @description One for each request. */
            embeddings: components["schemas"]["ContentEmbedding"][];
        };
        /** @description What one end user used in the window that ends now. */
        SubjectUsage: {
            /** @description The end user as the calls named them, cut at 256 characters. */
            subject: string;
            /** @description Length of the window in seconds. */
            window_seconds: number;
            /**
             * Format: double
             * @description Credits spent, for display.
             */
            credits: number;
            /**
             * Format: int64
             * @description Microcredits spent.
             */
            credits_micro: number;
            /**
             * Format: int64
             * @description Input tokens, cache reads and cache writes included.
             */
            input_tokens: number;
            /**
             * Format: int64
             * @description Output tokens, reasoning and thoughts included.
             */
            output_tokens: number;
            /**
             * Format: int64
             * @description AI calls whose outcome is settled.
             */
            requests: number;
        };
    };
    responses: {
        /** @description The answer. */
        ChatCompletionOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChatCompletion"];
                "text/event-stream": string;
            };
        };
        /** @description The proxy cannot read the request, has no price for the model, or has no key to call with. */
        OpenAiBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description No valid workspace credential, more than one, or the provider refused the workspace's own key. */
        OpenAiUnauthorized: {
            headers: {
                "X-Should-Retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description Too few credits are left, or the end user's budget is used up. Nothing was forwarded. */
        OpenAiPaymentRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The path does not exist here, the provider does not know the model, or what the call names is not kept for this workspace. */
        OpenAiNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The path exists, the method does not. */
        OpenAiMethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The body did not come in time. Nothing was forwarded. */
        OpenAiRequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The idempotency key was used before. Nothing was forwarded. */
        OpenAiDuplicateRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The body is larger than the proxy takes. */
        OpenAiPayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The body is not declared as JSON. */
        OpenAiUnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description A WebSocket was asked for; the path is served over HTTP only. */
        OpenAiUpgradeRequired: {
            headers: {
                Upgrade: components["headers"]["Upgrade"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description Too many requests. */
        OpenAiRateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description A fault of the platform; nothing about its inside is told. */
        OpenAiInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The provider could not be reached, broke off, or refused for a reason of the platform's. */
        OpenAiBadProvider: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The proxy cannot meter calls at the moment, or has no access to the provider. Nothing was forwarded. */
        OpenAiUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The provider did not answer in time. The credits stay on hold until the cost is known. */
        OpenAiProviderTimeout: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
        /** @description The answer. */
        CompletionOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Completion"];
                "text/event-stream": string;
            };
        };
        /** @description The answer. */
        ResponseOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Response"];
                "text/event-stream": string;
            };
        };
        /** @description The embeddings. */
        EmbeddingOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["EmbeddingList"];
            };
        };
        /** @description The models. */
        AnyModelsOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyModelList"];
            };
        };
        /** @description There is no key to call with. */
        AnyBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description No valid workspace credential, more than one, or the provider refused the workspace's own key. */
        AnyUnauthorized: {
            headers: {
                "X-Should-Retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description The path exists, the method does not. */
        AnyMethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description A WebSocket was asked for; the path is served over HTTP only. */
        AnyUpgradeRequired: {
            headers: {
                Upgrade: components["headers"]["Upgrade"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description Too many requests. */
        AnyRateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description A fault of the platform; nothing about its inside is told. */
        AnyInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description The provider could not be reached, broke off, or refused for a reason of the platform's. */
        AnyBadProvider: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description The proxy cannot meter calls at the moment, or has no access to the provider. Nothing was forwarded. */
        AnyUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description The provider did not answer in time. The credits stay on hold until the cost is known. */
        AnyProviderTimeout: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnyErrorBody"];
            };
        };
        /** @description The answer. */
        MessageOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Message"];
                "text/event-stream": string;
            };
        };
        /** @description The proxy cannot read the request, has no price for the model, or has no key to call with. */
        AnthropicBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description No valid workspace credential, more than one, or the provider refused the workspace's own key. */
        AnthropicUnauthorized: {
            headers: {
                "X-Should-Retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description Too few credits are left, or the end user's budget is used up. Nothing was forwarded. */
        AnthropicPaymentRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The path does not exist here, the provider does not know the model, or what the call names is not kept for this workspace. */
        AnthropicNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The path exists, the method does not. */
        AnthropicMethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The body did not come in time. Nothing was forwarded. */
        AnthropicRequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The idempotency key was used before. Nothing was forwarded. */
        AnthropicDuplicateRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The body is larger than the proxy takes. */
        AnthropicPayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The body is not declared as JSON. */
        AnthropicUnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description A WebSocket was asked for; the path is served over HTTP only. */
        AnthropicUpgradeRequired: {
            headers: {
                Upgrade: components["headers"]["Upgrade"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description Too many requests. */
        AnthropicRateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description A fault of the platform; nothing about its inside is told. */
        AnthropicInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The provider could not be reached, broke off, or refused for a reason of the platform's. */
        AnthropicBadProvider: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The proxy cannot meter calls at the moment, or has no access to the provider. Nothing was forwarded. */
        AnthropicUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The provider did not answer in time. The credits stay on hold until the cost is known. */
        AnthropicProviderTimeout: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicErrorBody"];
            };
        };
        /** @description The count. */
        TokenCountOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenCount"];
            };
        };
        /** @description The models. */
        OpenAiModelsOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiModelList"];
            };
        };
        /** @description The models. */
        AnthropicModelsOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AnthropicModelList"];
            };
        };
        /** @description The models. */
        GeminiModelsOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiModelList"];
            };
        };
        /** @description The proxy cannot read the request, has no price for the model, or has no key to call with. */
        GeminiBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description No valid workspace credential, more than one, or the provider refused the workspace's own key. */
        GeminiUnauthorized: {
            headers: {
                "X-Should-Retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The path exists, the method does not. */
        GeminiMethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description A WebSocket was asked for; the path is served over HTTP only. */
        GeminiUpgradeRequired: {
            headers: {
                Upgrade: components["headers"]["Upgrade"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description Too many requests. */
        GeminiRateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description A fault of the platform; nothing about its inside is told. */
        GeminiInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The provider could not be reached, broke off, or refused for a reason of the platform's. */
        GeminiBadProvider: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The proxy cannot meter calls at the moment, or has no access to the provider. Nothing was forwarded. */
        GeminiUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The provider did not answer in time. The credits stay on hold until the cost is known. */
        GeminiProviderTimeout: {
            headers: {
                "x-should-retry": components["headers"]["ShouldRetry"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The answer. */
        GenerateContentOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GenerateContentResponse"];
            };
        };
        /** @description Too few credits are left, or the end user's budget is used up. Nothing was forwarded. */
        GeminiPaymentRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The path does not exist here, the provider does not know the model, or what the call names is not kept for this workspace. */
        GeminiNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The body did not come in time. Nothing was forwarded. */
        GeminiRequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The idempotency key was used before. Nothing was forwarded. */
        GeminiDuplicateRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The body is larger than the proxy takes. */
        GeminiPayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The body is not declared as JSON. */
        GeminiUnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GeminiErrorBody"];
            };
        };
        /** @description The answer in parts. With `alt=sse` as server-sent events, else as one JSON array. */
        StreamGenerateContentOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/event-stream": string;
                "application/json": components["schemas"]["GenerateContentResponse"][];
            };
        };
        /** @description The count. */
        CountGeminiTokensOk: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CountGeminiTokensResponse"];
            };
        };
        /** @description The embedding. */
        EmbedContentOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["EmbedContentResponse"];
            };
        };
        /** @description The embeddings. */
        BatchEmbedContentsOk: {
            headers: {
                "X-Rigbox-Cost-Micro": components["headers"]["CostMicro"];
                "X-Rigbox-Cost-Credits": components["headers"]["CostCredits"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BatchEmbedContentsResponse"];
            };
        };
        /** @description There is no subject, or the window cannot be read. */
        BadSubjectQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OpenAiErrorBody"];
            };
        };
    };
    parameters: {
        /**
         * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
         *     `user` in the body.
         * @example customer-4711
         */
        Subject: string;
        /**
         * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
         *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
         *     once; ignored without a subject.
         * @example 5;period=7d
         */
        SubjectBudget: string;
        /**
         * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
         *     May be sent several times; ignored without a subject.
         * @example 100req;window=1h
         */
        SubjectRate: string;
        /**
         * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
         *     answered 409 and not forwarded.
         * @example 0f8fad5b-d9cb-469f-a165-70867728950e
         */
        IdempotencyKey: string;
        /**
         * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
         * @example 2023-06-01
         */
        AnthropicVersion: string;
        /**
         * @description Version of the Gemini API.
         * @example v1beta
         */
        GeminiVersion: "v1" | "v1beta";
        /**
         * @description Gemini model.
         * @example gemini-2.5-flash
         */
        GeminiModel: string;
        /**
         * @description `sse` streams server-sent events; without it the parts come as one JSON array.
         * @example sse
         */
        GeminiAlt: string;
        /**
         * @description The end user to look up.
         * @example customer-4711
         */
        SubjectName: string;
        /**
         * @description How far back from now to look, in seconds, or like `30s`, `15m`, `5h`, `7d`.
         * @example 7d
         */
        UsageWindow: string;
    };
    requestBodies: {
        /** @description The conversation to continue. */
        ChatCompletionBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionRequest"];
            };
        };
        /** @description The text to complete. */
        CompletionBody: {
            content: {
                "application/json": components["schemas"]["CompletionRequest"];
            };
        };
        /** @description What to respond to. */
        ResponseBody: {
            content: {
                "application/json": components["schemas"]["ResponseRequest"];
            };
        };
        /** @description What to embed. */
        EmbeddingBody: {
            content: {
                "application/json": components["schemas"]["EmbeddingRequest"];
            };
        };
        /** @description The conversation to continue. */
        MessageBody: {
            content: {
                "application/json": components["schemas"]["MessageRequest"];
            };
        };
        /** @description The conversation to count. */
        CountTokensBody: {
            content: {
                "application/json": components["schemas"]["CountTokensRequest"];
            };
        };
        /** @description The conversation to continue. */
        GenerateContentBody: {
            content: {
                "application/json": components["schemas"]["GenerateContentRequest"];
            };
        };
        /** @description The conversation to count. */
        CountGeminiTokensBody: {
            content: {
                "application/json": components["schemas"]["CountGeminiTokensRequest"];
            };
        };
        /** @description What to embed. */
        EmbedContentBody: {
            content: {
                "application/json": components["schemas"]["EmbedContentRequest"];
            };
        };
        /** @description What to embed. */
        BatchEmbedContentsBody: {
            content: {
                "application/json": components["schemas"]["BatchEmbedContentsRequest"];
            };
        };
    };
    headers: {
        /**
         * @description What was taken off the balance, in microcredits. Absent means unknown; streams carry it in their last chunk instead.
         * @example 4500
         */
        CostMicro: number;
        /**
         * @description The same in credits, for display.
         * @example 0.0045
         */
        CostCredits: number;
        /**
         * @description `false` where a repeated call might be paid twice, or cannot succeed; the SDKs of OpenAI and Anthropic obey it.
         * @example false
         */
        ShouldRetry: "true" | "false";
        /**
         * @description The methods that the path has, separated by commas.
         * @example POST
         */
        Allow: string;
        /**
         * @description The protocol that the path is served over.
         * @example HTTP/1.1
         */
        Upgrade: string;
        /**
         * @description Seconds to wait before the next request.
         * @example 30
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type StreamOptions = components['schemas']['StreamOptions'];
export type ChatCompletionRequest = components['schemas']['ChatCompletionRequest'];
export type CostMicro = components['schemas']['CostMicro'];
export type CostCredits = components['schemas']['CostCredits'];
export type CompletionUsage = components['schemas']['CompletionUsage'];
export type ChatCompletion = components['schemas']['ChatCompletion'];
export type OpenAiErrorBody = components['schemas']['OpenAiErrorBody'];
export type CompletionRequest = components['schemas']['CompletionRequest'];
export type Completion = components['schemas']['Completion'];
export type ResponseRequest = components['schemas']['ResponseRequest'];
export type ResponseUsage = components['schemas']['ResponseUsage'];
export type Response = components['schemas']['Response'];
export type EmbeddingRequest = components['schemas']['EmbeddingRequest'];
export type EmbeddingList = components['schemas']['EmbeddingList'];
export type OpenAiModelList = components['schemas']['OpenAiModelList'];
export type AnthropicModelList = components['schemas']['AnthropicModelList'];
export type GeminiModelList = components['schemas']['GeminiModelList'];
export type AnyModelList = components['schemas']['AnyModelList'];
export type AnthropicErrorBody = components['schemas']['AnthropicErrorBody'];
export type GeminiErrorBody = components['schemas']['GeminiErrorBody'];
export type AnyErrorBody = components['schemas']['AnyErrorBody'];
export type MessageRequest = components['schemas']['MessageRequest'];
export type MessageUsage = components['schemas']['MessageUsage'];
export type Message = components['schemas']['Message'];
export type CountTokensRequest = components['schemas']['CountTokensRequest'];
export type TokenCount = components['schemas']['TokenCount'];
export type GenerateContentRequest = components['schemas']['GenerateContentRequest'];
export type UsageMetadata = components['schemas']['UsageMetadata'];
export type GenerateContentResponse = components['schemas']['GenerateContentResponse'];
export type CountGeminiTokensRequest = components['schemas']['CountGeminiTokensRequest'];
export type CountGeminiTokensResponse = components['schemas']['CountGeminiTokensResponse'];
export type EmbedContentRequest = components['schemas']['EmbedContentRequest'];
export type ContentEmbedding = components['schemas']['ContentEmbedding'];
export type EmbedContentResponse = components['schemas']['EmbedContentResponse'];
export type BatchEmbedContentsRequest = components['schemas']['BatchEmbedContentsRequest'];
export type BatchEmbedContentsResponse = components['schemas']['BatchEmbedContentsResponse'];
export type SubjectUsage = components['schemas']['SubjectUsage'];
export type ResponseChatCompletionOk = components['responses']['ChatCompletionOk'];
export type ResponseOpenAiBadRequest = components['responses']['OpenAiBadRequest'];
export type ResponseOpenAiUnauthorized = components['responses']['OpenAiUnauthorized'];
export type ResponseOpenAiPaymentRequired = components['responses']['OpenAiPaymentRequired'];
export type ResponseOpenAiNotFound = components['responses']['OpenAiNotFound'];
export type ResponseOpenAiMethodNotAllowed = components['responses']['OpenAiMethodNotAllowed'];
export type ResponseOpenAiRequestTimeout = components['responses']['OpenAiRequestTimeout'];
export type ResponseOpenAiDuplicateRequest = components['responses']['OpenAiDuplicateRequest'];
export type ResponseOpenAiPayloadTooLarge = components['responses']['OpenAiPayloadTooLarge'];
export type ResponseOpenAiUnsupportedMediaType = components['responses']['OpenAiUnsupportedMediaType'];
export type ResponseOpenAiUpgradeRequired = components['responses']['OpenAiUpgradeRequired'];
export type ResponseOpenAiRateLimited = components['responses']['OpenAiRateLimited'];
export type ResponseOpenAiInternalError = components['responses']['OpenAiInternalError'];
export type ResponseOpenAiBadProvider = components['responses']['OpenAiBadProvider'];
export type ResponseOpenAiUnavailable = components['responses']['OpenAiUnavailable'];
export type ResponseOpenAiProviderTimeout = components['responses']['OpenAiProviderTimeout'];
export type ResponseCompletionOk = components['responses']['CompletionOk'];
export type ResponseResponseOk = components['responses']['ResponseOk'];
export type ResponseEmbeddingOk = components['responses']['EmbeddingOk'];
export type ResponseAnyModelsOk = components['responses']['AnyModelsOk'];
export type ResponseAnyBadRequest = components['responses']['AnyBadRequest'];
export type ResponseAnyUnauthorized = components['responses']['AnyUnauthorized'];
export type ResponseAnyMethodNotAllowed = components['responses']['AnyMethodNotAllowed'];
export type ResponseAnyUpgradeRequired = components['responses']['AnyUpgradeRequired'];
export type ResponseAnyRateLimited = components['responses']['AnyRateLimited'];
export type ResponseAnyInternalError = components['responses']['AnyInternalError'];
export type ResponseAnyBadProvider = components['responses']['AnyBadProvider'];
export type ResponseAnyUnavailable = components['responses']['AnyUnavailable'];
export type ResponseAnyProviderTimeout = components['responses']['AnyProviderTimeout'];
export type ResponseMessageOk = components['responses']['MessageOk'];
export type ResponseAnthropicBadRequest = components['responses']['AnthropicBadRequest'];
export type ResponseAnthropicUnauthorized = components['responses']['AnthropicUnauthorized'];
export type ResponseAnthropicPaymentRequired = components['responses']['AnthropicPaymentRequired'];
export type ResponseAnthropicNotFound = components['responses']['AnthropicNotFound'];
export type ResponseAnthropicMethodNotAllowed = components['responses']['AnthropicMethodNotAllowed'];
export type ResponseAnthropicRequestTimeout = components['responses']['AnthropicRequestTimeout'];
export type ResponseAnthropicDuplicateRequest = components['responses']['AnthropicDuplicateRequest'];
export type ResponseAnthropicPayloadTooLarge = components['responses']['AnthropicPayloadTooLarge'];
export type ResponseAnthropicUnsupportedMediaType = components['responses']['AnthropicUnsupportedMediaType'];
export type ResponseAnthropicUpgradeRequired = components['responses']['AnthropicUpgradeRequired'];
export type ResponseAnthropicRateLimited = components['responses']['AnthropicRateLimited'];
export type ResponseAnthropicInternalError = components['responses']['AnthropicInternalError'];
export type ResponseAnthropicBadProvider = components['responses']['AnthropicBadProvider'];
export type ResponseAnthropicUnavailable = components['responses']['AnthropicUnavailable'];
export type ResponseAnthropicProviderTimeout = components['responses']['AnthropicProviderTimeout'];
export type ResponseTokenCountOk = components['responses']['TokenCountOk'];
export type ResponseOpenAiModelsOk = components['responses']['OpenAiModelsOk'];
export type ResponseAnthropicModelsOk = components['responses']['AnthropicModelsOk'];
export type ResponseGeminiModelsOk = components['responses']['GeminiModelsOk'];
export type ResponseGeminiBadRequest = components['responses']['GeminiBadRequest'];
export type ResponseGeminiUnauthorized = components['responses']['GeminiUnauthorized'];
export type ResponseGeminiMethodNotAllowed = components['responses']['GeminiMethodNotAllowed'];
export type ResponseGeminiUpgradeRequired = components['responses']['GeminiUpgradeRequired'];
export type ResponseGeminiRateLimited = components['responses']['GeminiRateLimited'];
export type ResponseGeminiInternalError = components['responses']['GeminiInternalError'];
export type ResponseGeminiBadProvider = components['responses']['GeminiBadProvider'];
export type ResponseGeminiUnavailable = components['responses']['GeminiUnavailable'];
export type ResponseGeminiProviderTimeout = components['responses']['GeminiProviderTimeout'];
export type ResponseGenerateContentOk = components['responses']['GenerateContentOk'];
export type ResponseGeminiPaymentRequired = components['responses']['GeminiPaymentRequired'];
export type ResponseGeminiNotFound = components['responses']['GeminiNotFound'];
export type ResponseGeminiRequestTimeout = components['responses']['GeminiRequestTimeout'];
export type ResponseGeminiDuplicateRequest = components['responses']['GeminiDuplicateRequest'];
export type ResponseGeminiPayloadTooLarge = components['responses']['GeminiPayloadTooLarge'];
export type ResponseGeminiUnsupportedMediaType = components['responses']['GeminiUnsupportedMediaType'];
export type ResponseStreamGenerateContentOk = components['responses']['StreamGenerateContentOk'];
export type ResponseCountGeminiTokensOk = components['responses']['CountGeminiTokensOk'];
export type ResponseEmbedContentOk = components['responses']['EmbedContentOk'];
export type ResponseBatchEmbedContentsOk = components['responses']['BatchEmbedContentsOk'];
export type ResponseBadSubjectQuery = components['responses']['BadSubjectQuery'];
export type ParameterSubject = components['parameters']['Subject'];
export type ParameterSubjectBudget = components['parameters']['SubjectBudget'];
export type ParameterSubjectRate = components['parameters']['SubjectRate'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterAnthropicVersion = components['parameters']['AnthropicVersion'];
export type ParameterGeminiVersion = components['parameters']['GeminiVersion'];
export type ParameterGeminiModel = components['parameters']['GeminiModel'];
export type ParameterGeminiAlt = components['parameters']['GeminiAlt'];
export type ParameterSubjectName = components['parameters']['SubjectName'];
export type ParameterUsageWindow = components['parameters']['UsageWindow'];
export type RequestBodyChatCompletionBody = components['requestBodies']['ChatCompletionBody'];
export type RequestBodyCompletionBody = components['requestBodies']['CompletionBody'];
export type RequestBodyResponseBody = components['requestBodies']['ResponseBody'];
export type RequestBodyEmbeddingBody = components['requestBodies']['EmbeddingBody'];
export type RequestBodyMessageBody = components['requestBodies']['MessageBody'];
export type RequestBodyCountTokensBody = components['requestBodies']['CountTokensBody'];
export type RequestBodyGenerateContentBody = components['requestBodies']['GenerateContentBody'];
export type RequestBodyCountGeminiTokensBody = components['requestBodies']['CountGeminiTokensBody'];
export type RequestBodyEmbedContentBody = components['requestBodies']['EmbedContentBody'];
export type RequestBodyBatchEmbedContentsBody = components['requestBodies']['BatchEmbedContentsBody'];
export type HeaderCostMicro = components['headers']['CostMicro'];
export type HeaderCostCredits = components['headers']['CostCredits'];
export type HeaderShouldRetry = components['headers']['ShouldRetry'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderUpgrade = components['headers']['Upgrade'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ChatCompletionBody"];
        responses: {
            200: components["responses"]["ChatCompletionOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    createCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CompletionBody"];
        responses: {
            200: components["responses"]["CompletionOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    createResponse: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ResponseBody"];
        responses: {
            200: components["responses"]["ResponseOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    createEmbedding: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["EmbeddingBody"];
        responses: {
            200: components["responses"]["EmbeddingOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AnyModelsOk"];
            400: components["responses"]["AnyBadRequest"];
            401: components["responses"]["AnyUnauthorized"];
            405: components["responses"]["AnyMethodNotAllowed"];
            426: components["responses"]["AnyUpgradeRequired"];
            429: components["responses"]["AnyRateLimited"];
            500: components["responses"]["AnyInternalError"];
            502: components["responses"]["AnyBadProvider"];
            503: components["responses"]["AnyUnavailable"];
            504: components["responses"]["AnyProviderTimeout"];
        };
    };
    createMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["MessageBody"];
        responses: {
            200: components["responses"]["MessageOk"];
            400: components["responses"]["AnthropicBadRequest"];
            401: components["responses"]["AnthropicUnauthorized"];
            402: components["responses"]["AnthropicPaymentRequired"];
            404: components["responses"]["AnthropicNotFound"];
            405: components["responses"]["AnthropicMethodNotAllowed"];
            408: components["responses"]["AnthropicRequestTimeout"];
            409: components["responses"]["AnthropicDuplicateRequest"];
            413: components["responses"]["AnthropicPayloadTooLarge"];
            415: components["responses"]["AnthropicUnsupportedMediaType"];
            426: components["responses"]["AnthropicUpgradeRequired"];
            429: components["responses"]["AnthropicRateLimited"];
            500: components["responses"]["AnthropicInternalError"];
            502: components["responses"]["AnthropicBadProvider"];
            503: components["responses"]["AnthropicUnavailable"];
            504: components["responses"]["AnthropicProviderTimeout"];
        };
    };
    countMessageTokens: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CountTokensBody"];
        responses: {
            200: components["responses"]["TokenCountOk"];
            400: components["responses"]["AnthropicBadRequest"];
            401: components["responses"]["AnthropicUnauthorized"];
            404: components["responses"]["AnthropicNotFound"];
            405: components["responses"]["AnthropicMethodNotAllowed"];
            408: components["responses"]["AnthropicRequestTimeout"];
            413: components["responses"]["AnthropicPayloadTooLarge"];
            415: components["responses"]["AnthropicUnsupportedMediaType"];
            426: components["responses"]["AnthropicUpgradeRequired"];
            429: components["responses"]["AnthropicRateLimited"];
            500: components["responses"]["AnthropicInternalError"];
            502: components["responses"]["AnthropicBadProvider"];
            503: components["responses"]["AnthropicUnavailable"];
            504: components["responses"]["AnthropicProviderTimeout"];
        };
    };
    openaiCreateChatCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ChatCompletionBody"];
        responses: {
            200: components["responses"]["ChatCompletionOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    openaiCreateCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CompletionBody"];
        responses: {
            200: components["responses"]["CompletionOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    openaiCreateResponse: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ResponseBody"];
        responses: {
            200: components["responses"]["ResponseOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    openaiCreateEmbedding: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["EmbeddingBody"];
        responses: {
            200: components["responses"]["EmbeddingOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            402: components["responses"]["OpenAiPaymentRequired"];
            404: components["responses"]["OpenAiNotFound"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            408: components["responses"]["OpenAiRequestTimeout"];
            409: components["responses"]["OpenAiDuplicateRequest"];
            413: components["responses"]["OpenAiPayloadTooLarge"];
            415: components["responses"]["OpenAiUnsupportedMediaType"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    openaiListModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OpenAiModelsOk"];
            400: components["responses"]["OpenAiBadRequest"];
            401: components["responses"]["OpenAiUnauthorized"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            502: components["responses"]["OpenAiBadProvider"];
            503: components["responses"]["OpenAiUnavailable"];
            504: components["responses"]["OpenAiProviderTimeout"];
        };
    };
    anthropicCreateMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["MessageBody"];
        responses: {
            200: components["responses"]["MessageOk"];
            400: components["responses"]["AnthropicBadRequest"];
            401: components["responses"]["AnthropicUnauthorized"];
            402: components["responses"]["AnthropicPaymentRequired"];
            404: components["responses"]["AnthropicNotFound"];
            405: components["responses"]["AnthropicMethodNotAllowed"];
            408: components["responses"]["AnthropicRequestTimeout"];
            409: components["responses"]["AnthropicDuplicateRequest"];
            413: components["responses"]["AnthropicPayloadTooLarge"];
            415: components["responses"]["AnthropicUnsupportedMediaType"];
            426: components["responses"]["AnthropicUpgradeRequired"];
            429: components["responses"]["AnthropicRateLimited"];
            500: components["responses"]["AnthropicInternalError"];
            502: components["responses"]["AnthropicBadProvider"];
            503: components["responses"]["AnthropicUnavailable"];
            504: components["responses"]["AnthropicProviderTimeout"];
        };
    };
    anthropicCountMessageTokens: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CountTokensBody"];
        responses: {
            200: components["responses"]["TokenCountOk"];
            400: components["responses"]["AnthropicBadRequest"];
            401: components["responses"]["AnthropicUnauthorized"];
            404: components["responses"]["AnthropicNotFound"];
            405: components["responses"]["AnthropicMethodNotAllowed"];
            408: components["responses"]["AnthropicRequestTimeout"];
            413: components["responses"]["AnthropicPayloadTooLarge"];
            415: components["responses"]["AnthropicUnsupportedMediaType"];
            426: components["responses"]["AnthropicUpgradeRequired"];
            429: components["responses"]["AnthropicRateLimited"];
            500: components["responses"]["AnthropicInternalError"];
            502: components["responses"]["AnthropicBadProvider"];
            503: components["responses"]["AnthropicUnavailable"];
            504: components["responses"]["AnthropicProviderTimeout"];
        };
    };
    anthropicListModels: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of Anthropic's API; passed through. On `GET /v1/models` it asks for Anthropic's list.
                 * @example 2023-06-01
                 */
                "anthropic-version"?: components["parameters"]["AnthropicVersion"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AnthropicModelsOk"];
            400: components["responses"]["AnthropicBadRequest"];
            401: components["responses"]["AnthropicUnauthorized"];
            405: components["responses"]["AnthropicMethodNotAllowed"];
            426: components["responses"]["AnthropicUpgradeRequired"];
            429: components["responses"]["AnthropicRateLimited"];
            500: components["responses"]["AnthropicInternalError"];
            502: components["responses"]["AnthropicBadProvider"];
            503: components["responses"]["AnthropicUnavailable"];
            504: components["responses"]["AnthropicProviderTimeout"];
        };
    };
    googleListModels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["GeminiModelsOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    googleGenerateContent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
                /**
                 * @description Gemini model.
                 * @example gemini-2.5-flash
                 */
                model: components["parameters"]["GeminiModel"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["GenerateContentBody"];
        responses: {
            200: components["responses"]["GenerateContentOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            402: components["responses"]["GeminiPaymentRequired"];
            404: components["responses"]["GeminiNotFound"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            408: components["responses"]["GeminiRequestTimeout"];
            409: components["responses"]["GeminiDuplicateRequest"];
            413: components["responses"]["GeminiPayloadTooLarge"];
            415: components["responses"]["GeminiUnsupportedMediaType"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    googleStreamGenerateContent: {
        parameters: {
            query?: {
                /**
                 * @description `sse` streams server-sent events; without it the parts come as one JSON array.
                 * @example sse
                 */
                alt?: components["parameters"]["GeminiAlt"];
            };
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
                /**
                 * @description Gemini model.
                 * @example gemini-2.5-flash
                 */
                model: components["parameters"]["GeminiModel"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["GenerateContentBody"];
        responses: {
            200: components["responses"]["StreamGenerateContentOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            402: components["responses"]["GeminiPaymentRequired"];
            404: components["responses"]["GeminiNotFound"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            408: components["responses"]["GeminiRequestTimeout"];
            409: components["responses"]["GeminiDuplicateRequest"];
            413: components["responses"]["GeminiPayloadTooLarge"];
            415: components["responses"]["GeminiUnsupportedMediaType"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    googleCountTokens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
                /**
                 * @description Gemini model.
                 * @example gemini-2.5-flash
                 */
                model: components["parameters"]["GeminiModel"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CountGeminiTokensBody"];
        responses: {
            200: components["responses"]["CountGeminiTokensOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            404: components["responses"]["GeminiNotFound"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            408: components["responses"]["GeminiRequestTimeout"];
            413: components["responses"]["GeminiPayloadTooLarge"];
            415: components["responses"]["GeminiUnsupportedMediaType"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    googleEmbedContent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
                /**
                 * @description Gemini model.
                 * @example gemini-2.5-flash
                 */
                model: components["parameters"]["GeminiModel"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["EmbedContentBody"];
        responses: {
            200: components["responses"]["EmbedContentOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            402: components["responses"]["GeminiPaymentRequired"];
            404: components["responses"]["GeminiNotFound"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            408: components["responses"]["GeminiRequestTimeout"];
            409: components["responses"]["GeminiDuplicateRequest"];
            413: components["responses"]["GeminiPayloadTooLarge"];
            415: components["responses"]["GeminiUnsupportedMediaType"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    googleBatchEmbedContents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The end user that the call is made for. Trimmed, cut at 256 characters; an empty one counts as none. Wins over
                 *     `user` in the body.
                 * @example customer-4711
                 */
                "X-Rigbox-Subject"?: components["parameters"]["Subject"];
                /**
                 * @description What the end user may spend in a window: `<amount>;period=<window>`. The amount is in credits, or in requests when
                 *     it ends in `req`; the window is seconds, or like `30s`, `15m`, `5h`, `7d`. Above it the answer is 402. Sent at most
                 *     once; ignored without a subject.
                 * @example 5;period=7d
                 */
                "X-Rigbox-Subject-Budget"?: components["parameters"]["SubjectBudget"];
                /**
                 * @description How fast the end user may spend: `<amount>;window=<window>`, written like the budget. Above it the answer is 429.
                 *     May be sent several times; ignored without a subject.
                 * @example 100req;window=1h
                 */
                "X-Rigbox-Subject-Rate"?: components["parameters"]["SubjectRate"];
                /**
                 * @description Makes sure that a repeated request is not paid twice: within a workspace a key is good for one call, a second one is
                 *     answered 409 and not forwarded.
                 * @example 0f8fad5b-d9cb-469f-a165-70867728950e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Version of the Gemini API.
                 * @example v1beta
                 */
                version: components["parameters"]["GeminiVersion"];
                /**
                 * @description Gemini model.
                 * @example gemini-2.5-flash
                 */
                model: components["parameters"]["GeminiModel"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["BatchEmbedContentsBody"];
        responses: {
            200: components["responses"]["BatchEmbedContentsOk"];
            400: components["responses"]["GeminiBadRequest"];
            401: components["responses"]["GeminiUnauthorized"];
            402: components["responses"]["GeminiPaymentRequired"];
            404: components["responses"]["GeminiNotFound"];
            405: components["responses"]["GeminiMethodNotAllowed"];
            408: components["responses"]["GeminiRequestTimeout"];
            409: components["responses"]["GeminiDuplicateRequest"];
            413: components["responses"]["GeminiPayloadTooLarge"];
            415: components["responses"]["GeminiUnsupportedMediaType"];
            426: components["responses"]["GeminiUpgradeRequired"];
            429: components["responses"]["GeminiRateLimited"];
            500: components["responses"]["GeminiInternalError"];
            502: components["responses"]["GeminiBadProvider"];
            503: components["responses"]["GeminiUnavailable"];
            504: components["responses"]["GeminiProviderTimeout"];
        };
    };
    getSubjectUsage: {
        parameters: {
            query: {
                /**
                 * @description The end user to look up.
                 * @example customer-4711
                 */
                subject: components["parameters"]["SubjectName"];
                /**
                 * @description How far back from now to look, in seconds, or like `30s`, `15m`, `5h`, `7d`.
                 * @example 7d
                 */
                window?: components["parameters"]["UsageWindow"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The usage. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectUsage"];
                };
            };
            400: components["responses"]["BadSubjectQuery"];
            401: components["responses"]["OpenAiUnauthorized"];
            405: components["responses"]["OpenAiMethodNotAllowed"];
            426: components["responses"]["OpenAiUpgradeRequired"];
            429: components["responses"]["OpenAiRateLimited"];
            500: components["responses"]["OpenAiInternalError"];
            503: components["responses"]["OpenAiUnavailable"];
        };
    };
}

// Made by `npm run generate` from spec/: do not edit.
export interface paths {
    "/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description All workspaces of the account that the API key belongs to.
         */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Create a workspace
         * @description Makes a workspace that inherits the account's AI defaults. Above a limit of the plan the answer is 402,
         *     the limit is named and nothing is made.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workspace
         * @description One workspace, and why it failed if it did.
         */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        /**
         * Delete a workspace
         * @description Deletes the workspace, its stored provider key and its workspace keys. Its usage stays on the account's
         *     record.
         */
        delete: operations["deleteWorkspace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{id}/ai-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the AI configuration
         * @description Mode, provider and model in effect for the workspace, and whether calls can be made with them.
         */
        get: operations["getAiConfig"];
        /**
         * Change the AI configuration
         * @description Sets the fields that are sent, clears those that are `null`, leaves the others. The next AI call already
         *     uses the result; nothing has to be restarted.
         *
         *     A stored key is sealed, belongs to this workspace and to the provider it was stored for, and is never
         *     sent to another. There is one slot: a new key replaces the old one.
         */
        put: operations["updateAiConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{id}/mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the AI mode
         * @description The mode in effect for the workspace, and whether it is its own or inherited.
         */
        get: operations["getWorkspaceMode"];
        /**
         * Change the AI mode
         * @description Sets or clears the mode alone. It is the same stored value as `mode` in ai-config, with the same
         *     consequences.
         */
        put: operations["updateWorkspaceMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{id}/ai-usage/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workspace's usage over time
         * @description Credits, tokens and requests of one workspace in equal steps of time.
         */
        get: operations["getWorkspaceUsageMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{id}/ai-usage/metrics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workspace's usage in sum
         * @description What one workspace used within the range.
         */
        get: operations["getWorkspaceUsageSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the credit balance
         * @description What the account can still spend on AI this month. Open holds of calls in progress are already taken
         *     off.
         */
        get: operations["getCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/ai-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read usage by day and workspace
         * @description Settled AI calls of the last 30 days (UTC), once by day and once by workspace.
         */
        get: operations["getAiUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/ai-usage/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account's usage over time
         * @description Credits, tokens and requests of the whole account in equal steps of time.
         */
        get: operations["getAccountUsageMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/ai-usage/metrics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account's usage in sum
         * @description What the whole account used within the range.
         */
        get: operations["getAccountUsageSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/ai-defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the AI defaults
         * @description Mode, provider and model that workspaces without a setting of their own use.
         */
        get: operations["getAiDefaults"];
        /**
         * Change the AI defaults
         * @description Sets the fields that are sent, returns those that are `null` to the platform's default, leaves the
         *     others. The fields of ai-config (`mode`, `provider`, `api_key`, `model`) are unknown here.
         */
        put: operations["updateAiDefaults"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/ai-mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the default AI mode
         * @description Sets the account's default mode alone and answers with the balance. Workspaces with a mode of their own
         *     keep it.
         */
        put: operations["updateAiMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the plan limits
         * @description What the account may use, and what it uses now.
         */
        get: operations["getLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description The keys of the account and of its workspaces, by preview only.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Makes a key of the account, or of one workspace if `workspace_id` is sent. The key is shown in this
         *     answer only. An unknown or foreign workspace is 404.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description Ends the key at once, for the control plane and the AI proxy alike.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/capacity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the platform's capacity
         * @description Whether there is room for new workspaces. Needs no credential.
         */
        get: operations["getCapacity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspace templates
         * @description What workspaces can be made from. Needs no credential.
         */
        get: operations["listTemplates"];
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
        /**
         * @description Where the workspace is in its life.
         * @enum {string}
         */
        VmStatus: "provisioned" | "provisioning" | "starting" | "running" | "stopping" | "stopped" | "deleting" | "failed";
        /** @description A workspace. */
        Vm: {
            /** @description Opaque id, e.g. `ws-a1b2c3d4`. */
            id: string;
            /** @description The account that owns it. */
            user_id: string;
            /** @description The host it runs on. */
            node_id: string;
            /** @description Name its owner gave it. */
            name: string;
            status: components["schemas"]["VmStatus"];
            /** @description Disk image it was made from. */
            image: string;
            /**
             * Format: int32
             * @description Memory in MB.
             */
            ram_mb: number;
            /**
             * Format: int32
             * @description Virtual CPUs.
             */
            vcpu_count: number;
            /**
             * Format: int32
             * @description Disk in MB.
             */
            disk_size_mb: number;
            /**
             * @description The workspace's own AI mode; `null` while it inherits the account's.
             * @enum {string|null}
             */
            ai_mode?: "managed" | "byok" | null;
            /** @description Template it was made from. */
            template_id?: string | null;
            /** @description Address on the compute network. */
            ip_address?: string | null;
            /** @description Environment variables of the workspace. */
            env_vars?: {
                [key: string]: string;
            } | null;
            /** @description Service specifications applied to it. */
            service_spec_ids?: string[] | null;
            /** @description Set-up scripts that ran in it. */
            setup_script_ids?: string[] | null;
            /**
             * Format: int32
             * @description How often its creation was tried.
             */
            creation_attempts?: number;
            /**
             * Format: date-time
             * @description When the last attempt began, in UTC.
             */
            creation_started_at?: string | null;
            /** @description Why it failed, for programs. */
            failure_code?: string | null;
            /** @description Why it failed, for people. */
            failure_reason?: string | null;
            /**
             * Format: date-time
             * @description When it was made, in UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, in UTC.
             */
            updated_at: string;
        };
        /** @description The account's workspaces. */
        ListWorkspacesResponse: {
            /** @description The workspaces; those of other accounts are never among them. */
            vms: components["schemas"]["Vm"][];
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
        /** @description Ids of things to install when the workspace is made. */
        OptionalIds: string[] | null;
        /** @description What to make. Only the name is needed; sizes left out, `null` or 0 come from the template. */
        CreateWorkspaceRequest: {
            /** @description Name for people; it need not be unique. */
            name: string;
            /** @description Id of a template from `GET /templates`. */
            template_id?: string | null;
            /** @description Disk image, instead of the template's. */
            image?: string | null;
            /**
             * Format: int32
             * @description Memory in MB.
             */
            ram_mb?: number | null;
            /**
             * Format: int32
             * @description Virtual CPUs.
             */
            vcpu_count?: number | null;
            /**
             * Format: int32
             * @description Disk in MB.
             */
            disk_size_mb?: number | null;
            catalog_ids?: components["schemas"]["OptionalIds"];
            service_spec_ids?: components["schemas"]["OptionalIds"];
            setup_script_ids?: components["schemas"]["OptionalIds"];
        };
        /** @description Why a workspace is not running. */
        WorkspaceFailure: {
            /** @description The reason, for programs. */
            code: string;
            /** @description The reason, for people. */
            message: string;
            /** @description Whether trying again can help. */
            retryable: boolean;
            /**
             * Format: date-time
             * @description When it failed, in UTC.
             */
            occurred_at: string;
            /**
             * Format: int32
             * @description How often it was tried.
             */
            attempts: number;
        };
        /** @description The new workspace. */
        CreateWorkspaceResponse: {
            vm: components["schemas"]["Vm"];
            /** @description Set if its creation failed at once. */
            failure?: components["schemas"]["WorkspaceFailure"] | null;
            /**
             * @description Key that code in the workspace sends to the AI proxy. Shown here once and never again; a platform that
             *     knows workspaces by their source address may leave it out.
             */
            workspace_key?: string;
        };
        /** @description One workspace. */
        GetWorkspaceResponse: {
            vm: components["schemas"]["Vm"];
            /** @description Set while the workspace is failed. */
            failure?: components["schemas"]["WorkspaceFailure"] | null;
        };
        /** @description Confirms something that leaves nothing else to say. */
        MessageResponse: {
            /** @description One readable sentence. */
            message: string;
        };
        /**
         * @description Who pays the provider: `managed` uses the platform's key and the account's credits, `byok` (bring your own key)
         *     uses the key stored for the workspace and no credits.
         * @enum {string}
         */
        AiMode: "managed" | "byok";
        /**
         * @description The company whose API answers the calls.
         * @enum {string}
         */
        AiProvider: "google" | "openai" | "anthropic";
        /**
         * @description Whether AI calls can be made: `managed_active` in managed mode; `byok_active` in byok mode with a key stored for
         *     the provider in effect; `invalid_missing_key` in byok mode without one.
         * @enum {string}
         */
        WorkspaceAiConfigStatus: "managed_active" | "byok_active" | "invalid_missing_key";
        /**
         * @description The values in effect: the workspace's own, else the account's default, else the platform's. The stored key is
         *     never part of it.
         */
        WorkspaceAiConfigResponse: {
            mode: components["schemas"]["AiMode"];
            provider: components["schemas"]["AiProvider"];
            /** @description Model that is used where a call does not name one. */
            model: string;
            status: components["schemas"]["WorkspaceAiConfigStatus"];
            /**
             * Format: date-time
             * @description When this workspace's AI configuration last changed, in UTC.
             */
            updated_at: string;
        };
        /** @description Fields left out keep their value, `null` clears, `{}` changes nothing. */
        UpdateWorkspaceAiConfigRequest: {
            /**
             * @description New mode; `null` inherits the account's. Switching to `managed` erases the stored key.
             * @enum {string|null}
             */
            mode?: "managed" | "byok" | null;
            /**
             * @description New provider; `null` inherits the account's.
             * @enum {string|null}
             */
            provider?: "google" | "openai" | "anthropic" | null;
            /**
             * @description The provider's key to store for the provider in effect: visible ASCII, because that is what a header can carry; it replaces whichever key was stored, `null` empties
             *     the slot. Refused while the resulting mode is `managed`. No answer of any endpoint ever contains it.
             */
            api_key?: string | null;
            /** @description New model; `null` inherits the account's. */
            model?: string | null;
        };
        /**
         * @description Where the mode comes from, the workspace's own setting or the account's default.
         * @enum {string}
         */
        WorkspaceAiModeSource: "workspace" | "user_default";
        /** @description The mode in effect and where it comes from. */
        WorkspaceAiModeResponse: {
            mode: components["schemas"]["AiMode"];
            source: components["schemas"]["WorkspaceAiModeSource"];
        };
        /** @description The same stored value as `mode` in ai-config. `{}` changes nothing. */
        UpdateWorkspaceAiModeRequest: {
            /**
             * @description New mode; `null` inherits the account's. Switching to `managed` erases the stored key.
             * @enum {string|null}
             */
            mode?: "managed" | "byok" | null;
        };
        /**
         * @description How far back from now the numbers reach.
         * @enum {string}
         */
        AiUsageMetricsRange: "1h" | "6h" | "24h" | "7d";
        /** @description The sum over one step of time. */
        MetricPoint: {
            /**
             * Format: int64
             * @description Start of the step, in Unix seconds.
             */
            t: number;
            /**
             * Format: double
             * @description The sum; 0 for a step without usage.
             */
            v: number;
        };
        /** @description Four series over the same steps, oldest first, without gaps. */
        AiUsageMetricsSeries: {
            /** @description Credits spent. */
            credits: components["schemas"]["MetricPoint"][];
            /** @description AI calls whose outcome is settled. */
            requests: components["schemas"]["MetricPoint"][];
            /** @description Input tokens. */
            input_tokens: components["schemas"]["MetricPoint"][];
            /** @description Output tokens. */
            output_tokens: components["schemas"]["MetricPoint"][];
        };
        /** @description Usage over time. */
        AiUsageMetricsResponse: {
            range: components["schemas"]["AiUsageMetricsRange"];
            /**
             * Format: int64
             * @description Distance between two points, in seconds.
             */
            step_seconds: number;
            series: components["schemas"]["AiUsageMetricsSeries"];
            /** @description The workspace that the numbers belong to; `null` or absent for the whole account. */
            workspace_id?: string | null;
        };
        /**
         * Format: double
         * @description Credits spent, for display.
         */
        SpentCredits: number;
        /**
         * Format: int64
         * @description Microcredits spent.
         */
        SpentMicrocredits: number;
        /**
         * Format: int64
         * @description AI calls whose outcome is settled.
         */
        RequestCount: number;
        /**
         * Format: int64
         * @description Input tokens, cache reads and cache writes included.
         */
        InputTokens: number;
        /**
         * Format: int64
         * @description Output tokens, reasoning and thoughts included.
         */
        OutputTokens: number;
        /** @description The sums over the range. */
        AiUsageMetricsSummaryResponse: {
            range: components["schemas"]["AiUsageMetricsRange"];
            total_credits: components["schemas"]["SpentCredits"];
            total_credits_micro: components["schemas"]["SpentMicrocredits"];
            total_requests: components["schemas"]["RequestCount"];
            input_tokens: components["schemas"]["InputTokens"];
            output_tokens: components["schemas"]["OutputTokens"];
            /** @description The workspace that the numbers belong to; `null` or absent for the whole account. */
            workspace_id?: string | null;
        };
        /** @description The account's AI balance in the current calendar month (UTC). */
        AiCredits: {
            mode: components["schemas"]["AiMode"];
            /**
             * Format: double
             * @description Credits that can be spent now, for display.
             */
            remaining: number;
            /**
             * Format: double
             * @description Credits granted in this period, for display.
             */
            total: number;
            /**
             * Format: int64
             * @description Microcredits that can be spent now: charges and open holds are already taken off. Below zero when a call cost
             *     more than was left.
             */
            remaining_micro: number;
            /**
             * Format: int64
             * @description Microcredits granted in this period.
             */
            total_micro: number;
        };
        /** @description One day with usage. */
        AiUsageDaily: {
            /**
             * Format: date
             * @description The day in UTC, `YYYY-MM-DD`.
             */
            day: string;
            requests: components["schemas"]["RequestCount"];
            input_tokens: components["schemas"]["InputTokens"];
            output_tokens: components["schemas"]["OutputTokens"];
            credits: components["schemas"]["SpentCredits"];
            credits_micro: components["schemas"]["SpentMicrocredits"];
        };
        /** @description One workspace's usage within the window. A deleted workspace keeps its row. */
        AiUsageWorkspaceTotal: {
            /** @description Id of the workspace. */
            workspace_id: string;
            /** @description Name of the workspace, its last one if it is deleted. */
            workspace_name: string;
            requests: components["schemas"]["RequestCount"];
            input_tokens: components["schemas"]["InputTokens"];
            output_tokens: components["schemas"]["OutputTokens"];
            credits: components["schemas"]["SpentCredits"];
            credits_micro: components["schemas"]["SpentMicrocredits"];
        };
        /** @description The same usage twice, by day and by workspace; the two sums agree exactly. */
        GetAiUsageResponse: {
            /**
             * Format: int32
             * @description Length of the window in days, today included.
             */
            window_days: number;
            /** @description Days with usage, oldest first. Days without any are left out. */
            daily: components["schemas"]["AiUsageDaily"][];
            /** @description Workspaces with usage. */
            by_workspace: components["schemas"]["AiUsageWorkspaceTotal"][];
        };
        /** @description What workspaces without a setting of their own use. */
        GetAiDefaultsResponse: {
            default_mode: components["schemas"]["AiMode"];
            default_provider: components["schemas"]["AiProvider"];
            /** @description Model for workspaces that do not set one. */
            default_model: string;
        };
        /** @description Fields left out keep their value, `null` returns to the platform's default, `{}` changes nothing. */
        UpdateAiDefaultsRequest: {
            /**
             * @description Mode for workspaces that do not set one.
             * @enum {string|null}
             */
            default_mode?: "managed" | "byok" | null;
            /**
             * @description Provider for workspaces that do not set one.
             * @enum {string|null}
             */
            default_provider?: "google" | "openai" | "anthropic" | null;
            /** @description Model for workspaces that do not set one; it applies with the provider it was set for. */
            default_model?: string | null;
        };
        /** @description The account's default mode. */
        UpdateAiModeRequest: {
            mode: components["schemas"]["AiMode"];
        };
        /** @description What the account may use. */
        EffectiveLimits: {
            /**
             * Format: int32
             * @description Workspaces at the same time.
             */
            max_vms: number;
            /**
             * Format: int32
             * @description Memory of one workspace, in MB.
             */
            max_ram_per_vm_mb: number;
            /**
             * Format: int32
             * @description Memory of all workspaces together, in MB.
             */
            max_ram_total_mb: number;
            /**
             * Format: int32
             * @description Disk of all workspaces together, in MB.
             */
            max_disk_total_mb: number;
            /**
             * Format: int32
             * @description Virtual CPUs of one workspace.
             */
            max_vcpu_per_vm: number;
            /**
             * Format: int32
             * @description Virtual CPUs of all running workspaces together.
             */
            max_running_vcpus: number;
        };
        /** @description What the account uses now. */
        LimitsUsage: {
            /**
             * Format: int32
             * @description Workspaces that exist.
             */
            workspace_count: number;
            /**
             * Format: int32
             * @description Virtual CPUs of running workspaces.
             */
            running_vcpus: number;
            /**
             * Format: int32
             * @description Disk of all workspaces, in MB.
             */
            total_disk_mb: number;
            /**
             * Format: int32
             * @description Memory of all workspaces, in MB.
             */
            total_ram_mb: number;
        };
        /** @description The account's plan, what it allows and what is in use. */
        GetUserLimitsResponse: {
            /** @description Name of the plan, e.g. `free` or `pro`. */
            plan: string;
            /** @description Whether the limits were agreed for this account and differ from the plan's. */
            custom: boolean;
            limits: components["schemas"]["EffectiveLimits"];
            usage: components["schemas"]["LimitsUsage"];
        };
        /** @description A key as it may be shown again, by preview only. */
        ApiKey: {
            /**
             * Format: uuid
             * @description Id of the key.
             */
            id: string;
            /** @description What the key is for, in its owner's words. */
            name: string;
            /** @description Enough of the key to recognise it, too little to use it. */
            key_preview: string;
            /** @description Whether the key identifies a workspace to the AI proxy, instead of the account to the control plane. */
            is_workspace_key: boolean;
            /** @description The workspace of a workspace key. */
            workspace_id?: string;
            /**
             * Format: date-time
             * @description When the key was made, in UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the key was last used, in UTC; absent if never.
             */
            last_used_at?: string;
        };
        /** @description The account's keys, its workspaces' keys included. */
        ListApiKeysResponse: {
            /** @description The keys, without their secret part. */
            api_keys: components["schemas"]["ApiKey"][];
        };
        /** @description What the new key is for. */
        CreateApiKeyRequest: {
            /** @description A name to recognise the key by. Without one the platform chooses. */
            name?: string;
            /** @description Makes a key of that workspace, for the AI proxy, instead of one of the account. */
            workspace_id?: string;
        };
        /** @description The new key, in full for the only time. */
        CreateApiKeyResponse: {
            /**
             * Format: uuid
             * @description Id of the key.
             */
            id: string;
            /** @description The key itself. It cannot be read again. */
            key: string;
            /** @description The key's name. */
            name?: string;
            /** @description Whether the key belongs to a workspace. */
            is_workspace_key?: boolean;
            /** @description The workspace of a workspace key. */
            workspace_id?: string;
            /**
             * Format: date-time
             * @description When the key was made, in UTC.
             */
            created_at?: string;
        };
        /** @description Whether new workspaces can be made at the moment. */
        CapacityResponse: {
            /** @description Whether there is room for one more workspace. */
            available: boolean;
            /** @description Workspaces that the platform has room for. */
            total: number;
            /** @description Workspaces that exist. */
            used: number;
        };
        /** @description A log to show. */
        TemplateLogSourcePreset: {
            /** @description Kind of source, e.g. `journal` or `file`. */
            source_type: string;
            /** @description Unit or path, by kind. */
            source_ref: string;
            /** @description Name for people. */
            display_name?: string | null;
            /** @description Whether it is shown first. */
            is_primary?: boolean;
        };
        /**
         * @description How the parameter is entered.
         * @enum {string}
         */
        ParamType: "string" | "secret" | "email" | "url" | "number" | "boolean" | "select" | "textarea";
        /** @description A choice. */
        ParamOption: {
            /** @description The choice for programs. */
            value: string;
            /** @description The choice for people. */
            label: string;
        };
        /** @description A parameter of an app. */
        ParamSpec: {
            /** @description Name for programs. */
            key: string;
            /** @description Name for people. */
            label: string;
            param_type: components["schemas"]["ParamType"];
            /** @description What it does. */
            description?: string;
            /** @description Value unless set. */
            default?: string;
            /** @description Whether it must be set. */
            required?: boolean;
            /** @description Whether it is to be hidden on screens. */
            sensitive?: boolean;
            /**
             * Format: int32
             * @description Place in the form.
             */
            order?: number;
            /** @description Heading that it stands under. */
            group?: string | null;
            /** @description Where to read more. */
            help_url?: string | null;
            /** @description Regular expression that values match. */
            validation_pattern?: string | null;
            /** @description Choices of a `select`. */
            options?: components["schemas"]["ParamOption"][];
        };
        /** @description A piece of code that calls an app. */
        UsageExample: {
            /** @description Language that it is written in. */
            language: string;
            /** @description Heading. */
            label: string;
            /** @description The code. */
            code: string;
            /** @description What it shows. */
            description?: string;
        };
        /** @description An app that a template starts. */
        TemplateExpectedApp: {
            /** @description Name of the app. */
            name: string;
            /**
             * Format: int32
             * @description Port that it listens on.
             */
            port: number;
            /** @description Protocol that it speaks, e.g. `http`. */
            protocol: string;
            /** @description Whether the platform keeps it running. */
            managed: boolean;
            /** @description Tags that the platform gives it. */
            system_tags: string[];
            /** @description Apps that must run before it. */
            depends_on?: string[];
            /** @description What its user can set. */
            configurable_params?: components["schemas"]["ParamSpec"][];
            /** @description How to call it. */
            usage_examples?: components["schemas"]["UsageExample"][];
        };
        /** @description A service whose environment file the platform rewrites. */
        ServicePatchSpec: {
            /** @description Name of the service unit. */
            unit_name: string;
            /** @description File to rewrite. */
            env_file_path: string;
            /** @description Variables to remove, by pattern. */
            remove_env_patterns?: string[];
        };
        /** @description A service within a workspace. */
        WorkspaceServiceSpec: {
            /** @description Name of the service. */
            name: string;
            /** @description What sort of service it is. */
            kind: string;
            /** @description Name of the service unit. */
            unit_name: string;
            /** @description Command that succeeds while it is healthy. */
            health_cmd: string;
            /** @description Whether it can be reached from outside. */
            exposed: boolean;
            /**
             * Format: int32
             * @description Port that it listens on.
             */
            port?: number | null;
            /** @description Its logs. */
            log_sources?: components["schemas"]["TemplateLogSourcePreset"][];
        };
        /** @description A starting point for workspaces. */
        WorkspaceTemplate: {
            /** @description Id to send as `template_id`. */
            id: string;
            /** @description Name for people. */
            name: string;
            /** @description What it is good for. */
            description: string;
            /** @description Name of its icon. */
            icon: string;
            /** @description Disk image. */
            image: string;
            /**
             * Format: int32
             * @description Memory in MB.
             */
            ram_mb: number;
            /**
             * Format: int32
             * @description Virtual CPUs.
             */
            vcpu_count: number;
            /**
             * Format: int32
             * @description Disk in MB.
             */
            disk_size_mb: number;
            /** @description Group it is listed under. */
            category: string;
            /** @description Listed, but not to be had yet. */
            coming_soon?: boolean;
            /** @description Whether tools can be installed into it. */
            has_tools?: boolean;
            /** @description Whether it works with its own image only. */
            image_bound?: boolean;
            /** @description Whether the platform writes the AI configuration into it. */
            managed_ai_config?: boolean;
            /** @description Logs that are shown from the start. */
            default_log_sources: components["schemas"]["TemplateLogSourcePreset"][];
            /** @description Environment files that are copied into it. */
            env_file_copies?: string[];
            /** @description Programs that must be found in it once it is set up. */
            verify_binaries?: string[];
            /** @description Apps that it starts. */
            expected_apps?: components["schemas"]["TemplateExpectedApp"][];
            /** @description Services whose environment the platform rewrites. */
            service_patches?: components["schemas"]["ServicePatchSpec"][];
            /** @description Services that run in it. */
            workspace_services?: components["schemas"]["WorkspaceServiceSpec"][];
        };
        /** @description What workspaces can be made from. */
        TemplatesResponse: {
            /** @description The templates. */
            templates: components["schemas"]["WorkspaceTemplate"][];
        };
    };
    responses: {
        /** @description A query parameter is unknown or out of range. */
        BadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description There is no credential, or it is not valid here. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
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
        /** @description The body is not JSON, or breaks its schema. */
        BadWorkspace: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The plan does not allow it; the limit is named. */
        PlanLimitExceeded: {
            headers: {
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
        /** @description There is no such resource within this account. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not JSON, breaks its schema, or stores a key that managed mode would never use. */
        BadAiConfig: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not JSON, or breaks its schema. */
        BadMode: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description A query parameter is unknown, or the range is none of the four. */
        BadRange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not JSON, or breaks its schema. */
        BadAiDefaults: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not JSON, or breaks its schema. */
        BadApiKey: {
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
         * @description Id of the workspace. An id of another account answers like one that does not exist.
         * @example ws-a1b2c3d4
         */
        WorkspaceId: string;
        /**
         * @description How far back from now to look.
         * @example 24h
         */
        MetricsRange: "1h" | "6h" | "24h" | "7d";
        /**
         * @description Id of the key. An id of another account answers like one that does not exist.
         * @example 4f6c1d2e-8b3a-4c5d-9e7f-0a1b2c3d4e5f
         */
        ApiKeyId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The scheme to authenticate with.
         * @example Bearer
         */
        WwwAuthenticate: string;
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
export type VmStatus = components['schemas']['VmStatus'];
export type Vm = components['schemas']['Vm'];
export type ListWorkspacesResponse = components['schemas']['ListWorkspacesResponse'];
export type ValidationDetail = components['schemas']['ValidationDetail'];
export type PlanLimitDetail = components['schemas']['PlanLimitDetail'];
export type ApiErrorDetail = components['schemas']['ApiErrorDetail'];
export type ApiErrorBody = components['schemas']['ApiErrorBody'];
export type OptionalIds = components['schemas']['OptionalIds'];
export type CreateWorkspaceRequest = components['schemas']['CreateWorkspaceRequest'];
export type WorkspaceFailure = components['schemas']['WorkspaceFailure'];
export type CreateWorkspaceResponse = components['schemas']['CreateWorkspaceResponse'];
export type GetWorkspaceResponse = components['schemas']['GetWorkspaceResponse'];
export type MessageResponse = components['schemas']['MessageResponse'];
export type AiMode = components['schemas']['AiMode'];
export type AiProvider = components['schemas']['AiProvider'];
export type WorkspaceAiConfigStatus = components['schemas']['WorkspaceAiConfigStatus'];
export type WorkspaceAiConfigResponse = components['schemas']['WorkspaceAiConfigResponse'];
export type UpdateWorkspaceAiConfigRequest = components['schemas']['UpdateWorkspaceAiConfigRequest'];
export type WorkspaceAiModeSource = components['schemas']['WorkspaceAiModeSource'];
export type WorkspaceAiModeResponse = components['schemas']['WorkspaceAiModeResponse'];
export type UpdateWorkspaceAiModeRequest = components['schemas']['UpdateWorkspaceAiModeRequest'];
export type AiUsageMetricsRange = components['schemas']['AiUsageMetricsRange'];
export type MetricPoint = components['schemas']['MetricPoint'];
export type AiUsageMetricsSeries = components['schemas']['AiUsageMetricsSeries'];
export type AiUsageMetricsResponse = components['schemas']['AiUsageMetricsResponse'];
export type SpentCredits = components['schemas']['SpentCredits'];
export type SpentMicrocredits = components['schemas']['SpentMicrocredits'];
export type RequestCount = components['schemas']['RequestCount'];
export type InputTokens = components['schemas']['InputTokens'];
export type OutputTokens = components['schemas']['OutputTokens'];
export type AiUsageMetricsSummaryResponse = components['schemas']['AiUsageMetricsSummaryResponse'];
export type AiCredits = components['schemas']['AiCredits'];
export type AiUsageDaily = components['schemas']['AiUsageDaily'];
export type AiUsageWorkspaceTotal = components['schemas']['AiUsageWorkspaceTotal'];
export type GetAiUsageResponse = components['schemas']['GetAiUsageResponse'];
export type GetAiDefaultsResponse = components['schemas']['GetAiDefaultsResponse'];
export type UpdateAiDefaultsRequest = components['schemas']['UpdateAiDefaultsRequest'];
export type UpdateAiModeRequest = components['schemas']['UpdateAiModeRequest'];
export type EffectiveLimits = components['schemas']['EffectiveLimits'];
export type LimitsUsage = components['schemas']['LimitsUsage'];
export type GetUserLimitsResponse = components['schemas']['GetUserLimitsResponse'];
export type ApiKey = components['schemas']['ApiKey'];
export type ListApiKeysResponse = components['schemas']['ListApiKeysResponse'];
export type CreateApiKeyRequest = components['schemas']['CreateApiKeyRequest'];
export type CreateApiKeyResponse = components['schemas']['CreateApiKeyResponse'];
export type CapacityResponse = components['schemas']['CapacityResponse'];
export type TemplateLogSourcePreset = components['schemas']['TemplateLogSourcePreset'];
export type ParamType = components['schemas']['ParamType'];
export type ParamOption = components['schemas']['ParamOption'];
export type ParamSpec = components['schemas']['ParamSpec'];
export type UsageExample = components['schemas']['UsageExample'];
export type TemplateExpectedApp = components['schemas']['TemplateExpectedApp'];
export type ServicePatchSpec = components['schemas']['ServicePatchSpec'];
export type WorkspaceServiceSpec = components['schemas']['WorkspaceServiceSpec'];
export type WorkspaceTemplate = components['schemas']['WorkspaceTemplate'];
export type TemplatesResponse = components['schemas']['TemplatesResponse'];
export type ResponseBadQuery = components['responses']['BadQuery'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseMethodNotAllowed = components['responses']['MethodNotAllowed'];
export type ResponseRateLimited = components['responses']['RateLimited'];
export type ResponseInternalError = components['responses']['InternalError'];
export type ResponseBadWorkspace = components['responses']['BadWorkspace'];
export type ResponsePlanLimitExceeded = components['responses']['PlanLimitExceeded'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseBadAiConfig = components['responses']['BadAiConfig'];
export type ResponseBadMode = components['responses']['BadMode'];
export type ResponseBadRange = components['responses']['BadRange'];
export type ResponseBadAiDefaults = components['responses']['BadAiDefaults'];
export type ResponseBadApiKey = components['responses']['BadApiKey'];
export type ParameterWorkspaceId = components['parameters']['WorkspaceId'];
export type ParameterMetricsRange = components['parameters']['MetricsRange'];
export type ParameterApiKeyId = components['parameters']['ApiKeyId'];
export type HeaderWwwAuthenticate = components['headers']['WwwAuthenticate'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type $defs = Record<string, never>;
export interface operations {
    listWorkspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspaces. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkspacesResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspaceRequest"];
            };
        };
        responses: {
            /** @description The workspace, and the key that identifies it to the AI proxy. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateWorkspaceResponse"];
                };
            };
            400: components["responses"]["BadWorkspace"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PlanLimitExceeded"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetWorkspaceResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getAiConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAiConfigResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateAiConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspaceAiConfigRequest"];
            };
        };
        responses: {
            /** @description The values now in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAiConfigResponse"];
                };
            };
            400: components["responses"]["BadAiConfig"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getWorkspaceMode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mode in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAiModeResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateWorkspaceMode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspaceAiModeRequest"];
            };
        };
        responses: {
            /** @description The mode now in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAiModeResponse"];
                };
            };
            400: components["responses"]["BadMode"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getWorkspaceUsageMetrics: {
        parameters: {
            query?: {
                /**
                 * @description How far back from now to look.
                 * @example 24h
                 */
                range?: components["parameters"]["MetricsRange"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The series. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiUsageMetricsResponse"];
                };
            };
            400: components["responses"]["BadRange"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getWorkspaceUsageSummary: {
        parameters: {
            query?: {
                /**
                 * @description How far back from now to look.
                 * @example 24h
                 */
                range?: components["parameters"]["MetricsRange"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the workspace. An id of another account answers like one that does not exist.
                 * @example ws-a1b2c3d4
                 */
                id: components["parameters"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiUsageMetricsSummaryResponse"];
                };
            };
            400: components["responses"]["BadRange"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiCredits"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getAiUsage: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["GetAiUsageResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getAccountUsageMetrics: {
        parameters: {
            query?: {
                /**
                 * @description How far back from now to look.
                 * @example 24h
                 */
                range?: components["parameters"]["MetricsRange"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The series. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiUsageMetricsResponse"];
                };
            };
            400: components["responses"]["BadRange"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getAccountUsageSummary: {
        parameters: {
            query?: {
                /**
                 * @description How far back from now to look.
                 * @example 24h
                 */
                range?: components["parameters"]["MetricsRange"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiUsageMetricsSummaryResponse"];
                };
            };
            400: components["responses"]["BadRange"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getAiDefaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The defaults in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAiDefaultsResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateAiDefaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAiDefaultsRequest"];
            };
        };
        responses: {
            /** @description The defaults now in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAiDefaultsResponse"];
                };
            };
            400: components["responses"]["BadAiDefaults"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    updateAiMode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAiModeRequest"];
            };
        };
        responses: {
            /** @description The balance, with the mode now in effect. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AiCredits"];
                };
            };
            400: components["responses"]["BadMode"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits and the use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetUserLimitsResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListApiKeysResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            /** @description The key, in full for the only time. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateApiKeyResponse"];
                };
            };
            400: components["responses"]["BadApiKey"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the key. An id of another account answers like one that does not exist.
                 * @example 4f6c1d2e-8b3a-4c5d-9e7f-0a1b2c3d4e5f
                 */
                id: components["parameters"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    getCapacity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The capacity. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapacityResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    listTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The templates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
}

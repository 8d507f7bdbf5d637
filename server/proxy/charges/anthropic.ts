/** Anthropic: messages. */
import { type ChargeTable, free, metered, refused, type Shape } from './table.ts';

const PRICING = 'https://platform.claude.com/docs/en/about-claude/pricing';
const MESSAGES = 'https://platform.claude.com/docs/en/api/messages';
const TIERS = 'https://platform.claude.com/docs/en/api/service-tiers';
const WEB_SEARCH = 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool';
const WEB_FETCH = 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-fetch-tool';
const TOOL_SEARCH = 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-search-tool';
const CODE = 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/code-execution-tool';
const MCP = 'https://platform.claude.com/docs/en/agents-and-tools/mcp-connector';
const COMPACTION = 'https://platform.claude.com/docs/en/build-with-claude/compaction';
const FALLBACK = 'https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback';
const END_USERS = 'Managed AI proxy: limits for end-users';

const SEARCH = 'allowed_domains blocked_domains max_uses user_location>location';
const FETCH = 'allowed_domains blocked_domains citations>citations max_content_tokens max_uses url_sources*';
const EXAMPLES = 'name input_examples*';
const COMPUTER = `${EXAMPLES} display_height_px display_width_px display_number`;

const search = (inside = '') =>
  metered(
    'A fee for each search; max_uses are held, and turns that read what was found.',
    WEB_SEARCH,
    `name ${SEARCH} ${inside}`,
  );
const fetching = (inside = '') =>
  metered('No fee; what is fetched is input of further turns, which are held.', WEB_FETCH, `name ${FETCH} ${inside}`);
const toolSearch = metered('No fee; what is found is input of further turns, which are held.', TOOL_SEARCH, 'name');
const code = refused('Code that runs at the provider is charged by time that the usage does not report.', CODE);

const sampling = free('A setting of sampling, for models before those of the current SDK.', MESSAGES);

const tools: Readonly<Record<string, Shape>> = {
  tool: {
    free: 'allowed_callers cache_control>cacheControl defer_loading strict',
    untyped: 'custom',
    types: {
      custom: 'name description input_schema* input_examples* eager_input_streaming',
      bash_20241022: EXAMPLES,
      bash_20250124: EXAMPLES,
      memory_20250818: EXAMPLES,
      text_editor_20241022: EXAMPLES,
      text_editor_20250124: EXAMPLES,
      text_editor_20250429: EXAMPLES,
      text_editor_20250728: `${EXAMPLES} max_characters`,
      computer_20241022: COMPUTER,
      computer_20250124: COMPUTER,
      computer_20251124: `${COMPUTER} enable_zoom`,
      computer_toolset_20260801: 'configs*',
      browser_toolset_20260801: 'configs*',
      web_search_20250305: search(),
      web_search_20260209: search(),
      web_search_20260318: search('response_inclusion'),
      web_fetch_20250910: fetching(),
      web_fetch_20260209: fetching(),
      web_fetch_20260309: fetching('use_cache'),
      web_fetch_20260318: fetching('response_inclusion use_cache'),
      tool_search_tool_bm25: toolSearch,
      tool_search_tool_bm25_20251119: toolSearch,
      tool_search_tool_regex: toolSearch,
      tool_search_tool_regex_20251119: toolSearch,
      mcp_toolset: metered(
        'No fee; what the server answers is input of further turns, which are held.',
        MCP,
        'mcp_server_name configs* default_config* tools*',
      ),
      code_execution_20250522: code,
      code_execution_20250825: code,
      code_execution_20260120: code,
      code_execution_20260521: code,
      advisor_20260301: refused('Another model writes the advice, at its own price.', MESSAGES),
    },
  },
  toolChoice: { free: 'disable_parallel_tool_use', types: { auto: '', any: '', none: '', tool: 'name' } },
  location: { types: { approximate: 'city country region timezone' } },
  citations: { free: 'enabled' },
};

/** What messages and results of tools are made of. Calls and results of earlier turns are text. */
const blocks: Readonly<Record<string, Shape>> = {
  message: { free: 'role content>block clear_at output_config>outputConfig' },
  block: {
    free: 'cache_control>cacheControl',
    types: {
      text: 'text citations*',
      thinking: 'thinking signature',
      redacted_thinking: 'data',
      image: metered('Tokens by size.', PRICING, 'source>source transformations*'),
      document: metered(
        'Text and pictures of its pages are read; the whole context window is held, or what the provider counts.',
        PRICING,
        'source>source citations>citations context title',
      ),
      search_result: 'content>block citations>citations source title',
      tool_use: 'id input* name caller* toolset_name',
      tool_result: 'tool_use_id content>block is_error toolset_name',
      tool_reference: 'tool_name',
      browser_state: 'tabs* state_changes*',
      server_tool_use: 'id input* name caller*',
      web_search_tool_result: 'tool_use_id content>block caller*',
      web_search_result: 'encrypted_content page_age title url',
      web_search_tool_result_error: 'error_code',
      web_fetch_tool_result: 'tool_use_id content>block caller*',
      web_fetch_result: 'content>block retrieved_at url',
      web_fetch_tool_result_error: 'error_code',
      tool_search_tool_result: 'tool_use_id content>block',
      tool_search_tool_search_result: 'tool_references>block',
      tool_search_tool_result_error: 'error_code error_message',
      code_execution_tool_result: 'tool_use_id content*',
      bash_code_execution_tool_result: 'tool_use_id content*',
      text_editor_code_execution_tool_result: 'tool_use_id content*',
      advisor_tool_result: 'tool_use_id content*',
      mcp_tool_use: 'id input* name server_name',
      mcp_tool_result: 'tool_use_id content>block is_error',
      mcp_tool_listing: 'mcp_server_name tools*',
      compaction: 'content encrypted_content signature tool_changes>block',
      fallback: 'from* to* trigger*',
      tool_addition: 'tool>toolChange',
      tool_removal: 'tool>toolChange',
      container_upload: refused('Files in a container are charged by its time, whether code runs or not.', CODE),
    },
  },
  source: {
    types: {
      base64: 'data media_type',
      text: 'data media_type',
      url: metered('The whole context window is held.', PRICING, 'url'),
      file: metered('The whole context window is held.', PRICING, 'file_id'),
      content: 'content>block',
    },
  },
  toolChange: {
    types: {
      tool_reference: 'name',
      mcp_tool_reference: 'name server_name',
      mcp_toolset_reference: 'server_name',
      tool_definition: 'definition>tool',
    },
  },
};

const counted = (kind: string) => ({ types: { [kind]: 'value' } });

export const anthropicMessages: ChargeTable = {
  provider: 'anthropic',
  operations: ['messages'],
  forced: { field: 'service_tier', value: 'standard_only', insteadOf: 'auto' },
  shapes: {
    ...tools,
    ...blocks,
    request: {
      free: `compaction>compaction context_management>contextManagement diagnostics>diagnostics
        fallback_credit_token>creditToken messages>message metadata>metadata model output_config>outputConfig
        output_format>jsonFormat stop_sequences stream system>block thinking>thinking tool_choice>toolChoice tools>tool`,
      fields: {
        billing_policy: free('Who is billed.', MESSAGES, 'billingPolicy'),
        cache_control: metered('Cache writes are counted by their time to live.', PRICING, 'cacheControl'),
        container: metered(
          'The id of what an earlier turn left; code in it runs with web search only.',
          CODE,
          'container',
        ),
        fallbacks: refused('Another model can answer, at its own price.', FALLBACK),
        inference_geo: refused('Inference in one region costs more.', PRICING, ['global']),
        max_tokens: metered('Output is held up to it.', MESSAGES),
        mcp_servers: metered(
          'No fee; what a server answers is input of further turns, which are held.',
          MCP,
          'mcpServer',
        ),
        service_tier: refused('Priority capacity is bought apart; the request is made to say standard_only.', TIERS, [
          'auto',
          'standard_only',
        ]),
        speed: refused('The fast mode costs a multiple.', PRICING, ['standard']),
        temperature: sampling,
        top_k: sampling,
        top_p: sampling,
        thread: refused('A kept conversation brings input that the request does not show.', MESSAGES),
        user: free('The end-user of the call, as other APIs name it; its limits are read from it.', END_USERS),
      },
    },
    cacheControl: {
      types: { ephemeral: 'ttl' },
      fields: { scope: free('Claude Code sends it: who shares what is cached, at the same price.', PRICING) },
    },
    metadata: { free: 'user_id' },
    outputConfig: { free: 'effort format>jsonFormat task_budget>taskBudget' },
    jsonFormat: { types: { json_schema: 'schema*' } },
    taskBudget: { types: { tokens: 'total remaining' } },
    thinking: {
      free: 'block_binding* display',
      types: { enabled: 'budget_tokens', disabled: '', adaptive: '', between_tools: '' },
    },
    diagnostics: { free: 'previous_message_id' },
    creditToken: { free: 'token mode' },
    billingPolicy: {
      types: { billing_policy: '' },
      fields: { bill_to: refused('Another account is billed.', MESSAGES, ['self']) },
    },
    compaction: { types: { summarize: metered('The summary is output.', COMPACTION, 'instructions') } },
    contextManagement: { free: 'edits>edit' },
    edit: {
      types: {
        clear_tool_uses_20250919:
          'clear_at_least>inputTokens clear_tool_inputs exclude_tools keep>toolUses trigger>trigger',
        clear_thinking_20251015: 'keep>thinkingTurns',
        compact_20260112: metered(
          'Each summary is a turn of its own, which the usage counts apart.',
          COMPACTION,
          'instructions pause_after_compaction trigger>trigger',
        ),
      },
    },
    inputTokens: counted('input_tokens'),
    toolUses: counted('tool_uses'),
    trigger: { types: { input_tokens: 'value', tool_uses: 'value' } },
    thinkingTurns: { types: { thinking_turns: 'value', all: '' } },
    container: {
      free: 'id',
      fields: { skills: refused('A skill runs code at the provider, which is charged by time.', CODE) },
    },
    mcpServer: { types: { url: 'name url authorization_token tool_configuration*' } },
  },
};

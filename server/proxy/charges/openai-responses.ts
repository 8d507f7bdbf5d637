/** OpenAI: responses. */
import { CACHING_SHAPES, DEFAULT_TIER, MODERATION_SHAPES, SERVICE_TIER } from './openai.ts';
import { type ChargeTable, free, metered, refused, type Shape } from './table.ts';

const PRICING = 'https://platform.openai.com/docs/pricing';
const RESPONSES = 'https://platform.openai.com/docs/api-reference/responses/create';
const WEB_SEARCH = 'https://platform.openai.com/docs/guides/tools-web-search';
const TOOLS = 'https://platform.openai.com/docs/guides/tools';
const TOOL_SEARCH = 'https://platform.openai.com/docs/guides/tools-tool-search';
const SHELL = 'https://platform.openai.com/docs/guides/tools-shell';
const CODEX = 'https://github.com/openai/codex';

const READ_AGAIN = 'What it names is input again; the whole context window is held.';

const search = (inside: string) =>
  metered('A fee for each search, and what it finds is input; max_tool_calls searches are held.', PRICING, inside);
const HOSTED = (what: string) => refused(`${what} has a fee that the price list does not have.`, PRICING);
const FOLLOWS = (what: string) => refused(`It follows from ${what}, which is refused.`, TOOLS);
const CONTAINER = refused('A container at the provider is charged by its time and memory.', PRICING);

const tools: Readonly<Record<string, Shape>> = {
  tool: {
    free: 'allowed_callers',
    types: {
      function: 'name description parameters* output_schema* strict async defer_loading',
      custom: 'name description format>grammar async defer_loading',
      namespace: 'name description tools>namespaceTool',
      local_shell: '',
      apply_patch: '',
      shell: '',
      computer: '',
      computer_use_preview: 'display_height display_width environment',
      tool_search: 'description parameters*',
      web_search: search('external_web_access filters>searchFilters search_context_size user_location>location'),
      web_search_2025_08_26: search(
        'external_web_access filters>searchFilters search_context_size user_location>location',
      ),
      web_search_preview: HOSTED('A preview of web search, which costs more with some models,'),
      web_search_preview_2025_03_11: HOSTED('A preview of web search, which costs more with some models,'),
      file_search: HOSTED('File search'),
      code_interpreter: HOSTED('Code interpreter'),
      image_generation: HOSTED('Image generation'),
      programmatic_tool_calling: HOSTED('Code that runs at the provider'),
      mcp: refused(
        'The provider calls the server itself, as often as the model likes, and reads everything again.',
        TOOLS,
      ),
    },
    fields: {
      'shell.environment': free('A shell at the caller has no fee.', SHELL, 'environment'),
      'tool_search.execution': {
        ...refused('Only a search that runs at the caller is known to be free.', TOOL_SEARCH, ['client']),
        required: true,
      },
      'web_search.search_content_types': free('Codex sends it; what is found is counted as input.', CODEX),
    },
  },
  namespaceTool: {
    free: 'allowed_callers async defer_loading name description',
    types: { function: 'parameters* output_schema* strict', custom: 'format>grammar' },
  },
  grammar: { types: { text: '', grammar: 'definition syntax' } },
  searchFilters: { free: 'allowed_domains' },
  location: { types: { approximate: 'city country region timezone' }, untyped: 'approximate' },
  environment: { types: { local: 'skills>localSkill', container_auto: CONTAINER, container_reference: CONTAINER } },
  localSkill: { free: 'name description path' },
  toolChoice: {
    types: {
      function: 'name',
      custom: 'name',
      allowed_tools: 'mode tools*',
      mcp: 'server_label name',
      apply_patch: '',
      shell: '',
      programmatic_tool_calling: '',
      file_search: '',
      web_search: free('It names a tool of the request.', WEB_SEARCH),
      web_search_preview: '',
      web_search_preview_2025_03_11: '',
      computer: '',
      computer_use: '',
      computer_use_preview: '',
      image_generation: '',
      code_interpreter: '',
    },
  },
};

/** What a conversation is made of. A call of a hosted tool that is refused cannot have come from here. */
const items: Readonly<Record<string, Shape>> = {
  item: {
    free: 'id agent>agent status',
    untyped: 'message',
    types: {
      message: 'role content>part phase',
      function_call: 'arguments call_id name namespace async caller*',
      function_call_output: 'call_id output>part name namespace caller*',
      custom_tool_call: 'call_id input name namespace async caller*',
      custom_tool_call_output: 'call_id output>part caller*',
      local_shell_call: 'action* call_id',
      local_shell_call_output: 'output',
      shell_call: 'action* call_id caller* environment>environment',
      shell_call_output: 'call_id output* max_output_length caller*',
      apply_patch_call: 'call_id operation* caller*',
      apply_patch_call_output: 'call_id output caller*',
      computer_call: 'call_id action* actions* pending_safety_checks*',
      computer_call_output: metered(
        'Tokens by the size of the picture.',
        PRICING,
        'call_id output>part acknowledged_safety_checks*',
      ),
      web_search_call: 'action*',
      tool_search_call: 'arguments* call_id execution',
      tool_search_output: 'call_id execution tools>tool',
      additional_tools: 'role tools>tool',
      configuration_update: 'reasoning>reasoning text>text',
      reasoning: metered('Its encrypted text is input.', RESPONSES, 'summary* content* encrypted_content'),
      compaction: metered('Its encrypted text is input.', RESPONSES, 'encrypted_content'),
      compaction_trigger: metered('One more turn is held, which writes the summary.', RESPONSES),
      item_reference: metered(READ_AGAIN, RESPONSES),
      mcp_list_tools: FOLLOWS('the tool mcp'),
      mcp_call: FOLLOWS('the tool mcp'),
      mcp_approval_request: FOLLOWS('the tool mcp'),
      mcp_approval_response: FOLLOWS('the tool mcp'),
      file_search_call: FOLLOWS('the tool file_search'),
      code_interpreter_call: FOLLOWS('the tool code_interpreter'),
      image_generation_call: FOLLOWS('the tool image_generation'),
      program: FOLLOWS('the tool programmatic_tool_calling'),
      program_output: FOLLOWS('the tool programmatic_tool_calling'),
      multi_agent_call: FOLLOWS('multi_agent'),
      multi_agent_call_output: FOLLOWS('multi_agent'),
      agent_message: FOLLOWS('multi_agent'),
    },
  },
  agent: { free: 'agent_name' },
  part: {
    free: 'prompt_cache_breakpoint>cacheBreakpoint',
    types: {
      input_text: 'text',
      output_text: 'text annotations* logprobs*',
      refusal: 'refusal',
      input_image: metered('Tokens by size and detail.', PRICING, 'detail file_id image_url'),
      computer_screenshot: metered('Tokens by size and detail.', PRICING, 'file_id image_url'),
      input_file: metered(
        'Text and pictures of its pages are read; the whole context window is held, or what the provider counts.',
        PRICING,
        'detail file_data file_id file_url filename',
      ),
    },
  },
};

export const openAiResponses: ChargeTable = {
  provider: 'openai',
  operations: ['responses'],
  forced: DEFAULT_TIER,
  shapes: {
    ...CACHING_SHAPES,
    ...MODERATION_SHAPES,
    ...tools,
    ...items,
    request: {
      free: `image>imageOptions include input>item instructions metadata* model moderation>moderation parallel_tool_calls
        prompt_cache_key prompt_cache_options>cacheOptions prompt_cache_retention reasoning>reasoning safety_identifier
        store stream stream_options>streamOptions temperature text>text tool_choice>toolChoice tools>tool top_logprobs
        top_p truncation user`,
      fields: {
        access_programs: refused('Programs have models of their own, and prices that are not listed.', RESPONSES),
        background: refused('The answer is fetched later, by a call that is not metered.', RESPONSES, [false]),
        client_metadata: free('Codex says there which of its sessions calls.', CODEX, '*'),
        context_management: metered('One more turn is held, which writes the summary.', RESPONSES, 'contextEdit'),
        conversation: metered(READ_AGAIN, RESPONSES, 'reference'),
        max_output_tokens: metered('Output is held up to it.', RESPONSES),
        max_tool_calls: metered(
          'As many searches are held; put in where a tool that searches has no bound.',
          RESPONSES,
        ),
        multi_agent: refused('It has no bound on agents, and so none on their tokens.', RESPONSES),
        previous_response_id: metered(READ_AGAIN, RESPONSES),
        prompt: refused('A stored prompt can bring tools and a model that the request does not show.', RESPONSES),
        service_tier: SERVICE_TIER,
      },
    },
    cacheOptions: { ...CACHING_SHAPES.cacheOptions, free: 'mode prewarm comparison_response_id' },
    imageOptions: { free: 'context_compression' },
    contextEdit: { types: { compaction: 'compact_threshold' } },
    reference: { free: 'id' },
    reasoning: {
      free: 'context effort generate_summary summary',
      fields: {
        mode: refused('What the mode pro writes has no known bound.', RESPONSES, ['standard']),
      },
    },
    streamOptions: { free: 'include_obfuscation' },
    text: { free: 'format>format verbosity' },
    format: { types: { text: '', json_object: '', json_schema: 'name description schema* strict' } },
  },
};

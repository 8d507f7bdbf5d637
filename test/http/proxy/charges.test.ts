import { describe, expect, it } from 'vitest';
import { createCharges } from '../../../server/proxy/index.ts';
import { OWN_KEY, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const hello = [{ role: 'user', content: 'Hello' }];
const RESPONSES = '/v1/responses';
const MESSAGES = '/v1/messages';
const GENERATE = '/v1beta/models/gemini-2.5-flash:generateContent';

/** What Codex 0.171 sends with each call, its texts cut. */
const codex = {
  model: 'gpt-5.5',
  stream: false,
  input: [
    { type: 'message', id: 'msg_1', role: 'developer', content: [{ type: 'input_text', text: 'You are Codex.' }] },
    { type: 'message', id: 'msg_2', role: 'user', content: [{ type: 'input_text', text: 'say hi' }] },
  ],
  tools: [
    { type: 'function', name: 'exec_command', description: 'Runs', strict: false, parameters: { type: 'object' } },
    {
      type: 'custom',
      name: 'apply_patch',
      description: 'Edits',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' },
    },
    { type: 'tool_search', execution: 'client', description: 'Finds', parameters: { type: 'object' } },
    { type: 'web_search', external_web_access: false, search_content_types: ['text', 'image'] },
  ],
  tool_choice: 'auto',
  parallel_tool_calls: true,
  reasoning: { effort: 'medium' },
  store: false,
  include: ['reasoning.encrypted_content'],
  prompt_cache_key: '01a2312e',
  text: { verbosity: 'low' },
  client_metadata: { session_id: '01a2312e', 'x-codex-turn-metadata': '{}' },
};

/** What Claude Code 2.1 sends with each call, its texts cut. */
const claudeCode = {
  model: 'claude-haiku-4-5',
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'say hi' }] },
    {
      role: 'system',
      content: [{ type: 'text', text: '# Environment', cache_control: { type: 'ephemeral' } }],
      output_config: { effort: 'medium' },
    },
  ],
  system: [{ type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  tools: [
    { name: 'Bash', description: 'Executes', input_schema: { type: 'object' } },
    { name: 'Placeholder', description: 'Reserved', input_schema: { type: 'object' }, defer_loading: true },
  ],
  metadata: { user_id: '{"device_id":"7c"}' },
  max_tokens: 1_000,
  thinking: { type: 'adaptive', display: 'omitted' },
  context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
  output_config: { effort: 'medium' },
};

const geminiCli = {
  contents: [
    { role: 'user', parts: [{ text: 'say hi' }] },
    { role: 'model', parts: [{ functionCall: { name: 'ls', args: {} }, thoughtSignature: 'c2ln' }] },
    { role: 'user', parts: [{ functionResponse: { id: '1', name: 'ls', response: { output: '' } } }] },
  ],
  systemInstruction: { role: 'user', parts: [{ text: 'You are an agent.' }] },
  tools: [{ functionDeclarations: [{ name: 'ls', description: 'Lists', parametersJsonSchema: { type: 'object' } }] }],
  toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
  generationConfig: { temperature: 1, topP: 0.95, maxOutputTokens: 9, thinkingConfig: { includeThoughts: true } },
};

describe('agents, as they are installed', () => {
  const harness = useTestProxy();

  it.each([
    ['Codex', RESPONSES, codex, ',"max_output_tokens":16384,"max_tool_calls":1,"service_tier":"default"}'],
    ['Claude Code', MESSAGES, claudeCode, ',"service_tier":"standard_only"}'],
    ['Gemini CLI', GENERATE, geminiCli, '}'],
  ])('%s makes its calls, and every byte of them arrives', async (_agent, path, body, added) => {
    const response = await harness.post(path, await harness.caller(PLENTY), body);
    expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
    expect(harness.stub.calls.map(({ bodyText }) => bodyText)).toEqual([JSON.stringify(body).replace(/}$/, added)]);
  });
});

describe('what is put into a request', () => {
  const harness = useTestProxy();

  it.each([
    [
      'the tier of the price list',
      '/v1/chat/completions',
      { model: 'gpt-4o-mini', messages: hello },
      { service_tier: 'default' },
    ],
    [
      'that tier in place of auto',
      RESPONSES,
      { model: 'gpt-4o-mini', input: 'x', service_tier: 'auto' },
      { service_tier: 'default' },
    ],
    [
      'a bound on searches',
      RESPONSES,
      { model: 'gpt-4o-mini', input: 'x', tools: [{ type: 'web_search' }] },
      { max_tool_calls: 3 },
    ],
    [
      'no other bound than the caller gave',
      RESPONSES,
      { model: 'gpt-4o-mini', input: 'x', tools: [{ type: 'web_search' }], max_tool_calls: 2 },
      { max_tool_calls: 2 },
    ],
  ])('is %s', async (_case, path, body, want) => {
    expect((await harness.post(path, await harness.caller(), body)).status).toBe(200);
    expect(harness.stub.calls.map(({ bodyText }) => JSON.parse(bodyText))).toEqual([expect.objectContaining(want)]);
  });

  it('is nothing in byok mode, and nothing is refused there', async () => {
    const caller = await harness.caller(0n, { mode: 'byok', provider: 'openai', byokKey: OWN_KEY });
    const body = {
      model: 'gpt-4o-mini',
      input: 'x',
      background: true,
      tools: [{ type: 'hologram' }, { type: 'web_search' }],
    };
    expect((await harness.post(RESPONSES, caller, body)).status).toBe(200);
    expect(harness.stub.calls.map(({ bodyText }) => bodyText)).toEqual([JSON.stringify(body)]);
  });

  it('holds a fee and a turn for each search that can be', async () => {
    const hold = async (body: object) => {
      harness.forget();
      await (
        await harness.post(RESPONSES, await harness.caller(), { model: 'gpt-4o-mini', input: 'x', ...body })
      ).text();
      return (await harness.reported())[0]?.holdMicro ?? 0n;
    };
    const tools = [{ type: 'web_search' }];
    const [none, two, four] = [
      await hold({}),
      await hold({ tools, max_tool_calls: 2 }),
      await hold({ tools, max_tool_calls: 4 }),
    ];
    expect(two - none).toBeGreaterThanOrEqual(2n * 1_000_000n);
    expect(four - two).toBeGreaterThanOrEqual(2n * 1_000_000n);
  });
});

describe('a refusal', () => {
  const harness = useTestProxy();
  const parts = [{ text: 'x' }, { scent: {} }];

  it.each([
    [RESPONSES, { model: 'gpt-4o-mini', input: 'x', tools: [{ type: 'mcp' }] }, 'tools[0].type "mcp"'],
    [
      MESSAGES,
      { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: [{ type: 'hologram' }] }] },
      'messages[0].content[0].type "hologram"',
    ],
    [GENERATE, { contents: [{ parts }] }, 'contents[0].parts[1].scent'],
    [GENERATE, { tools: [{ googleSearch: {} }] }, 'tools: googleSearch: the price list has no price'],
  ])(
    'at %s names the path and the type, in the envelope of the API, and nothing is forwarded',
    async (path, body, named) => {
      const response = await harness.post(path, await harness.caller(), body);
      const { error } = (await response.json()) as { readonly error: { readonly message: string } };
      expect([response.status, error.message]).toEqual([400, expect.stringContaining(named)]);
      expect(JSON.stringify(error)).toContain('unsupported_parameter');
      expect(harness.stub.calls).toEqual([]);
    },
  );

  it('meets a key that stands twice in a tool', async () => {
    const body = '{"model":"gpt-4o-mini","input":"x","tools":[{"type":"mcp","type":"function","name":"f"}]}';
    const response = await harness.post(RESPONSES, await harness.caller(), body);
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('tools[0].type: must not be given twice'),
    ]);
  });
});

describe("an operator's addition", () => {
  const addition = {
    provider: 'openai',
    operation: 'responses',
    shape: 'request',
    field: 'turbo',
    verdict: 'free',
    clause: 'x',
  } as const;
  const harness = useTestProxy({ charges: createCharges({ additions: [addition] }) });

  it('lets pass what this version does not know', async () => {
    const body = { model: 'gpt-4o-mini', input: 'x', turbo: { level: 1 } };
    expect((await harness.post(RESPONSES, await harness.caller(), body)).status).toBe(200);
  });
});

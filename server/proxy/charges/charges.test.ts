import { describe, expect, it } from 'vitest';
import type { ProviderName } from '../../money/prices.ts';
import { type ChargeAddition, type Charges, createCharges } from './index.ts';

const charges = createCharges();

function check(operation: string, body: object, table: Charges = charges) {
  const [provider, name = ''] = operation.split(' ') as [ProviderName, string];
  return table.check({ provider, operation: name, body: { ...body } });
}

const tool = (given: object) => ({ tools: [{ type: 'custom', name: 'f' }, given] });
const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const item = (given: object) => ({ input: [{ role: 'user', content: 'x' }, given] });
const parts = (...given: object[]) => ({ contents: [{ parts: given }] });
const EPHEMERAL = { type: 'ephemeral' };
const HOSTED = { type: 'code_interpreter', container: { type: 'auto' } };

describe('what is refused, by its path', () => {
  it.each<readonly [string, string, object, string]>([
    ['a parameter that nobody knows', 'openai chat.completions', { turbo: true }, 'turbo'],
    ['one at any depth', 'openai responses', { text: { format: { type: 'text', deep: 1 } } }, 'text.format.deep'],
    ['an object in place of a plain value', 'openai chat.completions', { seed: { turbo: 1 } }, 'seed.turbo'],
    ['a list of objects in a list', 'openai responses', { input: [[{ role: 'user' }]] }, 'input[0]'],
    ['a tier with its own price', 'openai chat.completions', { service_tier: 'flex' }, 'service_tier'],
    ['the search of chat models', 'openai chat.completions', { web_search_options: {} }, 'web_search_options'],
    ['a block that nobody knows', 'openai chat.completions', said({ type: 'hologram' }), 'messages[0].content[0].type'],
    ['a call that is fetched later', 'openai responses', { background: true }, 'background'],
    ['a stored prompt, which can bring tools', 'openai responses', { prompt: { id: 'p' } }, 'prompt'],
    ['agents without a bound', 'openai responses', { multi_agent: { enabled: true } }, 'multi_agent'],
    ['the mode that thinks without a bound', 'openai responses', { reasoning: { mode: 'pro' } }, 'reasoning.mode'],
    [
      'a cache with a price of its own',
      'openai responses',
      { prompt_cache_options: { ttl: '12h' } },
      'prompt_cache_options.ttl',
    ],
    ['a tool with a fee', 'openai responses', tool(HOSTED), 'tools[1].type'],
    [
      'a tool of the provider in a list of tools',
      'openai responses',
      item({ type: 'additional_tools', tools: [HOSTED] }),
      'input[1].tools[0].type',
    ],
    [
      'one that a search found',
      'openai responses',
      item({ type: 'tool_search_output', tools: [HOSTED] }),
      'input[1].tools[0].type',
    ],
    [
      'one in a namespace',
      'openai responses',
      tool({ type: 'namespace', tools: [{ type: 'web_search' }] }),
      'tools[1].tools[0].type',
    ],
    ['tools of a server', 'openai responses', item({ type: 'mcp_list_tools', tools: [] }), 'input[1].type'],
    [
      'a shell in a container',
      'openai responses',
      tool({ type: 'shell', environment: { type: 'container_auto' } }),
      'tools[1].environment.type',
    ],
    [
      'a search of tools at the provider',
      'openai responses',
      tool({ type: 'tool_search', execution: 'server' }),
      'tools[1].execution',
    ],
    [
      'a search of tools that runs there by default',
      'openai responses',
      tool({ type: 'tool_search' }),
      'tools[1].execution',
    ],
    ['the fast mode', 'anthropic messages', { speed: 'fast' }, 'speed'],
    ['a region with its own price', 'anthropic messages', { inference_geo: 'us' }, 'inference_geo'],
    [
      'another model, whatever its settings',
      'anthropic messages',
      { fallbacks: [{ model: 'm', max_tokens: 9 }] },
      'fallbacks',
    ],
    [
      'another account that is billed',
      'anthropic messages',
      { billing_policy: { type: 'billing_policy', bill_to: 'user_profile' } },
      'billing_policy.bill_to',
    ],
    ['a kept conversation', 'anthropic messages', { thread: { type: 'create' } }, 'thread'],
    ['code at the provider', 'anthropic messages', tool({ type: 'code_execution_20250825' }), 'tools[1].type'],
    ['a newer version of a known tool', 'anthropic messages', tool({ type: 'web_search_20991231' }), 'tools[1].type'],
    [
      'the advice of another model',
      'anthropic messages',
      tool({ type: 'advisor_20260301', model: 'm' }),
      'tools[1].type',
    ],
    [
      'files for a container',
      'anthropic messages',
      said({ type: 'container_upload', file_id: 'f' }),
      'messages[0].content[0].type',
    ],
    ['skills, which run code', 'anthropic messages', { container: { skills: [] } }, 'container.skills'],
    [
      'a tool that a message adds',
      'anthropic messages',
      said({
        type: 'tool_addition',
        tool: { type: 'tool_definition', definition: { type: 'code_execution_20250825' } },
      }),
      'messages[0].content[0].tool.definition.type',
    ],
    [
      'one in the summary of a conversation',
      'anthropic messages',
      said({ type: 'compaction', tool_changes: [{ type: 'tool_addition', tool: { type: 'hologram' } }] }),
      'messages[0].content[0].tool_changes[0].tool.type',
    ],
    [
      'a source that nobody knows',
      'anthropic messages',
      said({ type: 'image', source: { type: 'wire' } }),
      'messages[0].content[0].source.type',
    ],
    ['a fee in the other spelling', 'google generateContent', { tools: { google_maps: {} } }, 'tools.google_maps'],
    ['a tier in the other spelling', 'google generateContent', { service_tier: 'priority' }, 'service_tier'],
    [
      'a part that nobody knows',
      'google generateContent',
      parts({ text: 'x' }, { scent: {} }),
      'contents[0].parts[1].scent',
    ],
    [
      'the choice of another model',
      'google generateContent',
      { generationConfig: { routing_config: {} } },
      'generationConfig.routing_config',
    ],
    [
      'more of an embedding',
      'google batchEmbedContents',
      { requests: [{ content: {}, turbo: 1 }] },
      'requests[0].turbo',
    ],
    ['dearer models at OpenRouter', 'openrouter chat.completions', { models: ['a/b'] }, 'models'],
    ['plugins at OpenRouter', 'openrouter responses', { plugins: [{ id: 'web' }] }, 'plugins'],
    ['the route at OpenRouter', 'openrouter completions', { route: 'fallback' }, 'route'],
    ['settings of OpenRouter at OpenAI', 'openai chat.completions', { provider: {} }, 'provider'],
    [
      'settings of Gemini that nobody knows',
      'google chat.completions',
      { extra_body: { google: { tools: [] } } },
      'extra_body.google.tools',
    ],
  ])('%s', (_case, operation, body, path) => {
    expect(check(operation, body)).toMatchObject({ path, message: expect.stringContaining(path) });
  });

  it('says the type, why, and by which clause', () => {
    expect(check('openai responses', tool(HOSTED))?.message).toMatch(
      /^tools\[1\]\.type "code_interpreter": .+ \(https:/,
    );
  });

  it('prints no more of a long name than a line', () => {
    expect(check('openai responses', { ['x'.repeat(100_000)]: 1 })?.message.length).toBeLessThan(300);
    expect(check('openai responses', item({ type: 'x'.repeat(100_000) }))?.message.length).toBeLessThan(300);
  });
});

describe('what costs nothing but tokens, or has a price', () => {
  it.each<readonly [string, string, object]>([
    [
      'tools that the caller runs',
      'openai responses',
      { tools: ['function', 'custom', 'local_shell', 'apply_patch', 'shell', 'computer'].map((type) => ({ type })) },
    ],
    [
      'a search of tools at the caller',
      'openai responses',
      tool({ type: 'tool_search', execution: 'client', parameters: {} }),
    ],
    ['a shell at the caller', 'openai responses', tool({ type: 'shell', environment: { type: 'local', skills: [] } })],
    ['a search that has a price', 'openai responses', tool({ type: 'web_search', external_web_access: false })],
    [
      'tools that run at the caller',
      'anthropic messages',
      {
        tools: [
          { type: 'bash_20250124', name: 'bash' },
          { type: 'memory_20250818', name: 'memory' },
        ],
      },
    ],
    ['searches of tools', 'anthropic messages', tool({ type: 'tool_search_tool_regex_20251119', name: 'x' })],
    [
      'a cache of an hour',
      'anthropic messages',
      said({ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }),
    ],
    [
      'the default tier',
      'anthropic messages',
      { service_tier: 'standard_only', speed: 'standard', inference_geo: 'global' },
    ],
    ['lists of tokens in a list', 'openai embeddings', { input: [[1, 2], [3]] }],
    ['what is null', 'openai responses', { background: null, service_tier: null, prompt: null, multi_agent: null }],
    [
      'either spelling',
      'google generateContent',
      { generation_config: { thinkingConfig: { thinking_budget: 1 } }, tool_config: {} },
    ],
    [
      'whatever a schema says',
      'openai responses',
      tool({ type: 'function', parameters: { type: 'web', a: { web_search: {} } } }),
    ],
    [
      'whatever a call of a tool says',
      'anthropic messages',
      said({ type: 'tool_use', input: { type: 'code_execution_20250825' } }),
    ],
    [
      'settings of OpenRouter',
      'openrouter chat.completions',
      { provider: { order: ['a'] }, reasoning: { effort: 'low' }, top_k: 1 },
    ],
    ...['openai', 'openrouter', 'anthropic', 'google'].map(
      (provider) =>
        [
          `an answer of ${provider} that is sent back as it came`,
          `${provider} chat.completions`,
          {
            messages: [
              {
                role: 'assistant',
                content: null,
                refusal: null,
                annotations: [{ type: 'url_citation', url_citation: { url: 'x' } }],
                tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
              },
            ],
          },
        ] as const,
    ),
    ...['openrouter', 'anthropic'].map(
      (provider) =>
        [
          `the marks of what ${provider} caches that OpenCode sets`,
          `${provider} chat.completions`,
          {
            tools: [{ type: 'function', function: { name: 'f' }, cache_control: EPHEMERAL }],
            messages: [
              { role: 'system', content: 'x', cache_control: EPHEMERAL },
              { role: 'user', content: [{ type: 'text', text: 'x', cache_control: EPHEMERAL }] },
              {
                role: 'assistant',
                tool_calls: [{ id: 'c', type: 'function', function: {}, cache_control: EPHEMERAL }],
              },
              { role: 'tool', tool_call_id: 'c', content: 'x', cache_control: EPHEMERAL },
            ],
          },
        ] as const,
    ),
    [
      'who shares what is cached',
      'anthropic messages',
      { system: [{ type: 'text', text: 'x', cache_control: { ...EPHEMERAL, scope: 'global' } }] },
    ],
    [
      'thinking at the imitation of Anthropic',
      'anthropic chat.completions',
      { thinking: { type: 'enabled', budget_tokens: 9 } },
    ],
  ])('%s', (_case, operation, body) => {
    expect(check(operation, body)).toBeUndefined();
  });
});

it('refuses a field of Gemini in two spellings: it is not known which one counts', () => {
  const body = { generationConfig: { maxOutputTokens: 1, max_output_tokens: 2 } };
  const path = 'generationConfig.max_output_tokens';
  expect(check('google generateContent', body)).toMatchObject({ kind: 'twice', path });
});

describe('additions', () => {
  const added = (addition: Partial<ChargeAddition>): ChargeAddition => ({
    provider: 'anthropic',
    operation: 'messages',
    shape: 'tool',
    clause: 'https://example.com/pricing',
    ...addition,
  });
  const withAddition = (addition: Partial<ChargeAddition>) => createCharges({ additions: [added(addition)] });

  it('let a newer version of a tool pass as the one before, fields and all', () => {
    const table = withAddition({ type: 'web_search_20991231', like: 'web_search_20250305' });
    expect(check('anthropic messages', tool({ type: 'web_search_20991231', max_uses: 3 }), table)).toBeUndefined();
    const problem = check('anthropic messages', tool({ type: 'web_search_20991231', turbo: 3 }), table);
    expect(problem?.path).toBe('tools[1].turbo');
  });

  it('let a new parameter pass, and refuse one that passed', () => {
    const free = withAddition({ shape: 'request', field: 'turbo', verdict: 'free' });
    expect(check('anthropic messages', { turbo: { x: 1 } }, free)).toBeUndefined();
    const refused = withAddition({ shape: 'request', field: 'system', verdict: 'refused', why: 'It is ours.' });
    expect(check('anthropic messages', { system: 'x' }, refused)?.message).toContain('It is ours.');
  });

  it.each<readonly [string, Partial<ChargeAddition>]>([
    ['no table', { operation: 'dreams', type: 'x', verdict: 'free' }],
    ['no shape', { shape: 'dream', field: 'x', verdict: 'free' }],
    ['no such entry', { type: 'x', like: 'web_dream' }],
    ['newer version', { type: 'web_dream_20991231', like: 'web_search_20250305' }],
  ])('that fit nowhere are refused: %s', (_case, addition) => {
    expect(() => withAddition(addition)).toThrow(RangeError);
  });
});

it('prints each entry with its verdict, and a clause for what is metered or refused', () => {
  const rows = charges.rows();
  expect(rows).toContainEqual(
    expect.objectContaining({ provider: 'anthropic', path: 'request.speed', verdict: 'refused' }),
  );
  expect(rows.filter(({ verdict, why, clause }) => verdict !== 'free' && (why === '' || clause === ''))).toEqual([]);
});

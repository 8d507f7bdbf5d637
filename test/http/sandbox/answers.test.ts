import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { APIError } from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SandboxAnswers, SandboxCredentials } from '../../../generated/sandbox.ts';
import { startTestSandbox } from '../../harness/sandbox.ts';
import { useTestSandbox } from '../../harness/use-sandbox.ts';
import { readBooks } from './books.ts';
import { controlsClient, ok } from './controls.ts';

const sandbox = useTestSandbox();
let controls: ReturnType<typeof controlsClient>;
beforeAll(() => {
  controls = controlsClient(sandbox);
});

const GRANT = 250_000_000;
const newAccount = () => ok(controls.POST('/accounts', { body: { plan: 'free' } }));
const at = ({ account_id }: SandboxCredentials) => ({ params: { path: { account_id } } });
const script = (account: SandboxCredentials, ...answers: SandboxAnswers['answers']) =>
  ok(controls.PUT('/accounts/{account_id}/answers', { ...at(account), body: { answers } }));
const waiting = async (account: SandboxCredentials) =>
  (await ok(controls.GET('/accounts/{account_id}/answers', at(account)))).waiting;
const remaining = async (account: SandboxCredentials) =>
  (await ok(controls.GET('/accounts/{account_id}', at(account)))).remaining_micro;

const sdk = ({ workspace_key: apiKey }: SandboxCredentials) =>
  new OpenAI({ baseURL: `${sandbox.proxy}/v1`, apiKey, maxRetries: 0 });
const question = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hello' }] };
const ask = (account: SandboxCredentials) => sdk(account).chat.completions.create(question);
const completionText = async (account: SandboxCredentials) => (await ask(account)).choices[0]?.message.content;

async function readStream(account: SandboxCredentials): Promise<string> {
  let text = '';
  for await (const chunk of await sdk(account).chat.completions.create({ ...question, stream: true })) {
    text += chunk.choices[0]?.delta.content ?? '';
  }
  return text;
}

describe('the next answers of an account', () => {
  it('count the tokens that were scripted, and the ledger charges what they cost', async () => {
    const account = await newAccount();
    const usage = { input_tokens: 1200, output_tokens: 300, cached_input_tokens: 1000, reasoning_tokens: 200 };
    expect(await script(account, { respond: { usage, text: 'Forty-two.' } })).toEqual({ waiting: 1 });
    const { choices, usage: reported } = await ask(account);
    expect(choices[0]?.message.content).toBe('Forty-two.');
    expect(reported).toMatchObject({
      prompt_tokens: 1200,
      completion_tokens: 300,
      prompt_tokens_details: { cached_tokens: 1000 },
      completion_tokens_details: { reasoning_tokens: 200 },
      // 200 fresh and 1,000 cached input tokens and 300 of output, at USD 0.15, 0.075 and 0.60 a million.
      cost_micro: 28_500,
    });
    expect(await remaining(account)).toBe(GRANT - 28_500);
    expect(await readBooks(sandbox, account.account_id)).toEqual({
      violations: [],
      chargesMicro: [28_500],
      openHolds: [],
    });
    expect(await waiting(account)).toBe(0);
  });

  it('cost what the provider reports, where it reports a cost', async () => {
    const account = await newAccount();
    await script(account, { respond: { cost_usd: 0.0125 } });
    expect((await ask(account)).usage).toMatchObject({ cost_micro: 1_250_000 });
    expect(await remaining(account)).toBe(GRANT - 1_250_000);
  });

  it('reach the SDK as errors of the provider, before anything is sent, and cost nothing', async () => {
    const account = await newAccount();
    const error = { status: 429, message: 'Slow down.', headers: { 'retry-after': '7' } };
    await script(account, { respond: { error } });
    const refused = await ask(account).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(APIError);
    expect(refused).toMatchObject({ status: 429, message: expect.stringContaining('Slow down.') });
    expect((refused as APIError).headers?.get('retry-after')).toBe('7');
    expect(await remaining(account)).toBe(GRANT);
    expect(await completionText(account)).toMatch(/^Hello from/);
  });

  it('break a stream off by an error in its middle', async () => {
    const account = await newAccount();
    await script(account, { respond: { error_mid_stream: { after_chunks: 2, message: 'Out of steam.' } } });
    await expect(readStream(account)).rejects.toThrow('Out of steam.');
  });

  it('cut a stream, and its cost stays reserved, because it is not known', async () => {
    const account = await newAccount();
    await script(account, { respond: { disconnect: { after_chunks: 1 } } });
    await expect(readStream(account)).rejects.toThrow();
    await expect.poll(async () => (await readBooks(sandbox, account.account_id)).openHolds[0]?.state).toBe('uncertain');
    const { openHolds, violations } = await readBooks(sandbox, account.account_id);
    expect(violations).toEqual([]);
    expect(await remaining(account)).toBe(GRANT - Number(openHolds[0]?.boundMicro));
  });

  it('wait before the answer for as long as was asked', async () => {
    const account = await newAccount();
    await script(account, { respond: { text: 'late', delay_ms: { before_headers: 8_000 } } });
    const inTime = { timeout: 2_000 };
    await expect(sdk(account).chat.completions.create(question, inTime)).rejects.toThrow(/timed out/);
    expect(await completionText(account)).toMatch(/^Hello from/);
  });

  it('are those of the provider and the model that they name', async () => {
    const account = await newAccount();
    await script(account, { match: { provider: 'anthropic', model: 'claude-haiku-4-5' }, respond: { text: 'Salut.' } });
    expect(await completionText(account)).toMatch(/^Hello from/);
    const anthropic = new Anthropic({ baseURL: sandbox.proxy, apiKey: account.workspace_key, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    const { content } = await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 50, messages });
    expect(content).toEqual([expect.objectContaining({ text: 'Salut.' })]);
  });

  it('come with the account’s own key as well, and cost nothing there', async () => {
    const account = await newAccount();
    const url = `${sandbox.control_plane}/workspaces/${account.workspace_id}/ai-config`;
    const headers = { authorization: `Bearer ${account.api_key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ mode: 'byok', provider: 'openai', api_key: 'sk-my-own' });
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
    await script(account, { respond: { text: 'mine' } });
    expect(await completionText(account)).toBe('mine');
    expect(await remaining(account)).toBe(GRANT);
  });
});

describe('a script', () => {
  it('is its account’s alone, however many accounts call at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 6 }, newAccount));
    await Promise.all(
      accounts.map((account, index) => script(account, { times: 3, respond: { text: `answer ${index}` } })),
    );
    const bystander = await newAccount();
    await Promise.all([
      ...accounts.flatMap((account, index) =>
        Array.from({ length: 3 }, async () => expect(await completionText(account)).toBe(`answer ${index}`)),
      ),
      ...Array.from({ length: 3 }, async () => expect(await completionText(bystander)).toMatch(/^Hello from/)),
    ]);
    for (const account of accounts) expect(await waiting(account)).toBe(0);
  });

  it('takes the place of what was waiting, and an empty one takes everything back', async () => {
    const account = await newAccount();
    await script(account, { times: 5, respond: { text: 'first' } });
    await script(account, { times: 2, respond: { text: 'second' } });
    expect(await waiting(account)).toBe(2);
    expect(await completionText(account)).toBe('second');
    expect(await script(account)).toEqual({ waiting: 0 });
    expect(await completionText(account)).toMatch(/^Hello from/);
  });

  it('with a rule that contradicts itself is refused as a whole, and leaves what was waiting', async () => {
    const account = await newAccount();
    await script(account, { respond: { text: 'kept' } });
    const contradictions = [
      { omit_usage: true, usage: { input_tokens: 1, output_tokens: 1 } },
      { usage: { input_tokens: 1, output_tokens: 1, cached_input_tokens: 2 } },
      { truncate: { after_chunks: 1 }, error: { status: 500 } },
    ];
    for (const respond of contradictions) {
      const body = { answers: [{ respond: {} }, { respond }] };
      const { response, error } = await controls.PUT('/accounts/{account_id}/answers', { ...at(account), body });
      expect({ status: response.status, code: error?.error.code }).toEqual({ status: 400, code: 'invalid_request' });
    }
    expect(await completionText(account)).toBe('kept');
  });

  it('ends with its account, and a reset takes it from a demo account', async () => {
    const account = await newAccount();
    const demo = sandbox.accounts.funded;
    await script(account, { respond: { text: 'gone' } });
    await script({ ...demo, now: '' }, { respond: { text: 'gone' } });
    await ok(controls.DELETE('/accounts/{account_id}', at(account)));
    expect(await waiting(account)).toBe(0);
    await ok(controls.POST('/reset'));
    expect(await waiting({ ...demo, now: '' })).toBe(0);
  });
});

it('is refused where every provider has a real key: there is no stub', async () => {
  const keys = { RIGKIT_OPENAI_API_KEY: 'sk-a', RIGKIT_ANTHROPIC_API_KEY: 'sk-b', RIGKIT_GOOGLE_API_KEY: 'sk-c' };
  const real = await startTestSandbox(keys);
  const path = { account_id: real.accounts.other.account_id };
  const request = { params: { path }, body: { answers: [] } };
  const { response, error } = await controlsClient(real).PUT('/accounts/{account_id}/answers', request);
  expect(response.status).toBe(400);
  expect(error?.error.message).toContain('there is no stub to script');
  await real.close();
});

it('takes every field that the document has', async () => {
  const account = await newAccount();
  const match = { provider: 'openai', operation: 'chat.completions', model: 'm', body_includes: 'x' } as const;
  const counts = { cached_input_tokens: 1, cache_write_5m_tokens: 1, cache_write_1h_tokens: 1, reasoning_tokens: 1 };
  const more = { thoughts_tokens: 1, tool_use_prompt_tokens: 1, web_search_requests: 1 };
  const usage = { input_tokens: 3, output_tokens: 1, ...counts, ...more };
  const delay_ms = { before_headers: 1, between_chunks: 1 };
  const failure = { status: 500, code: 'c', message: 'm', type: 't', reports_usage: true };
  const answers: SandboxAnswers['answers'] = [
    { match, times: 2, respond: { usage, cost_usd: 1, text: 't', chunks: 2, delay_ms, chunking: { bytes: 3 } } },
    { match, respond: { error: { ...failure, headers: { 'x_under-score': '1' } }, chunking: 'crlf' } },
    { match, respond: { error_mid_stream: { ...failure, after_chunks: 1 }, omit_usage: true } },
    { match, respond: { disconnect: 'before-headers' } },
    { match, respond: { truncate: { after_chunks: 0 } } },
  ];
  expect(await script(account, ...answers)).toEqual({ waiting: 6 });
});

it('leaves the names of scripted headers as they are', async () => {
  const account = await newAccount();
  await script(account, { respond: { error: { status: 503, headers: { 'x-odd_name': 'as it is' } } } });
  const session = `${sandbox.stub}/sessions/${account.account_id}/openai/v1/models`;
  const { headers } = await fetch(session, { headers: { authorization: 'Bearer sk-any' } });
  expect(headers.get('x-odd_name')).toBe('as it is');
});

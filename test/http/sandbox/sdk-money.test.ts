import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoName } from '../../../cli/sandbox-file.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox?.close());

const openai = (name: DemoName) =>
  new OpenAI({ baseURL: `${sandbox.proxy}/v1`, apiKey: sandbox.accounts[name].workspace_key });
const question = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hello there' }] };

/** How much the funded account has less after `call`. */
async function spentBy<T>(call: () => Promise<T>): Promise<{ answer: T; spentMicro: number }> {
  const before = await sandbox.remainingMicro('funded');
  const answer = await call();
  return { answer, spentMicro: before - (await sandbox.remainingMicro('funded')) };
}

describe('the official SDKs, pointed at the sandbox', () => {
  it('openai gets an answer, and credits fall by exactly its cost', async () => {
    const { answer, spentMicro } = await spentBy(() =>
      openai('funded').chat.completions.create(question).withResponse(),
    );
    const { data, response } = answer;
    expect(data.choices[0]?.message.content).toContain('Hello there');
    expect(spentMicro).toBeGreaterThan(0);
    expect(response.headers.get('x-rigbox-cost-micro')).toBe(String(spentMicro));
    expect(data.usage).toMatchObject({ cost_micro: spentMicro, cost_credits: spentMicro / 1_000_000 });
  });

  it('openai streams, and the final usage chunk carries exactly what credits fell by', async () => {
    const { answer, spentMicro } = await spentBy(async () => {
      const stream = await openai('funded').chat.completions.create({
        ...question,
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let usage: object | null | undefined;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
      }
      return { text, usage };
    });
    expect(answer.text).toContain('Hello there');
    expect(spentMicro).toBeGreaterThan(0);
    expect(answer.usage).toMatchObject({ cost_micro: spentMicro });
  });

  it('charges a stream whose caller did not ask for usage, and shows it no chunk without choices', async () => {
    const { answer, spentMicro } = await spentBy(async () => {
      const lengths: number[] = [];
      const stream = await openai('funded').chat.completions.create({ ...question, stream: true });
      for await (const chunk of stream) lengths.push(chunk.choices.length);
      return lengths;
    });
    expect(answer.length).toBeGreaterThan(1);
    expect(answer).not.toContain(0);
    expect(spentMicro).toBeGreaterThan(0);
  });

  it('anthropic gets an answer that is charged', async () => {
    const client = new Anthropic({ baseURL: sandbox.proxy, apiKey: sandbox.accounts.funded.workspace_key });
    const { answer, spentMicro } = await spentBy(() =>
      client.messages
        .create({ model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: 'Hello there' }] })
        .withResponse(),
    );
    expect(answer.data.content[0]).toMatchObject({ type: 'text' });
    expect(answer.response.headers.get('x-rigbox-cost-micro')).toBe(String(spentMicro));
    expect(spentMicro).toBeGreaterThan(0);
  });

  it('genai gets an answer that is charged', async () => {
    const client = new GoogleGenAI({
      apiKey: sandbox.accounts.funded.workspace_key,
      httpOptions: { baseUrl: sandbox.proxy },
    });
    const { answer, spentMicro } = await spentBy(() =>
      client.models.generateContent({ model: 'gemini-2.5-flash', contents: 'Hello there' }),
    );
    expect(answer.text).toContain('Hello there');
    expect(spentMicro).toBeGreaterThan(0);
  });

  it('ai-usage shows them today, under the workspace, and the sums agree with the credits', async () => {
    const { data: usage } = await sandbox.as('funded').GET('/users/me/ai-usage');
    const { data: credits } = await sandbox.as('funded').GET('/users/me/credits');
    const spent = (credits?.total_micro ?? 0) - (credits?.remaining_micro ?? 0);
    const today = new Date().toISOString().slice(0, 10);
    expect(usage?.daily).toMatchObject([{ day: today, requests: 5, credits_micro: spent }]);
    expect(usage?.by_workspace).toMatchObject([
      { workspace_id: sandbox.accounts.funded.workspace_id, requests: 5, credits_micro: spent },
    ]);
  });

  it('the exhausted account gets an APIError 402 with a readable message, and no provider sees the call', async () => {
    const before = (await sandbox.stubCalls()).length;
    const error = await openai('exhausted')
      .chat.completions.create(question)
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({
      status: 402,
      code: 'insufficient_credits',
      message: expect.stringMatching(/credits/i),
    });
    expect((await sandbox.stubCalls()).length).toBe(before);
  });
});

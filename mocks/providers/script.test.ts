import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postChat } from './fixtures/reading.ts';
import { ScriptError, type ScriptRule, type StubProviders, startStubProviders } from './index.ts';
import { parseRule } from './script.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

async function answerTo(fields = {}): Promise<string | undefined> {
  const completion = (await (await postChat(stub, fields)).json()) as { choices: { message: { content: string } }[] };
  return completion.choices[0]?.message.content;
}

test('uses a rule once when it does not say how often, then falls back to the default', async () => {
  stub.script({ respond: { text: 'once' } });
  expect(await answerTo()).toBe('once');
  expect(await answerTo()).toMatch(/^Hello from/);
  expect(stub.calls.map(({ scripted }) => scripted)).toEqual([true, false]);
});

test('uses rules up in the order in which they came', async () => {
  stub.script({ respond: { text: 'first' }, times: 2 });
  stub.script({ respond: { text: 'second' } });
  expect([await answerTo(), await answerTo(), await answerTo()]).toEqual(['first', 'first', 'second']);
});

test.each<ScriptRule['match']>([
  { provider: 'anthropic' },
  { operation: 'responses' },
  { model: 'gpt-4o' },
  { bodyIncludes: 'Bye' },
  { provider: 'openai', operation: 'chat.completions', model: 'gpt-4o-mini', bodyIncludes: 'Bye' },
])('leaves a rule waiting when a call does not match %j in every field', async (match) => {
  stub.script({ match, respond: { text: 'matched' } });
  expect(await answerTo()).toMatch(/^Hello from/);
});

test('passes over a rule that does not match to a later one that does', async () => {
  stub.script({ match: { model: 'gpt-4o' }, respond: { text: 'other' } });
  stub.script({ match: { model: 'gpt-4o-mini', bodyIncludes: '"Hi"' }, respond: { text: 'mine' } });
  expect(await answerTo()).toBe('mine');
  expect(await answerTo({ model: 'gpt-4o' })).toBe('other');
});

test('uses up no rule on a call that the stub refuses by itself', async () => {
  stub.script({ respond: { text: 'kept' } });
  expect((await postChat(stub, { messages: [] })).status).toBe(400);
  expect((await fetch(`${stub.openaiBaseUrl}/chat/completions`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await answerTo()).toBe('kept');
});

test('forgets calls and scripts on reset, and goes on numbering', async () => {
  stub.script({ respond: { text: 'forgotten' } });
  const before = (await (await postChat(stub)).json()) as { id: string };
  stub.script({ respond: { text: 'forgotten' } });
  stub.reset();
  expect(stub.calls).toEqual([]);
  expect(await answerTo()).toMatch(/^Hello from/);
  expect(stub.calls[0]?.id).not.toBe(`call-${Number(before.id.slice(-6))}`);
});

test.each([
  [{ respond: { usge: {} } }, 'respond', 'usge'],
  [{ mach: {}, respond: {} }, '', 'mach'],
  [{ match: { provider: 'mistral' }, respond: {} }, 'match.provider', 'openai'],
  [{ match: { operation: 'chat' }, respond: {} }, 'match.operation', 'chat.completions'],
  [{ times: 0, respond: {} }, 'times', '1'],
  [{ respond: { usage: { inputTokens: 1 } } }, 'respond.usage.outputTokens', 'number'],
  [{ respond: { usage: { inputTokens: 1.5, outputTokens: 1 } } }, 'respond.usage.inputTokens', 'int'],
  [
    { respond: { usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 2 } } },
    'respond.usage.inputTokens',
    'sum',
  ],
  [
    { respond: { usage: { inputTokens: 1, outputTokens: 1, reasoningTokens: 2 } } },
    'respond.usage.outputTokens',
    'less',
  ],
  [{ respond: { error: { status: 200 } } }, 'respond.error.status', '300'],
  [{ respond: { error: { status: 500, headers: { 'x y': '1' } } } }, 'respond.error.headers', 'header'],
  [{ respond: { error: { status: 500 }, disconnect: 'before-headers' } }, 'respond', 'only one'],
  [{ respond: { omitUsage: true, usage: { inputTokens: 1, outputTokens: 1 } } }, 'respond', 'omit'],
  [{ respond: { chunking: 'bytes' } }, 'respond.chunking', ''],
  [{ respond: { delayMs: { beforeHeaders: -1 } } }, 'respond.delayMs.beforeHeaders', '0'],
  [{}, 'respond', ''],
  ['rule', '', 'object'],
])('refuses the rule %j and says where', (rule, path, hint) => {
  const thrown = (() => {
    try {
      return parseRule(rule);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(ScriptError);
  const { problems, message } = thrown as ScriptError;
  expect(problems[0]?.path).toBe(path);
  expect(problems[0]?.message).toContain(hint);
  expect(message).toMatch(/^Invalid script rule: /);
});

test('queues nothing when it refuses a rule', async () => {
  const typo = { respond: { txt: 'typo' } } as ScriptRule;
  expect(() => stub.script(typo)).toThrow('respond: Unrecognized key: "txt"');
  expect(await answerTo()).toMatch(/^Hello from/);
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ScriptError, type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

async function ask(baseUrl: string, content = 'Hi') {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] }),
  });
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content;
}
const askIn = (name: string) => ask(stub.session(name).baseUrls.openai);

test('a session’s script applies to the calls of that session, and to no others', async () => {
  stub.session('ann').script([{ respond: { text: 'for Ann' } }]);
  expect(await askIn('bob')).toMatch(/^Hello from/);
  expect(await ask(stub.openaiBaseUrl)).toMatch(/^Hello from/);
  expect(await askIn('ann')).toBe('for Ann');
  expect(await askIn('ann')).toMatch(/^Hello from/);
});

test('a call of a session that none of its scripts matches is served by the scripts for all callers', async () => {
  stub.session('ann').script([{ match: { bodyIncludes: 'never' }, respond: { text: 'for Ann' } }]);
  stub.script({ respond: { text: 'for all' } });
  expect(await askIn('ann')).toBe('for all');
  expect(stub.session('ann').pending()).toBe(1);
});

test('a new script replaces what was waiting; a script with a wrong rule changes nothing', async () => {
  const session = stub.session('ann');
  session.script([{ times: 3, respond: { text: 'old' } }]);
  expect(() => session.script([{ respond: {} }, { respond: { chunks: 0 } }])).toThrow(ScriptError);
  expect(session.pending()).toBe(3);
  session.script([{ respond: { text: 'new' } }]);
  expect(session.pending()).toBe(1);
  expect(await askIn('ann')).toBe('new');
});

test('a reset forgets the scripts of sessions too', async () => {
  stub.session('ann').script([{ respond: { text: 'forgotten' } }]);
  stub.reset();
  expect(await askIn('ann')).toMatch(/^Hello from/);
});

test('an unknown path of a session is refused as by the provider', async () => {
  const response = await fetch(`${stub.session('ann').baseUrls.anthropic}/v1/files`);
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 404,
    body: { type: 'error' },
  });
});

test('a name that cannot stand in a path throws', () => {
  for (const name of ['', '..', 'a/b', 'a b', 'a?b']) expect(() => stub.session(name)).toThrow(RangeError);
});

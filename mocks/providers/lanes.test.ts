import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ScriptError, type StubProviders, startStubProviders } from './index.ts';

let stub: StubProviders;
beforeAll(async () => {
  stub = await startStubProviders();
});
afterEach(() => stub.reset());
afterAll(() => stub.close());

async function ask(baseUrl: string, content = 'Hi') {
  const answer = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] }),
  });
  const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content;
}
const by = (name: string) => ask(stub.lane(name).baseUrls.openai);

test('a lane’s script answers the calls that come by it, and no others', async () => {
  stub.lane('ann').script([{ respond: { text: 'for Ann' } }]);
  expect(await by('bob')).toMatch(/^Hello from/);
  expect(await ask(stub.openaiBaseUrl)).toMatch(/^Hello from/);
  expect(await by('ann')).toBe('for Ann');
  expect(await by('ann')).toMatch(/^Hello from/);
});

test('a call by a lane without a matching script is answered as scripted for everybody', async () => {
  stub.lane('ann').script([{ match: { bodyIncludes: 'never' }, respond: { text: 'for Ann' } }]);
  stub.script({ respond: { text: 'for all' } });
  expect(await by('ann')).toBe('for all');
  expect(stub.lane('ann').pending()).toBe(1);
});

test('a new script takes the place of what was waiting, and one with a wrong rule leaves it', async () => {
  const lane = stub.lane('ann');
  lane.script([{ times: 3, respond: { text: 'old' } }]);
  expect(() => lane.script([{ respond: {} }, { respond: { chunks: 0 } }])).toThrow(ScriptError);
  expect(lane.pending()).toBe(3);
  lane.script([{ respond: { text: 'new' } }]);
  expect(lane.pending()).toBe(1);
  expect(await by('ann')).toBe('new');
});

test('a reset forgets the scripts of lanes too', async () => {
  stub.lane('ann').script([{ respond: { text: 'forgotten' } }]);
  stub.reset();
  expect(await by('ann')).toMatch(/^Hello from/);
});

test('an unknown path of a lane is refused as by the provider', async () => {
  const answer = await fetch(`${stub.lane('ann').baseUrls.anthropic}/v1/files`);
  expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 404, body: { type: 'error' } });
});

test('a name that no path can hold is none', () => {
  for (const name of ['', '..', 'a/b', 'a b', 'a?b']) expect(() => stub.lane(name)).toThrow(RangeError);
});

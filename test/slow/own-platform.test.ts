import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import { type Running, start } from '../harness/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-own-platform-'));
const PLATFORM_KEY = 'sk-own-platform-3f07';
let stub: StubProviders;
let platform: Running;
let url: string;

beforeAll(async () => {
  stub = await startStubProviders({ keys: { openai: [PLATFORM_KEY] } });
  platform = await launch();
  url = `http://127.0.0.1:${/port: (\d+)/.exec(platform.output())?.[1]}`;
});

afterAll(async () => {
  await platform?.stop();
  await stub?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As its first lines say that it is run, but for where its provider and its data are. */
function launch(): Promise<Running> {
  return start(process.execPath, ['examples/own-platform.ts'], /ready: \{[^}]*\}/, {
    env: {
      OPENAI_API_KEY: PLATFORM_KEY,
      OPENAI_BASE_URL: stub.openaiBaseUrl,
      PORT: '0',
      DATABASE: join(folder, 'own.sqlite'),
    },
  });
}

const openai = (apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const question = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hello there' }] };
const remainingMicro = async () => {
  const answer = await fetch(`${url}/credits/ada`);
  return ((await answer.json()) as { remaining_micro: number }).remaining_micro;
};

describe('a platform that mounts the proxy with a workspace lookup of its own', () => {
  it('answers the SDK of a workspace it knows, and charges its account to the microcredit', async () => {
    const before = await remainingMicro();
    const { data, response } = await openai('wk-ada').chat.completions.create(question).withResponse();
    expect(data.choices[0]?.message.content).toContain('Hello there');
    const cost = Number(response.headers.get('x-rigbox-cost-micro'));
    expect(cost).toBeGreaterThan(0);
    expect(before - (await remainingMicro())).toBe(cost);
  });

  it('refuses a key that it does not know, and no provider hears of it', async () => {
    const calls = stub.calls.length;
    await expect(openai('wk-eve').chat.completions.create(question)).rejects.toMatchObject({ status: 401 });
    expect(stub.calls).toHaveLength(calls);
  });

  it('refuses a call that the credits do not cover, and its own routes go on', async () => {
    const costly = openai('wk-ada').chat.completions.create({ ...question, model: 'gpt-4o', n: 128 });
    const error = await costly.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 402, code: 'insufficient_credits' });
    expect(await remainingMicro()).toBeGreaterThan(0);
  });

  it('ends cleanly when asked, and still knows what was spent when it is started again', async () => {
    const before = await remainingMicro();
    expect(await platform.stop()).toBe(0);
    platform = await launch();
    url = `http://127.0.0.1:${/port: (\d+)/.exec(platform.output())?.[1]}`;
    expect(await remainingMicro()).toBe(before);
  });
});

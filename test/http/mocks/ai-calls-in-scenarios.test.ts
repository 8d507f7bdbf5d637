import Anthropic from '@anthropic-ai/sdk';
import { setupServer } from 'msw/node';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readOperations } from '../../../contract/operation.ts';
import { managedProxyDocument } from '../../../generated/bundles.ts';
import { type ScenarioName, scenarioNames } from '../../../generated/scenarios.ts';
import { rigkitMocks } from '../../../mocks/msw/index.ts';
import { type Mock, startMock } from '../../../mocks/prism/mock-server.ts';

const BROWSER = 'https://in-the-browser.test';
const mocks = rigkitMocks({ controlPlaneUrl: `${BROWSER}/api/v1`, proxyUrl: BROWSER });
const server = setupServer(...mocks.handlers);
let mock: Mock;
beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'bypass' });
  mock = await startMock();
});
afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await mock.close();
});

const operations = readOperations(managedProxyDocument).filter(({ path }) => !path.startsWith('/rig/'));
const places = [() => mock.proxyUrl, () => BROWSER];

/** What both mocks answer, which has to be the same. */
async function answersTo({ method, path }: (typeof operations)[number], prefer: string) {
  const filled = path.replace('{version}', 'v1beta').replace(/\{\w+\}/g, 'gemini-2.5-flash');
  const init = {
    method,
    headers: { ...JSON_CALL, prefer },
    ...(method === 'POST' && { body: bodyFor(path) }),
  };
  const [served, intercepted] = await Promise.all(
    places.map(async (origin) => {
      const answer = await fetch(origin() + filled, init);
      return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
    }),
  );
  expect(intercepted).toEqual(served);
  return served ?? expect.fail('nothing is served');
}

const JSON_CALL = { authorization: 'Bearer k', 'content-type': 'application/json' };
const HI = [{ role: 'user' as const, content: 'Hi' }];
const PARTS = { parts: [{ text: 'Hi' }] };

/** One body that every operation of its API takes. */
function bodyFor(path: string): string {
  const embeddings = { requests: [{ model: 'models/m', content: PARTS }] };
  if (path.includes('batchEmbed')) return JSON.stringify(embeddings);
  if (path.includes('embedContent')) return JSON.stringify({ content: PARTS });
  if (path.startsWith('/google/')) return JSON.stringify({ contents: [PARTS] });
  return JSON.stringify({ model: 'm', messages: HI, max_tokens: 9, prompt: 'Hi', input: 'Hi' });
}

/** Lists of models and counts of tokens cost nothing, and they are never refused for want of credits. */
const isFree = ({ path }: (typeof operations)[number]) => /models$|count_?tokens$/i.test(path);
const metered = operations.filter((operation) => !isFree(operation));
const free = operations.filter(isFree);

describe.each(metered)('$method $path', (operation) => {
  it('is refused in `exhausted`, in the words of its API', async () => {
    const { status, type, body } = await answersTo(operation, 'scenario=exhausted');
    expect({ status, type }).toEqual({ status: 402, type: 'application/json' });
    expect(JSON.parse(body)).toMatchObject(refusedAs(operation.path, 'insufficient_credits'));
  });
});

describe.each(free)('$method $path', (operation) => {
  it('is free, and answered in `exhausted` as ever', async () => {
    expect((await answersTo(operation, 'scenario=exhausted')).status).toBe(200);
  });
});

describe.each(operations)('$method $path', (operation) => {
  it('is refused in `missing-key`, in the words of its API', async () => {
    const { status, type, body } = await answersTo(operation, 'scenario=missing-key');
    expect({ status, type }).toEqual({ status: 400, type: 'application/json' });
    expect(JSON.parse(body)).toMatchObject(refusedAs(operation.path, 'invalid_missing_key'));
  });

  it.each(scenarioNames.filter((name) => name !== 'exhausted' && name !== 'missing-key'))(
    'is answered in `%s`',
    async (scenario: ScenarioName) => {
      expect((await answersTo(operation, `scenario=${scenario}`)).status).toBe(200);
    },
  );

  it('is answered as the request prefers, where it names an answer', async () => {
    for (const scenario of ['exhausted', 'missing-key']) {
      expect((await answersTo(operation, `scenario=${scenario}, code=200`)).status).toBe(200);
      expect((await answersTo(operation, `scenario=${scenario}, code=500`)).status).toBe(500);
    }
  });
});

it('a path that several APIs share refuses in the words of the one whose SDK calls', async () => {
  for (const [header, body] of [
    ['anthropic-version', { type: 'error', error: { code: 'invalid_missing_key' } }],
    ['x-goog-api-key', { error: { details: [{ reason: 'invalid_missing_key' }] } }],
  ] as const) {
    for (const origin of places) {
      const headers = { ...(header !== 'x-goog-api-key' && JSON_CALL), [header]: 'k', prefer: 'scenario=missing-key' };
      const answer = await fetch(`${origin()}/v1/models`, { headers });
      expect([answer.status, await answer.json()]).toMatchObject([400, body]);
    }
  }
});

function refusedAs(path: string, code: string): object {
  if (path.startsWith('/google/')) return { error: { details: [{ reason: code }] } };
  if (path.startsWith('/anthropic/') || path.startsWith('/v1/messages')) return { type: 'error', error: { code } };
  return { error: { code, type: 'rigbox_gateway_error' } };
}

describe('handlers that are put into `exhausted`', () => {
  it('refuse the calls of official SDKs, until one operation is overridden', async () => {
    const openai = new OpenAI({ baseURL: `${BROWSER}/v1`, apiKey: 'k', maxRetries: 0 });
    const anthropic = new Anthropic({ baseURL: BROWSER, apiKey: 'k', maxRetries: 0 });
    const chat = (stream: boolean) => openai.chat.completions.create({ model: 'm', messages: HI, stream });
    const message = () => anthropic.messages.create({ model: 'm', max_tokens: 9, messages: HI });
    server.use(...mocks.inScenario('exhausted'));
    await expect(chat(false)).rejects.toMatchObject({ status: 402, code: 'insufficient_credits' });
    await expect(chat(true)).rejects.toMatchObject({ status: 402, code: 'insufficient_credits' });
    await expect(message()).rejects.toMatchObject({ status: 402 });
    server.use(mocks.override('createChatCompletion', { code: 200 }));
    expect(await chat(false)).toHaveProperty('choices');
    await expect(message()).rejects.toMatchObject({ status: 402 });
  });
});

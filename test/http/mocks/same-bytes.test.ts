import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperations } from '../../../contract/operation.ts';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import { type Scenario, type ScenarioName, scenarios } from '../../../generated/scenarios.ts';
import { rigkitHandlers } from '../../../mocks/msw/index.ts';
import { type Mock, startMock } from '../../../mocks/prism/mock-server.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';
import { controlsClient, ok } from '../sandbox/controls.ts';

const BROWSER = 'https://in-the-browser.test';
const CHAOS = { likelihood: 0.4, seed: 20 };

/** What the sandbox answers of itself: how full its node is, and which templates it has. */
const NOT_OF_THE_ACCOUNT = ['/capacity', '/templates'];

/** Where a loaded account differs from the examples, and why it has to. In everything else it is the same, byte by byte. */
const OWN = new Map([
  ['id', 'ids of workspaces and keys are never given twice, and a scenario can be loaded as often as there are tests'],
  ['user_id', 'nor are those of accounts'],
  ['workspace_id', 'as the workspace has it'],
  ['ip_address', 'two workspaces never have the same'],
  ['key_preview', 'it is the beginning of a key, and keys are random'],
]);
/** Where all of them stand. */
const LISTS = ['/workspaces', '/api-keys', '/users/me/ai-usage'];

const server = setupServer();
let mock: Mock | undefined;
let sandbox: TestSandbox;
beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'bypass' });
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  server.close();
  await sandbox.close();
});

const templates = readOperations(controlPlaneDocument).filter(({ method }) => method === 'GET');

const RANGES = ['1h', '6h', '24h', '7d'];

/** Every read of the account, with each of its workspaces and each range. */
function readPaths({ workspaces }: Scenario): string[] {
  const ids = [...workspaces.map(({ id }) => id), 'ws-unknown'];
  const queries = ['', ...RANGES.map((range) => `?range=${range}`)];
  return templates
    .flatMap(({ path }) => (path.includes('{id}') ? ids.map((id) => path.replace('{id}', id)) : [path]))
    .flatMap((path) => (path.includes('/metrics') ? queries.map((query) => path + query) : [path]));
}

/** What both mocks answer to the same reads in the same order. */
async function bothRead(scenario: Scenario<ScenarioName>, chaos?: typeof CHAOS) {
  mock = await startMock({ scenario: scenario.name, ...(chaos && { chaos }) });
  server.use(
    ...rigkitHandlers({
      controlPlaneUrl: `${BROWSER}/api/v1`,
      proxyUrl: BROWSER,
      scenario: scenario.name,
      ...(chaos && { chaos }),
    }),
  );
  const served: string[] = [];
  const intercepted: string[] = [];
  for (const path of readPaths(scenario)) {
    served.push(await read(mock.controlPlaneUrl + path));
    intercepted.push(await read(`${BROWSER}/api/v1${path}`));
  }
  await mock.close();
  server.resetHandlers();
  return { served, intercepted };
}

async function read(url: string, key = 'rb_x'): Promise<string> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  return `${answer.status} ${answer.headers.get('x-rigkit-mock')} ${await answer.text()}`;
}

/** What the sandbox answers once the scenario is loaded, with the account's own ids in the words of the examples. */
async function sandboxReads(scenario: Scenario<ScenarioName>, served: readonly string[]): Promise<string[]> {
  const paths = readPaths(scenario);
  const path = { name: scenario.name };
  const { api_key } = await ok(controlsClient(sandbox).POST('/scenarios/{name}', { params: { path } }));
  const get = (at: string) => read(sandbox.control_plane + at, api_key);
  const pairs: [own: string, example: string][] = [];
  for (const list of LISTS) {
    pairs.push(...differing(parseBody(await get(list)), parseBody(served[paths.indexOf(list)] ?? '')));
  }
  const exampleByOwn = new Map(pairs);
  const ownByExample = new Map(pairs.map(([own, example]) => [example, own]));
  expect(ownByExample.size).toBe(exampleByOwn.size);
  const answers: string[] = [];
  for (const one of paths) {
    const text = await get(one.replace(/ws-\w+/, (id) => ownByExample.get(id) ?? id));
    answers.push(text.replace(JSON_STRING, (quoted, value) => JSON.stringify(exampleByOwn.get(value)) ?? quoted));
  }
  return answers;
}

const JSON_STRING = /"((?:[^"\\]|\\.)*)"/g;

const parseBody = (text: string): unknown => JSON.parse(text.slice(text.indexOf('{')));

/** The values that may differ, and do stand at the same place. */
function differing(own: unknown, example: unknown, name = ''): [own: string, example: string][] {
  if (typeof own === 'string') return OWN.has(name) ? [[own, String(example)]] : [];
  const members = Object.entries(own ?? {});
  return members.flatMap(([key, value]) => differing(value, Reflect.get(Object(example), key), key));
}

describe.each(Object.values(scenarios))('in the scenario $name', (scenario) => {
  it('the mock server, the browser handlers and the sandbox answer with the same bytes', async () => {
    const { served, intercepted } = await bothRead(scenario);
    expect(intercepted).toEqual(served);
    expect(served.filter((text) => text.startsWith('200 ')).length).toBeGreaterThan(8);
    const isOfAccount = (_: string, index: number) => !NOT_OF_THE_ACCOUNT.includes(readPaths(scenario)[index] ?? '');
    expect((await sandboxReads(scenario, served)).filter(isOfAccount)).toEqual(served.filter(isOfAccount));
  });
});

it('the same seed brings the same chaos to the mock server and to the browser handlers', async () => {
  const { served, intercepted } = await bothRead(scenarios['busy-month'], CHAOS);
  expect(intercepted).toEqual(served);
  expect(served.filter((text) => / chaos /.test(text)).length).toBeGreaterThan(2);
});

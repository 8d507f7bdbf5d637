import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { type Scenario, type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { operationsOf } from '../../mocks/answers/documented.ts';
import { rigkitHandlers } from '../../mocks/msw/index.ts';
import { type Mock, startMock } from '../../mocks/prism/mock-server.ts';

const BROWSER = 'https://in-the-browser.test';
const CHAOS = { likelihood: 0.4, seed: 20 };

const server = setupServer();
let mock: Mock | undefined;
beforeAll(() => server.listen({ onUnhandledFrame: 'bypass' }));
afterAll(() => server.close());

const templates = operationsOf(controlPlaneDocument).filter(({ method }) => method === 'get');

/** Every read of the account, with each of its workspaces and each range. */
function pathsOf({ workspaces }: Scenario): string[] {
  const ids = [...workspaces.map(({ id }) => id), 'ws-of-nobody'];
  return templates
    .flatMap(({ path }) => (path.includes('{id}') ? ids.map((id) => path.replace('{id}', id)) : [path]))
    .flatMap((path) => (path.includes('/metrics') ? ['1h', '7d'].map((range) => `${path}?range=${range}`) : [path]));
}

/** What both answer to the same reads in the same order. */
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
  for (const path of pathsOf(scenario)) {
    served.push(await read(mock.controlPlaneUrl + path));
    intercepted.push(await read(`${BROWSER}/api/v1${path}`));
  }
  await mock.close();
  server.resetHandlers();
  return { served, intercepted };
}

async function read(url: string): Promise<string> {
  const answer = await fetch(url, { headers: { authorization: 'Bearer rb_x' } });
  return `${answer.status} ${answer.headers.get('x-rigkit-mock')} ${await answer.text()}`;
}

describe.each(Object.values(scenarios))('in the scenario $name', (scenario) => {
  it('the mock server and the browser handlers answer with the same bytes', async () => {
    const { served, intercepted } = await bothRead(scenario);
    expect(intercepted).toEqual(served);
    expect(served.filter((text) => text.startsWith('200 ')).length).toBeGreaterThan(8);
  });
});

it('the same seed brings the same chaos to the mock server and to the browser handlers', async () => {
  const { served, intercepted } = await bothRead(scenarios['busy-month'], CHAOS);
  expect(intercepted).toEqual(served);
  expect(served.filter((text) => / chaos /.test(text)).length).toBeGreaterThan(2);
});

import type { Command } from 'commander';
import { scenarioNames } from '../../generated/scenarios.ts';
import { type Mock, startMock } from '../../mocks/index.ts';
import { runUntilStopped } from '../command-line.ts';
import { addMockFlags, type MockFlags, mockSettings } from '../mock/mock-settings.ts';
import { requireCheckout, watchSpec } from '../mock/watch-spec.ts';

const PREFERENCES = `
A request can choose its response, by 'Prefer: NAME=VALUE, ...' or by the query parameter __NAME=VALUE:
  code         status; also an error that the operation does not document, then with x-rigkit-mock: undocumented
  example      name of an example of that status
  scenario     state of the account, as --scenario
  dynamic      true: a body generated from the schema; seed repeats it
  delay        milliseconds before the response
  first-token, rate, cut-after   for streams, as the flags of these names
`;

export function addMock(program: Command): void {
  const command = program.command('mock').description('serve the stateless mock of both APIs');
  addMockFlags(command)
    .addHelpText('after', PREFERENCES)
    .action(async (flags: Parameters<typeof mockSettings>[0]) => {
      const settings = mockSettings(flags);
      if (settings.watch) requireCheckout();
      await runUntilStopped(
        () => startWatched(settings),
        (mock) => mockWelcome(mock, settings),
      );
    });
}

async function startWatched(settings: ReturnType<typeof mockSettings>) {
  const mock = await startMock(settings);
  if (!settings.watch) return mock;
  const stopWatching = watchSpec(mock, console.log);
  return {
    ...mock,
    close: () => {
      stopWatching();
      return mock.close();
    },
  };
}

/** What `rigkit mock` prints when it is ready: commands to paste, one for each way to choose a response. */
function mockWelcome({ controlPlaneUrl, proxyUrl }: Mock, { chaos, scenario, watch }: MockFlags): string {
  const get = (path: string, prefer?: string) =>
    `  curl -s ${quoted(controlPlaneUrl + path)} -H 'Authorization: Bearer rb_any'${prefer ? ` -H 'Prefer: ${prefer}'` : ''}`;
  const stream = `  curl -sN ${proxyUrl}/v1/chat/completions -H 'Authorization: Bearer any' -H 'Content-Type: application/json' \\
    -H 'Prefer: first-token=800, rate=5, cut-after=3' \\
    -d '{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}'`;
  const lines = [
    `ready: control plane ${controlPlaneUrl}, proxy ${proxyUrl}`,
    '',
    'A state of the account; all operations agree:',
    get('/users/me/credits', 'scenario=almost-out'),
    `  (${scenarioNames.join(', ')})`,
    'A status, an example (by query parameters), an error that the contract does not document:',
    get('/users/me/credits', 'code=429'),
    get('/users/me/credits?__code=401&__example=duplicate-credentials'),
    get('/workspaces', 'code=503'),
    'A slow response, and a slow stream that is cut:',
    get('/workspaces', 'delay=1500'),
    stream,
    ...(scenario === undefined ? [] : ['', `Scenario: ${scenario}, unless a request names another.`]),
    ...(chaos === undefined
      ? []
      : ['', `Chaos: ${chaos.likelihood}; to replay it: --chaos ${chaos.likelihood} --seed ${chaos.seed}`]),
    ...(watch ? ['', 'Watching spec/.'] : []),
  ];
  return lines.join('\n');
}

function quoted(url: string): string {
  return url.includes('?') ? `'${url}'` : url;
}

import type { Command } from 'commander';
import { startMock } from '../../mocks/index.ts';
import { runUntilStopped } from '../command-line.ts';
import { addMockFlags, mockSettings } from '../mock/mock-settings.ts';
import { mockWelcome } from '../mock/mock-welcome.ts';
import { requireCheckout, watchSpec } from '../mock/watch-spec.ts';

const PREFERENCES = `
A request can ask for more, by 'Prefer: NAME=VALUE, ...' or by the query parameter __NAME=VALUE:
  code         status; an error that the operation does not document is answered too, with x-rigkit-mock: undocumented
  example      example of that status, by name
  scenario     state of the account, as --scenario
  dynamic      true: a body made up from the schema; seed repeats it
  delay        milliseconds before the answer
  first-token, rate, cut-after   of a stream, as the flags of these names
`;

export function addMock(program: Command): void {
  const command = program.command('mock').description('serve the stateless mock of both APIs, made from the spec');
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

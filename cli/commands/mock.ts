import { type Command, InvalidArgumentError } from 'commander';
import { startMock } from '../../mocks/index.ts';
import { runUntilStopped } from '../command-line.ts';

export function addMock(program: Command): void {
  program
    .command('mock')
    .description('serve the stateless mock of both APIs, made from the spec')
    .option('--host <address>', 'address to bind to', '127.0.0.1')
    .option('--port <port>', '0 picks a free one', portOf, 4010)
    .action(async ({ host, port }: { host: string; port: number }) => {
      await runUntilStopped(
        () => startMock({ host, port }),
        ({ controlPlaneUrl, proxyUrl }) =>
          `ready: control plane ${controlPlaneUrl}, proxy ${proxyUrl}
Ask for any answer of the contract: -H 'Prefer: code=402' or -H 'Prefer: example=NAME'`,
      );
    });
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('expected a port from 0 to 65535');
}

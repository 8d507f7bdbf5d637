#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { run } from './command-line.ts';

const program = new Command('rigkit')
  .description('the contract and mock kit for AI hosting platforms')
  .version(version())
  .showHelpAfterError('(rigkit COMMAND --help shows what it takes)')
  .exitOverride();

/** A command's module is loaded when it is called: all of them together would cost each call most of a second. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  sandbox: async () => (await import('./commands/sandbox.ts')).addSandbox,
  serve: async () => (await import('./commands/serve.ts')).addServe,
  mock: async () => (await import('./commands/mock.ts')).addMock,
  conformance: async () => (await import('./commands/conformance.ts')).addConformance,
  docs: async () => (await import('./commands/docs.ts')).addDocs,
  account: async () => (await import('./commands/account.ts')).addAccount,
  workspace: async () => (await import('./commands/workspace.ts')).addWorkspace,
  ledger: async () => (await import('./commands/ledger.ts')).addLedger,
  prices: async () => (await import('./commands/prices.ts')).addPrices,
  proxy: async () => (await import('./commands/proxy.ts')).addProxy,
};

const argv = process.argv.slice(2);
const called = commands[argv[0] ?? ''];
for (const load of called === undefined ? Object.values(commands) : [called]) (await load())(program);

process.exitCode = await run(program, argv);

/** The manifest stands beside `cli/` in a checkout and beside `dist/` in the package. */
function version(): string {
  const manifest = [new URL('../package.json', import.meta.url), new URL('../../package.json', import.meta.url)]
    .map((url) => {
      try {
        return JSON.parse(readFileSync(url, 'utf8')) as { version: string };
      } catch {
        return undefined;
      }
    })
    .find((found) => found !== undefined);
  return manifest?.version ?? 'unknown';
}

#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { run } from './command-line.ts';
import { addAccount } from './commands/account.ts';
import { addConformance } from './commands/conformance.ts';
import { addDocs } from './commands/docs.ts';
import { addMock } from './commands/mock.ts';
import { addProxy } from './commands/proxy.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addServe } from './commands/serve.ts';
import { addWorkspace } from './commands/workspace.ts';

const program = new Command('rigkit')
  .description('the contract and mock kit for AI hosting platforms')
  .version(version())
  .showHelpAfterError('(rigkit COMMAND --help shows what it takes)')
  .exitOverride();

for (const add of [addSandbox, addServe, addMock, addConformance, addAccount, addWorkspace, addProxy, addDocs]) {
  add(program);
}

process.exitCode = await run(program, process.argv.slice(2));

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

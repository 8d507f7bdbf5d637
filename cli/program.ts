import { Command } from 'commander';
import { run } from './command-line.ts';
import { manifest } from './manifest.ts';

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
  secrets: async () => (await import('./commands/secrets.ts')).addSecrets,
  prices: async () => (await import('./commands/prices.ts')).addPrices,
  proxy: async () => (await import('./commands/proxy.ts')).addProxy,
};

/** Runs `rigkit` with these arguments and answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  return run(await createProgram(argv[0]), argv);
}

/** With the command that is called, or with all of them where it is none. */
export async function createProgram(command = ''): Promise<Command> {
  const program = new Command('rigkit')
    .description('the contract and mock kit for AI hosting platforms')
    .version(manifest().version)
    .configureOutput({ outputError: (text, write) => write(refusalLine(text)) })
    .exitOverride();
  const called = commands[command];
  for (const load of called === undefined ? Object.values(commands) : [called]) (await load())(program);
  return program;
}

/** Commander's complaint as the other errors are told: `error: unknown command 'x'\n(Did you mean y?)`, in one line. */
function refusalLine(text: string): string {
  const [complaint = '', suggestion = '(rigkit COMMAND --help shows what it takes)'] = text.trim().split('\n');
  return `rigkit: ${complaint.replace(/^error: |\.$/g, '')}; ${suggestion.slice(1, -1)}\n`;
}

import { Command } from 'commander';
import { run } from './command-line.ts';
import { manifest } from './manifest.ts';

/** The module of a command is loaded when the command is called. Loading all of them takes most of a second. */
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

/** Runs `rigkit` with these arguments. Returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  return run(await createProgram(argv[0]), argv);
}

/** The program with the command that is called, or with all commands if it is unknown. */
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

/** An error of commander, such as `error: unknown command 'x'\n(Did you mean y?)`, as one line like all other errors. */
function refusalLine(text: string): string {
  const [complaint = '', suggestion = '(rigkit COMMAND --help shows what it takes)'] = text.trim().split('\n');
  return `rigkit: ${complaint.replace(/^error: |\.$/g, '')}; ${suggestion.slice(1, -1)}\n`;
}

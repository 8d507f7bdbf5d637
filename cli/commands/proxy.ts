import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createControlPlaneClient } from '../../client/index.ts';
import { loadConfig } from '../../server/config.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { type DemoAccount, readSandboxFile } from '../sandbox-file.ts';
import { exportLines, proxyVariables, shellState, unsetLines } from '../shell-activation.ts';

interface ActivationFlags {
  readonly workspace?: string;
  readonly url?: string;
  readonly json?: boolean;
}

interface Target {
  readonly proxy: string;
  readonly workspaceKey: string;
  /** Known from sandbox.json; needed to read the balance. */
  readonly account: (DemoAccount & { readonly controlPlane: string }) | undefined;
}

/** Shell activation: `eval "$(rigkit proxy on)"`, and back with `off`. */
export function addProxy(program: Command): void {
  const proxy = program.command('proxy').description('point this shell at the managed AI proxy, and back');
  const subcommand = (name: string) =>
    addSettings(proxy.command(name), (flag) => flag.variable === 'RIGKIT_DATA_DIR')
      .option(
        '--workspace <id>',
        'use the key of this workspace (default: RIGBOX_WORKSPACE_KEY, or the funded demo account)',
      )
      .option('--url <url>', 'origin of the proxy (default: RIGBOX_PROXY_URL, or from sandbox.json)');

  subcommand('on')
    .description('print export lines that point every SDK at the proxy; also writes them to ~/.rigbox/proxy.env')
    .action((values: FlagValues & ActivationFlags) => {
      const lines = exportLines(proxyVariables(findTarget(values)));
      keepForNewShells(lines);
      console.log(lines.join('\n'));
    });

  // The output is always the same. The flags are accepted so that they can be the same as for `on`.
  subcommand('off')
    .description('print unset lines that undo it')
    .action(() => console.log(unsetLines(proxyVariables({ proxy: '', workspaceKey: '' })).join('\n')));

  subcommand('status')
    .description('show the endpoints, whether this shell uses them, and the balance')
    .option('--json', 'print JSON')
    .action(async (values: FlagValues & ActivationFlags) => {
      const status = await readStatus(findTarget(values));
      if (values.json) console.log(JSON.stringify(status));
      else for (const [name, value] of Object.entries(status)) console.log(`${name.padEnd(16)} ${value ?? 'unknown'}`);
    });
}

function findTarget(values: FlagValues & ActivationFlags): Target {
  const { RIGBOX_WORKSPACE_KEY: key, RIGBOX_PROXY_URL: url } = process.env;
  const { dataDir } = loadConfig(process.env, readSettings(values));
  const sandbox = readSandboxFile(dataDir);
  const proxy = values.url ?? url ?? sandbox?.proxy;
  if (proxy === undefined) throw new UsageError('no proxy known: start `rigkit sandbox`, or give --url');
  if (key !== undefined && values.workspace === undefined) return { proxy, workspaceKey: key, account: undefined };

  const accounts = sandbox === undefined ? [] : Object.values(sandbox.accounts);
  const account =
    values.workspace === undefined ? accounts.at(0) : accounts.find((row) => row.workspace_id === values.workspace);
  if (account === undefined || sandbox === undefined) {
    throw new UsageError(
      'no key known for that workspace: set RIGBOX_WORKSPACE_KEY (`rigkit workspace key create` mints one)',
    );
  }
  return { proxy, workspaceKey: account.workspace_key, account: { ...account, controlPlane: sandbox.control_plane } };
}

/** Keeps the lines for new shells. Only the user may read the folder and the file, because they contain a key. */
function keepForNewShells(lines: readonly string[]): void {
  const folder = join(homedir(), '.rigbox');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'proxy.env'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

async function readStatus(target: Target) {
  const variables = proxyVariables(target);
  return {
    proxy: target.proxy,
    openai: variables.get('OPENAI_BASE_URL'),
    anthropic: variables.get('ANTHROPIC_BASE_URL'),
    gemini: variables.get('GOOGLE_GEMINI_BASE_URL'),
    shell: shellState(variables, process.env),
    ...(await readBalance(target)),
  };
}

async function readBalance({ account }: Target) {
  if (account === undefined) return { remaining: undefined, remaining_micro: undefined };
  const client = createControlPlaneClient({ baseUrl: account.controlPlane, apiKey: account.api_key });
  const { data } = await client.GET('/users/me/credits').catch(() => ({ data: undefined }));
  return { remaining: data?.remaining, remaining_micro: data?.remaining_micro };
}

import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { isStorageSetting, withExistingStore } from '../operator-store.ts';
import { mintWorkspaceKey } from '../provisioning.ts';

export function addWorkspace(program: Command): void {
  const key = program.command('workspace').description("the operator's workspaces").command('key');
  addSettings(key.command('create'), isStorageSetting)
    .description('create a workspace key, with which code in the workspace calls the proxy; it is shown once')
    .argument('<workspace-id>', 'ws-...')
    .option('--name <name>', 'its name in the list of keys', 'workspace key')
    .option('--json', 'print JSON')
    .action(async (workspaceId: string, values: FlagValues & { name: string; json?: boolean }) => {
      const minted = await withExistingStore(
        loadConfig(process.env, readSettings(values)),
        { readonly: false },
        async (store) => {
          const found = await store.findWorkspace(workspaceId);
          return found && mintWorkspaceKey(store, found.account.id, workspaceId, values.name);
        },
      );
      if (minted === undefined) throw new UsageError(`no workspace ${JSON.stringify(workspaceId)}`);
      if (values.json) console.log(JSON.stringify({ workspace_id: workspaceId, workspace_key: minted }));
      else console.log(`workspace key ${minted}   (shown once)`);
    });
}

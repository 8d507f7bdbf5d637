import type { Command } from 'commander';
import { ConfigError, loadConfig } from '../../server/config.ts';
import { sealingSecret } from '../../server/vault/sealing.ts';
import { addSettings, type FlagValues, readSettings } from '../command-line.ts';
import { isStorageSetting, withExistingStore } from '../operator-store.ts';
import { type Rotation, rotateSecrets } from '../secrets/rotate.ts';

/** Not as flags, because every user of the machine can see command lines. */
const IN_ENVIRONMENT = 'RIGKIT_SECRET_KEY, and RIGKIT_SECRET_KEYS_PREVIOUS with the earlier ones';

export function addSecrets(program: Command): void {
  const secrets = program.command('secrets').description('the secret that encrypts the stored provider keys');
  addSettings(secrets.command('rotate'), isStorageSetting)
    .description(
      `encrypt every stored provider key with the current secret, also of a running platform; reads ${IN_ENVIRONMENT}`,
    )
    .option('--json', 'print JSON')
    .action(async (values: FlagValues & { json?: boolean }) => {
      const config = loadConfig(process.env, readSettings(values));
      if (config.secretKey === undefined) throw new ConfigError(`RIGKIT_SECRET_KEY: not set; set ${IN_ENVIRONMENT}`);
      const current = sealingSecret(config.secretKey);
      const previous = config.previousSecretKeys.map(sealingSecret);
      const rotation = await withExistingStore(config, { readonly: false }, (store) =>
        rotateSecrets(store, { current, previous }),
      );
      if (values.json) console.log(JSON.stringify({ secret_key_id: current.id, ...rotation }));
      else console.log(rotationText(rotation));
      if (rotation.unopened.length > 0) process.exitCode = 1;
    });
}

function rotationText({ resealed, unopened }: Rotation): string {
  const done = `${resealed} stored provider key${resealed === 1 ? '' : 's'} sealed anew`;
  if (unopened.length === 0) return `${done}; no key needs a previous secret any more`;
  return `${done}; these workspaces have keys that no secret given here opens: ${unopened.join(', ')}`;
}

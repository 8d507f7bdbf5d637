/**
 * The control plane as `rigkit serve` runs it: keys compared, requests held against the contract, limits, security headers,
 * access log, on SQLite. Arguments: an empty folder, how many operations its contract has at least.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAccountWithKey } from '../../cli/provisioning.ts';
import { controlPlaneDocument, type OpenApiDocument } from '../../generated/bundles.ts';
import { createControlPlane } from '../../server/control-plane.ts';
import { createApp } from '../../server/http/app.ts';
import { listen } from '../../server/http/listen.ts';
import { createLogger } from '../../server/http/log.ts';
import { loadConfig, openSqliteStore } from '../../server/index.ts';
import { mintKey, previewKey } from '../../server/vault/credentials.ts';
import { newApiKeyId, newWorkspaceId } from '../../server/vault/ids.ts';
import { createVault, sealingSecret } from '../../server/vault/sealing.ts';
import { takePart } from './participant.ts';

const [, , folder = '', operations = '0'] = process.argv;
const store = await openSqliteStore({ path: join(folder, `control-plane-${operations}.sqlite`) });
const { apiKey } = await createAccountWithKey(store, { name: 'bench', plan: 'pro', monthlyCreditsMicro: 10n ** 15n });
const controlPlane = await createControlPlane({
  document: widened(controlPlaneDocument, Number(operations)),
  // They would be used up at once; what they cost is one look at a counter.
  rateLimits: false,
  validateResponses: false,
  store,
  vault: createVault({ current: sealingSecret(randomBytes(32)), previous: [] }),
  keys: { mint: mintKey, preview: previewKey },
  clock: Date.now,
  newIds: { workspace: newWorkspaceId, apiKey: newApiKeyId },
  node: { id: 'node-bench', room: 1000, addresses: loadConfig({}).workspaceNetwork },
});
const app = createApp({ logger: createLogger({ level: 'info' }), mounts: [controlPlane] });
const listening = await listen(app, { port: 0 });
takePart({
  port: listening.port,
  headers: { authorization: `Bearer ${apiKey}` },
  async close() {
    await listening.close();
    await store.close();
  },
});

/**
 * The contract with further operations, until it has so many: its own once more, in the resource of the operation that is
 * measured and before it, where a validator that looks at one after the other would meet them first.
 */
function widened(document: OpenApiDocument, least: number): OpenApiDocument {
  // An id in a path needs a lookup.
  const own = Object.entries(document.paths).filter(([path]) => !path.includes('{'));
  const paths = Object.entries(document.paths);
  while (paths.reduce((sum, [, item]) => sum + Object.keys(item).length, 0) < least) {
    paths.unshift(...own.map(([path, item]): (typeof own)[number] => [`/users/${paths.length}${path}`, item]));
  }
  return { ...document, paths: Object.fromEntries(paths) };
}

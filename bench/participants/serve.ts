/**
 * Our proxy as `rigkit serve` runs it, with its access log, its keys and its durable store. Arguments: the provider's origin,
 * an empty folder.
 */
import { randomBytes } from 'node:crypto';
import { mintWorkspaceKey } from '../../cli/provisioning.ts';
import { createPlatform, loadConfig } from '../../server/index.ts';
import { type BenchAccount, benchAccount, openBenchAccount, settledCalls } from '../accounts.ts';
import { PROVIDER_KEY } from './forwarding.ts';
import { takePart } from './participant.ts';

const [, , provider, dataDir] = process.argv;
const config = loadConfig({
  RIGKIT_PORT: '0',
  RIGKIT_PROXY_PORT: '0',
  RIGKIT_DATA_DIR: dataDir,
  RIGKIT_SECRET_KEY: randomBytes(32).toString('base64'),
  RIGKIT_OPENAI_BASE_URL: `${provider}/v1`,
  RIGKIT_OPENAI_API_KEY: PROVIDER_KEY,
});
const platform = await createPlatform(config);
const { proxy } = await platform.listen();
const { accountId, workspaceId } = await openBenchAccount(platform.store);
const bearer = async (account: BenchAccount) => {
  const key = await mintWorkspaceKey(platform.store, account.accountId, account.workspaceId, 'bench');
  return { authorization: `Bearer ${key}` };
};

takePart({
  port: Number(new URL(proxy).port),
  headers: await bearer({ accountId, workspaceId }),
  attackerHeaders: await bearer(await openBenchAccount(platform.store, benchAccount(1))),
  settled: () => settledCalls(platform.store, accountId),
  close: platform.close,
});

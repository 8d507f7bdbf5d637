/**
 * A platform that sells AI calls: an Express app with the metering proxy and its own list of workspaces.
 *
 *     OPENAI_API_KEY=sk-... node examples/own-platform.ts
 *     curl http://127.0.0.1:3000/v1/chat/completions -H 'Authorization: Bearer wk-ada' \
 *       -H 'Content-Type: application/json' -d '{"messages":[{"role":"user","content":"Hello"}]}'
 */
import express from 'express';
// In your own project these two are 'rigkit/server' and 'rigkit/metering-proxy'.
import { openSqliteStore } from '../server/index.ts';
import { createPriceSource, meteringProxy } from '../server/proxy/index.ts';

const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl = 'https://api.openai.com/v1' } = process.env;
const { PORT = '3000', DATABASE = 'own-platform.sqlite' } = process.env;
/** Users by the key that the SDKs in their workspaces send. Keep yours in a table. */
const tenants = new Map([['wk-ada', { accountId: 'ada', workspaceId: 'ada-dev' }]]);

const store = await openSqliteStore({ path: DATABASE });
const machine = { image: 'debian', templateId: null, ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
for (const { accountId, workspaceId } of tenants.values()) {
  if (await store.getAccount(accountId)) continue;
  const about = { id: accountId, name: accountId, plan: 'free', monthlyCreditsMicro: 2_000_000n } as const;
  await store.createAccount(about, Date.now());
  await store.createWorkspace({ ...machine, id: workspaceId, name: workspaceId, accountId }, Date.now());
}
const proxy = meteringProxy({
  store,
  providers: { openai: { baseUrl, apiKey } },
  prices: createPriceSource(),
  async resolveWorkspace(credential) {
    const tenant = credential.kind === 'key' ? tenants.get(credential.key) : undefined;
    return tenant && { ...tenant, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini', byokKey: null };
  },
});
const app = express();
app.use(proxy); // before anything that reads request bodies
app.get('/credits/:account', async ({ params }, response) => {
  response.json({ remaining_micro: Number((await store.credits(params.account, Date.now())).remainingMicro) });
});
const server = app.listen(Number(PORT), '127.0.0.1', () => console.log('ready:', server.address()));
process.once('SIGTERM', async () => {
  await new Promise((resolve) => server.close(resolve));
  await proxy.close();
  await store.close();
});

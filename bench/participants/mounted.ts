/**
 * Our proxy as a module: mounted in an Express app that knows its workspaces by heart and writes no log. Arguments: the
 * provider's origin, an empty folder.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { openSqliteStore } from '../../server/index.ts';
import { createPriceSource, meteringProxy } from '../../server/proxy/index.ts';
import { openBenchAccount, settledCalls } from '../ground.ts';
import { takePart } from './participant.ts';

const [, , provider = '', folder = ''] = process.argv;
const store = await openSqliteStore({ path: join(folder, 'mounted.sqlite') });
const account = await openBenchAccount(store);
const workspace = { ...account, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini', byokKey: null } as const;
const proxy = meteringProxy({
  store,
  providers: { openai: { baseUrl: `${provider}/v1`, apiKey: 'sk-proj-V3dJ9hTq2LmX8sRa0YbN' } },
  prices: createPriceSource(),
  resolveWorkspace: async (credential) => (credential.kind === 'key' ? workspace : undefined),
});
const server = express()
  .use(proxy)
  .listen(0, '127.0.0.1', () =>
    takePart({
      port: (server.address() as AddressInfo).port,
      headers: { authorization: 'Bearer wk-bench' },
      settled: () => settledCalls(store, account.accountId),
      async close() {
        server.close();
        await proxy.close();
        await store.close();
      },
    }),
  );

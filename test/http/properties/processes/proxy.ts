import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createPriceSource, meteringProxy, type ProxyWorkspace } from '../../../../server/proxy/index.ts';
import { openSqliteStore } from '../../../../server/store.ts';
import { brokenStores } from '../broken/stores.ts';
import type { ProxySettings } from './start-proxy.ts';

/** A process with a proxy on a database that others have open too. Its one argument is its settings as JSON. */
const settings: ProxySettings = JSON.parse(process.argv[2] ?? '{}');
const { databasePath, openaiBaseUrl, callers, brokenStore } = settings;

const engine = await openSqliteStore({ path: databasePath, busyTimeoutMs: 20_000 });
const store = brokenStore === undefined ? engine : brokenStores[brokenStore].breakStore(engine, databasePath);
const workspaces = new Map(
  callers.map(({ key, accountId, workspaceId }): [string, ProxyWorkspace] => [
    key,
    { accountId, workspaceId, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini', byokKey: null },
  ]),
);
const proxy = meteringProxy({
  store,
  prices: createPriceSource(),
  providers: { openai: { baseUrl: openaiBaseUrl, apiKey: 'sk-platform' } },
  resolveWorkspace: async (credential) => (credential.kind === 'key' ? workspaces.get(credential.key) : undefined),
});
const server = createServer(express().use(proxy));
server.listen(0, '127.0.0.1', () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

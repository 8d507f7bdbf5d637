import type { AddressInfo } from 'node:net';
import express from 'express';
import { createPriceSource, type MeteringStore, meteringProxy } from '../../server/proxy/index.ts';
import type { BenchAccount } from '../accounts.ts';
import { PROVIDER_KEY } from './forwarding.ts';
import { takePart } from './participant.ts';

export interface Mounted {
  /** The provider's origin. */
  readonly provider: string;
  readonly account: BenchAccount;
  readonly store: MeteringStore;
  /** Calls that are charged by now; left out where nothing is. */
  readonly settled?: () => Promise<number>;
  readonly close?: () => Promise<void>;
}

/** Takes part with our proxy as a module, in an Express app that knows its workspaces by heart and writes no log. */
export function takePartMounted({ provider, account, store, settled, close }: Mounted): void {
  const workspace = { ...account, mode: 'managed', provider: 'openai', model: 'gpt-4o-mini', byokKey: null } as const;
  const proxy = meteringProxy({
    store,
    providers: { openai: { baseUrl: `${provider}/v1`, apiKey: PROVIDER_KEY } },
    prices: createPriceSource(),
    resolveWorkspace: async (credential) => (credential.kind === 'key' ? workspace : undefined),
  });
  const server = express()
    .use(proxy)
    .listen(0, '127.0.0.1', () =>
      takePart({
        port: (server.address() as AddressInfo).port,
        headers: { authorization: 'Bearer wk-bench' },
        ...(settled && { settled }),
        async close() {
          server.close();
          await proxy.close();
          await close?.();
        },
      }),
    );
}

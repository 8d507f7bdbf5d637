import { fileURLToPath } from 'node:url';
import { type Running, start } from '../../../harness/processes.ts';
import type { Caller } from '../../../harness/proxy.ts';
import type { BrokenStore } from '../broken/stores.ts';

export interface ProxySettings {
  readonly databasePath: string;
  readonly openaiBaseUrl: string;
  readonly callers: readonly Pick<Caller, 'key' | 'accountId' | 'workspaceId'>[];
  readonly brokenStore: BrokenStore | undefined;
}

export interface ProxyProcess extends Pick<Running, 'stop'> {
  /** The proxy's origin. */
  readonly url: string;
}

const READY = /ready at (http:\S+)/;

/** Starts a proxy in a process of its own. */
export async function startProxy(settings: ProxySettings): Promise<ProxyProcess> {
  const script = fileURLToPath(new URL('proxy.ts', import.meta.url));
  const running = await start(process.execPath, [script, JSON.stringify(settings)], READY);
  return { url: READY.exec(running.output())?.[1] ?? '', stop: running.stop };
}

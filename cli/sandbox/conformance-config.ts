import type { Config } from '../../server/config.ts';
import type { PriceSource } from '../../server/proxy/prices/source.ts';
import type { DemoAccount, SandboxDescription } from '../sandbox-file.ts';
import { pricesAsFile } from './price-file.ts';

/** The models that the suite calls: what they cost is told to it, as any platform tells it. */
const MODELS = [
  ['openai', 'gpt-4o-mini'],
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-haiku-4-5'],
  ['google', 'gemini-2.5-flash'],
] as const;

/** The configuration with which `rigkit conformance` tests this sandbox. The stub is the sandbox's own. */
export function conformanceConfig(sandbox: SandboxDescription, providers: Config['providers'], prices: PriceSource) {
  const account = (row: DemoAccount) => ({
    apiKey: row.api_key,
    workspaceId: row.workspace_id,
    proxyHeaders: { Authorization: `Bearer ${row.workspace_key}` },
  });
  return {
    controlPlane: { baseUrl: sandbox.control_plane },
    proxy: { baseUrl: sandbox.proxy },
    accounts: {
      funded: account(sandbox.accounts.funded),
      exhausted: account(sandbox.accounts.exhausted),
      other: account(sandbox.accounts.other),
    },
    ...(sandbox.stub === null ? {} : { stub: { url: sandbox.stub } }),
    providerKeys: {
      openai: providers.openai.apiKey,
      anthropic: providers.anthropic.apiKey,
      google: providers.google.apiKey,
    },
    prices: pricesAsFile(prices, MODELS),
  };
}

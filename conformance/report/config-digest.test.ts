import { describe, expect, it } from 'vitest';
import { type ConformanceConfig, validateConfig } from '../platform/config.ts';
import { configDigest } from './config-digest.ts';

const FULL: ConformanceConfig = {
  controlPlane: { baseUrl: 'https://staging.example/api/v1' },
  proxy: { baseUrl: 'https://ai.staging.example' },
  accounts: {
    funded: { apiKey: 'rb_funded', workspaceId: 'ws-1', proxyHeaders: { Authorization: 'Bearer rb_ws' } },
    exhausted: { apiKey: 'rb_exhausted' },
  },
  stub: { listen: '127.0.0.1:9555' },
  providerKeys: { openai: 'sk-openai' },
  prices: { 'gpt-4o': { provider: 'openai', input: 2.5, output: 10 } },
  profiles: ['control-plane'],
};

const digest = (config: ConformanceConfig) => configDigest(validateConfig(config));
const funded = (change: object) => ({
  ...FULL,
  accounts: { ...FULL.accounts, funded: { ...FULL.accounts.funded, ...change } },
});

describe('the digest of a configuration', () => {
  it('does not depend on any secret', () => {
    const others: readonly ConformanceConfig[] = [
      funded({ apiKey: 'rb_other' }),
      funded({ proxyHeaders: { authorization: 'Bearer rb_other' } }),
      { ...FULL, accounts: { ...FULL.accounts, exhausted: { apiKey: 'rb_other' } } },
      { ...FULL, providerKeys: { openai: 'sk-other' } },
    ];
    for (const other of others) expect(digest(other)).toBe(digest(FULL));
  });

  it.each<[string, ConformanceConfig]>([
    ['the control plane', { ...FULL, controlPlane: { baseUrl: 'https://other.example' } }],
    ['the proxy', { ...FULL, proxy: { baseUrl: 'https://other.example' } }],
    ['a workspace', funded({ workspaceId: 'ws-2' })],
    ['the name of a header', funded({ proxyHeaders: { 'x-api-key': 'rb_ws' } })],
    ['that an account has a key', { ...FULL, accounts: { ...FULL.accounts, exhausted: {} } }],
    ['the stub', { ...FULL, stub: { url: 'http://127.0.0.1:9555' } }],
    ['that a provider has a key', { ...FULL, providerKeys: {} }],
    ['a price', { ...FULL, prices: { 'gpt-4o': { provider: 'openai', input: 2.6, output: 10 } } }],
    ['the profiles', { ...FULL, profiles: ['control-plane', 'byok'] }],
  ])('changes with %s', (_, other) => {
    expect(digest(other)).not.toBe(digest(FULL));
  });

  it('does not depend on the order in which the file is written', () => {
    const { controlPlane, ...rest } = FULL;
    const prices = { 'gpt-4o': { output: 10, input: 2.5, provider: 'openai' as const } };
    expect(digest({ ...rest, controlPlane, prices })).toBe(digest(FULL));
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { loadConfig } from './load-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rigkit-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

const MINIMAL = {
  controlPlane: { baseUrl: 'https://staging.example/api/v1/' },
  accounts: { funded: { apiKey: 'rb_key' } },
};

async function load(content: unknown, env: Record<string, string> = {}) {
  const file = join(folder, 'conformance.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadConfig(file, env);
}

async function problem(content: unknown, env?: Record<string, string>): Promise<ConfigError> {
  const outcome = await load(content, env).catch((error: unknown) => error);
  if (outcome instanceof ConfigError) return outcome;
  throw new Error('the configuration was accepted');
}

/** As a file writes the value of an environment variable. */
const variable = (name: string) => `\${${name}}`;

describe('a configuration file', () => {
  it('needs a control plane and a funded account only, and loses slashes at the end of URLs', async () => {
    const { config } = await load(MINIMAL);
    const controlPlane = { baseUrl: 'https://staging.example/api/v1' };
    expect(config).toEqual({ ...MINIMAL, controlPlane, spendCapCredits: 100 });
  });

  it('takes values from the environment, inside longer texts too, and remembers their names', async () => {
    const funded = {
      apiKey: variable('FUNDED_KEY'),
      proxyHeaders: { Authorization: `Bearer ${variable('WORKSPACE_KEY')}` },
    };
    const { config, secretNames } = await load(
      { ...MINIMAL, accounts: { funded } },
      { FUNDED_KEY: 'rb_from_env', WORKSPACE_KEY: 'rb_ws' },
    );
    expect(config.accounts.funded.apiKey).toBe('rb_from_env');
    expect(config.accounts.funded.proxyHeaders).toEqual({ Authorization: 'Bearer rb_ws' });
    expect([...secretNames]).toEqual([
      ['rb_from_env', 'FUNDED_KEY'],
      ['rb_ws', 'WORKSPACE_KEY'],
    ]);
  });

  it('names the variable that is not set, and the field that wants it', async () => {
    const { message, hint } = await problem({ ...MINIMAL, accounts: { funded: { apiKey: variable('FUNDED_KEY') } } });
    expect(message).toBe('accounts.funded.apiKey names the environment variable FUNDED_KEY, which is not set');
    expect(hint).toContain('export FUNDED_KEY=');
  });

  it.each<[string, object, string]>([
    ['an unknown key', { contolPlane: {} }, 'unknown key contolPlane'],
    ['an unknown key inside', { stub: { listen: '127.0.0.1:1', host: 'x' } }, 'unknown key stub.host'],
    ['a stub that is nowhere', { stub: { listen: '9555' } }, 'stub.listen: expected HOST:PORT'],
    ['a port that does not exist', { stub: { listen: '127.0.0.1:70000' } }, 'stub.listen: expected a port up to 65535'],
    ['a stub in two places', { stub: { listen: '127.0.0.1:1', url: 'http://x' } }, 'stub'],
    ['a URL with a password', { proxy: { baseUrl: 'https://u:p@x/' } }, 'expected a URL without credentials'],
    ['an unknown account', { accounts: { funded: { apiKey: 'x' }, fundet: {} } }, 'unknown key accounts.fundet'],
    ['an empty key', { accounts: { funded: { apiKey: '' } } }, 'accounts.funded.apiKey: expected a key'],
    ['a URL without scheme', { proxy: { baseUrl: 'ai.example' } }, 'proxy.baseUrl: expected an http or https URL'],
    ['a URL with a query', { proxy: { baseUrl: 'https://x/?a' } }, 'proxy.baseUrl: expected a URL without query'],
    ['an unknown profile', { profiles: ['proxy'] }, 'profiles.0'],
    ['no profile at all', { profiles: [] }, 'profiles: expected at least one profile'],
    ['a price in words', { prices: { m: { provider: 'openai', input: '1', output: 1 } } }, 'prices.m.input'],
    ['a negative price', { prices: { m: { provider: 'openai', input: -1, output: 1 } } }, 'prices.m.input'],
  ])('is refused in one line for %s', async (_, change, words) => {
    const { message, hint } = await problem({ ...MINIMAL, ...change });
    expect(message).toContain(words);
    expect(message + hint).not.toContain('\n');
  });

  it('names every problem at once', async () => {
    const { message } = await problem({ controlPlane: { baseUrl: 'x' }, accounts: {}, prizes: {} });
    expect(message).toMatch(/controlPlane\.baseUrl.*accounts\.funded.*unknown key prizes/);
  });

  it('is refused when it is not JSON, without repeating what stands in it', async () => {
    const { message } = await problem('{"accounts": {"funded": {"apiKey": rb_secret}}}');
    expect(message).toContain('is not JSON');
    expect(message).not.toContain('rb_secret');
  });

  it('is refused when it is not there', async () => {
    await expect(loadConfig(join(folder, 'nowhere.json'), {})).rejects.toThrow(
      /cannot read .*nowhere\.json \(ENOENT\)/,
    );
  });

  it('refuses a reference that names no variable', async () => {
    const { message } = await problem({ ...MINIMAL, accounts: { funded: { apiKey: variable('MY KEY') } } });
    expect(message).toBe(`accounts.funded.apiKey holds ${variable('MY KEY')}`);
  });
});

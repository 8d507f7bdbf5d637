import { describe, expect, it } from 'vitest';
import { ConfigError, flags, loadConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');

function refusal(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('loadConfig', () => {
  it('has the documented defaults when nothing is set', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      proxyPort: 9090,
      databaseUrl: 'file:.rigkit/rigkit.sqlite',
    });
    expect(config.upstreamTimeouts).toEqual({
      connectMs: 10_000,
      firstByteMs: 600_000,
      idleMs: 120_000,
      countInputMs: 5_000,
    });
    expect(config.drain).toEqual({ maxMs: 3_600_000, maxConcurrent: 1_000, maxPerAccount: 100 });
    expect(config.secretKey).toBeUndefined();
    expect(config.operatorPort).toBeUndefined();
    expect(config.workspaceNetwork).toEqual({ first: 10 * 2 ** 24 + 77 * 2 ** 16, size: 65_536 });
  });

  it('reads what becomes of uncertain holds, and keeps them by default', () => {
    expect(loadConfig({}).uncertainHolds).toBeUndefined();
    expect(loadConfig({ RIGKIT_UNCERTAIN_HOLDS: 'keep', RIGKIT_UNCERTAIN_HOLDS_AFTER_MINUTES: '5' })).toMatchObject({
      uncertainHolds: undefined,
    });
    const settled = loadConfig({ RIGKIT_UNCERTAIN_HOLDS: 'settle' });
    expect(settled.uncertainHolds).toEqual({ decision: 'settle', afterMs: 86_400_000 });
    const released = loadConfig({ RIGKIT_UNCERTAIN_HOLDS: 'release', RIGKIT_UNCERTAIN_HOLDS_AFTER_MINUTES: '0' });
    expect(released.uncertainHolds).toEqual({ decision: 'release', afterMs: 0 });
  });

  it('takes 0 for an operator port that is free, not for none', () => {
    expect(loadConfig({ RIGKIT_OPERATOR_PORT: '0' }).operatorPort).toBe(0);
  });

  it.each([
    ['RIGKIT_PORT', 'eighty', 'RIGKIT_PORT: expected a whole number'],
    ['RIGKIT_PORT', '70000', 'RIGKIT_PORT: expected a number from 0 to 65535'],
    ['RIGKIT_PORTS', '80', 'RIGKIT_PORTS: no such setting'],
    ['RIGKIT_SECRET_KEY', 'c2hvcnQ=', 'RIGKIT_SECRET_KEY: expected 32 bytes'],
    ['RIGKIT_OPENAI_BASE_URL', 'ftp://host', 'RIGKIT_OPENAI_BASE_URL: expected an http or https URL'],
    ['RIGKIT_OPENAI_API_KEY', 'two words', 'RIGKIT_OPENAI_API_KEY: expected a key without spaces'],
    ['RIGKIT_UNCERTAIN_HOLDS', 'forget', 'RIGKIT_UNCERTAIN_HOLDS: '],
    ['RIGKIT_RATE_LIMITS', 'maybe', 'RIGKIT_RATE_LIMITS: expected on or off'],
    ['RIGKIT_WORKSPACE_NETWORK', '10.77.0.1/16', 'RIGKIT_WORKSPACE_NETWORK: expected an IPv4 network'],
    ['RIGKIT_DATABASE_URL', 'mysql://host/db', 'RIGKIT_DATABASE_URL: expected'],
    ['RIGKIT_DATABASE_URL', 'postgres://[host/db', 'RIGKIT_DATABASE_URL: expected'],
    ['RIGKIT_DATABASE_POOL', '0', 'RIGKIT_DATABASE_POOL: expected a number from 1'],
  ])('refuses %s=%s with a clear sentence', (name, value, sentence) => {
    expect(refusal({ [name]: value })).toContain(sentence);
  });

  it('names everything wrong at once, and shows no value', () => {
    const message = refusal({
      RIGKIT_PORT: 'x',
      RIGKIT_SECRET_KEY: 'not-so-secret',
      RIGKIT_OPENAI_API_KEY: 'sk- canary',
      RIGKIT_DATABASE_URL: 'postgres://me:swordfish@[host/db',
    });
    expect(message).toMatch(/RIGKIT_PORT.*RIGKIT_DATABASE_URL.*RIGKIT_SECRET_KEY.*RIGKIT_OPENAI_API_KEY/);
    expect(message).not.toMatch(/not-so-secret|canary|swordfish/);
  });

  it('lets a flag win over the variable of the same name', () => {
    expect(loadConfig({ RIGKIT_PORT: '1' }, { RIGKIT_PORT: '2' }).port).toBe(2);
  });

  it('ignores the variables of other programs and counts an empty one as not set', () => {
    expect(loadConfig({ PATH: '/bin', RIGKIT_PORT: '' }).port).toBe(8080);
  });

  it('freezes what it returns', () => {
    const config = loadConfig({ RIGKIT_SECRET_KEY: key });
    expect(Object.isFrozen(config.providers.openai)).toBe(true);
    expect(config.secretKey).toHaveLength(32);
  });

  it('names each flag after its variable', () => {
    expect(flags.find((flag) => flag.name === 'upstream-first-byte-timeout-ms')?.variable).toBe(
      'RIGKIT_UPSTREAM_FIRST_BYTE_TIMEOUT_MS',
    );
  });
});

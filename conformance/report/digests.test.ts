import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConformanceConfig, validateConfig } from '../platform/config.ts';
import { canonicalJson, configDigest } from './digests.ts';

const value = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json;

function shuffled(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(shuffled);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .map(([key, item]) => [key, shuffled(item)] as const)
      .reverse(),
  );
}

describe('canonical JSON', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
    );
  });

  it('is the same text whatever the order of the keys', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(canonicalJson(shuffled(json))).toBe(canonicalJson(json));
      }),
    );
  });

  it('sorts keys by their UTF-16 code units, at every depth', () => {
    // The surrogate pair of U+1F600 (D83D DE00) comes before U+FB33, although its code point is the higher one.
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson({ b: keys, a: [] })).toBe(
      '{"a":[],"b":{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}}',
    );
  });

  it('escapes what JSON must escape, in the shortest form, and nothing else', () => {
    expect(canonicalJson('\u0001\b\t\n\f\r"\\/\u007f\u2028é')).toBe('"\\u0001\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028é"');
  });

  it('writes integers in decimal, and zero without a sign', () => {
    expect(canonicalJson([0, -0, -1, Number.MAX_SAFE_INTEGER])).toBe('[0,0,-1,9007199254740991]');
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['true', true],
    ['1.5', 1.5],
    ['2 ** 53', 2 ** 53],
    ['NaN', Number.NaN],
    ['1n', 1n],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['a key without a value', { a: undefined }],
  ])('has no form for %s', (_, json) => {
    expect(() => canonicalJson(json)).toThrow(TypeError);
  });
});

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

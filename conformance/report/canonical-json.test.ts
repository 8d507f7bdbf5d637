import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

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

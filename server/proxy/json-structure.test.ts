import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanStructure } from './json-structure.ts';
import { scanJson } from './json-text.ts';

const LIMITS = { levels: 50, values: 1_000, members: 500 };
const scanWhole = (json: string, pieces = json.length) => {
  const pass = scanStructure(Buffer.from(json).toString('latin1'), LIMITS);
  let structure = pass.advance(pieces);
  while (structure === undefined) structure = pass.advance(pieces);
  return structure;
};

describe('a key that stands twice', () => {
  const many = (more: string) => `{${Array.from({ length: 30 }, (_, index) => `"k${index}":0`).join()},${more}}`;
  it.each([
    ['{"a":1,"b":2}', undefined],
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":1}', 'a'],
    ['{"\\/":1,"/":1}', '/'],
    ['{"\\n":1,"\\u000a":1}', '\n'],
    ['{"\\\\u0061":1,"a":1}', undefined],
    ['{"é":1,"\\u00e9":1}', 'é'],
    ['{"🐎":1,"\\ud83d\\udc0e":1}', '🐎'],
    ['{"a":{"b":1,"b":2}}', 'a.b'],
    ['{"a":[{},[{"b":1},{"c":{}},{"b":1,"c":{"b":0},"b":2}]]}', 'a[1][2].b'],
    ['{"a":{"b":1},"b":{"a":1}}', undefined],
    ['{"a":[{"b":1},{"b":1}]}', undefined],
    ['{"a":"b","b":"a"}', undefined],
    ['{ "a" : "x" , "a" : 1 }', 'a'],
    [many('"k7":1'), 'k7'],
    [many('"z":1'), undefined],
  ])('in %s is %s', (json, want) => {
    for (const pieces of [1, 7, json.length]) expect(scanWhole(json, pieces)).toMatchObject({ duplicate: want });
  });

  it('is none in what a serialiser wrote', () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(scanWhole(JSON.stringify({ value }), 5)).toMatchObject({ kind: 'structure', duplicate: undefined });
    });
    fc.assert(property);
  });
});

it('the members of the root stand where the scan of the root alone finds them', () => {
  const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
  const property = fc.property(object, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
    const json = JSON.stringify(value, null, space);
    expect(scanWhole(json, 3)).toMatchObject({ root: scanJson(Buffer.from(json)).root });
  });
  fc.assert(property);
});

describe('the excess of a JSON text', () => {
  const members = (count: number) => Array.from({ length: count }, (_, index) => `"${index}":1`).join();
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  it.each([
    ['as deep as the limit', nested(50), undefined],
    ['one level deeper', nested(51), 'levels'],
    ['objects and arrays in turn', '{"a":['.repeat(26) + ']}'.repeat(26), 'levels'],
    ['many arrays beside each other', `[${'[],'.repeat(400)}[]]`, undefined],
    ['brackets in a text', `{"a":"${'['.repeat(500)}"}`, undefined],
    ['brackets behind an escaped quote', `{"a":"\\"${'['.repeat(500)}"}`, undefined],
    ['brackets behind a text that ends in a backslash', `{"a":"\\\\","b":${'['.repeat(51)}`, 'levels'],
    ['as many values as the limit', `[${'1,'.repeat(998)}1]`, undefined],
    ['one value more', `[${'1,'.repeat(999)}1]`, 'values'],
    ['empty lists in a list', `[${'[],'.repeat(500)}[]]`, 'values'],
    ['commas in a text', `{"a":"${','.repeat(2_000)}"}`, undefined],
    ['as many members as the limit', `{"b":{${members(499)}}}`, undefined],
    ['one member more', `{"b":{${members(500)}}}`, 'members'],
  ])('%s', (_, json, excess) => {
    const structure = scanWhole(json);
    expect(structure.kind === 'excess' ? structure.of : undefined).toBe(excess);
  });
});

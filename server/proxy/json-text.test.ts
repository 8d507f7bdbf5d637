import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson, type JsonEdit, scanJson, scanStructure } from './json-text.ts';

const scan = (text: string) => scanJson(Buffer.from(text));

const edit = (text: string, ...edits: JsonEdit[]) => editJson(scan(text), edits).toString();

describe('an edit', () => {
  const cases: readonly [string, string, JsonEdit, string][] = [
    ['adds behind the last member', '{"a":1}', { path: ['b'], json: '2' }, '{"a":1,"b":2}'],
    ['adds to an empty object', '{}', { path: ['b'], json: '2' }, '{"b":2}'],
    ['adds to an object of blanks', '{ \n }', { path: ['b'], json: '2' }, '{"b":2 \n }'],
    ['keeps odd formatting', ' { "a" :\t1.0e1 \n} ', { path: ['b'], json: 'true' }, ' { "a" :\t1.0e1,"b":true \n} '],
    ['replaces a value', '{"a":{"x":[1]},"b":2}', { path: ['a'], json: 'null' }, '{"a":null,"b":2}'],
    ['goes into objects', '{"u":{"t":1},"z":0}', { path: ['u', 'c'], json: '9' }, '{"u":{"t":1,"c":9},"z":0}'],
    ['makes what is missing on the way', '{"z":0}', { path: ['u', 'c'], json: '9' }, '{"z":0,"u":{"c":9}}'],
    ['replaces a null on the way', '{"u":null}', { path: ['u', 'c'], json: '9' }, '{"u":{"c":9}}'],
    [
      'takes the last of two equal keys',
      '{"u":{"c":1},"u":{"c":2}}',
      { path: ['u', 'c'], json: '9' },
      '{"u":{"c":1},"u":{"c":9}}',
    ],
    ['reads escaped keys', '{"\\u0075":{"c":1}}', { path: ['u', 'c'], json: '9' }, '{"\\u0075":{"c":9}}'],
    [
      'is not misled by text',
      '{"t":"\\"u\\":{\\\\","u":{}}',
      { path: ['u', 'c'], json: '9' },
      '{"t":"\\"u\\":{\\\\","u":{"c":9}}',
    ],
    [
      'is not misled by lists',
      '{"l":[{"u":{}},"}]"],"u":{}}',
      { path: ['u', 'c'], json: '9' },
      '{"l":[{"u":{}},"}]"],"u":{"c":9}}',
    ],
    [
      'counts bytes, not characters',
      '{"t":"žluťoučký 🐎","a":1}',
      { path: ['a'], json: '2' },
      '{"t":"žluťoučký 🐎","a":2}',
    ],
  ];
  it.each(cases)('%s', (_fact, text, change, want) => {
    expect(edit(text, change)).toBe(want);
  });

  it('changes one place only, and there what every parser sees', () => {
    const object = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())));
    const indent = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(object, indent, fc.string(), fc.string(), fc.nat(), (before, space, outer, inner, value) => {
        const text = JSON.stringify(before, null, space);
        const changed = edit(text, { path: [outer, inner], json: String(value) });
        const original: Record<string, unknown> = JSON.parse(text);
        const nested = Object.hasOwn(original, outer) ? original[outer] : undefined;
        const isObject = typeof nested === 'object' && nested !== null && !Array.isArray(nested);
        const want = withMember(original, outer, withMember(isObject ? nested : {}, inner, value));
        expect(Object.entries(JSON.parse(changed))).toEqual(Object.entries(want));
        if (isObject && !Object.hasOwn(nested, inner))
          expect(sharedEnds(text, changed)).toBeGreaterThanOrEqual(text.length);
      }),
    );
  });
});

/** With an own member of this name, `__proto__` included. */
function withMember(object: object, key: string, value: unknown): object {
  return Object.fromEntries([...Object.entries(object), [key, value]]);
}

/** How much of two texts is the same at their beginnings and ends. */
function sharedEnds(one: string, other: string): number {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return start + end;
}

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

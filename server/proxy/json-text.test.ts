import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson, type JsonEdit, scanJson } from './json-text.ts';

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

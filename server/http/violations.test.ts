import { describe, expect, it } from 'vitest';
import { listed, MOST_VIOLATIONS_LISTED, pointerTo, protoViolations, queryViolations } from './violations.ts';

describe('violations', () => {
  it.each([
    ['plain', '/plain'],
    ['a/b', '/a~1b'],
    ['a~b', '/a~0b'],
    ['~1', '/~01'],
    ['', '/'],
    [3, '/3'],
  ])('points to %j with %s', (name, pointer) => {
    expect(pointerTo(name)).toBe(pointer);
  });

  it('lists the same fault in the same place once, and no more than the answer has room for', () => {
    const one = { in: 'body', pointer: '/a', code: 'type', message: 'x' } as const;
    expect(listed([one, { ...one }, { ...one, code: 'enum' }])).toHaveLength(2);
    expect(listed(Array.from({ length: 500 }, (_, n) => ({ ...one, pointer: `/${n}` })))).toHaveLength(
      MOST_VIOLATIONS_LISTED,
    );
  });

  it('finds unknown and repeated query parameters, each once', () => {
    expect(queryViolations(new URLSearchParams('a=1&b=1&b=2&c=1&c=1&__proto__=1'), new Set(['a', 'b']))).toMatchObject([
      { in: 'query', pointer: '/b', code: 'maxItems' },
      { in: 'query', pointer: '/c', code: 'additionalProperties' },
      { in: 'query', pointer: '/__proto__', code: 'additionalProperties' },
    ]);
  });

  it('finds fields named __proto__ at every depth', () => {
    const body = JSON.parse('{"__proto__":{},"a":[{"b/c":{"__proto__":1}}]}');
    expect(protoViolations(body).map(({ pointer }) => pointer)).toEqual(['/__proto__', '/a/0/b~1c/__proto__']);
  });

  it('finds none in an ordinary body', () => {
    expect(protoViolations({ proto: 1, constructor: { prototype: 1 } })).toEqual([]);
    expect(protoViolations(undefined)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { protoViolations } from './violations.ts';

describe('fields named __proto__', () => {
  it('are found at every depth', () => {
    const body = JSON.parse('{"__proto__":{},"a":[{"b/c":{"__proto__":1}}]}');
    expect(protoViolations(body).map(({ pointer }) => pointer)).toEqual(['/__proto__', '/a/0/b~1c/__proto__']);
  });

  it('are none in an ordinary body', () => {
    expect(protoViolations({ proto: 1, constructor: { prototype: 1 } })).toEqual([]);
    expect(protoViolations(undefined)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { distinctViolations, MAX_VIOLATIONS, queryViolations } from './violations.ts';

describe('violations', () => {
  it('lists the same one in the same place once, and no more than the response has room for', () => {
    const one = { in: 'body', pointer: '/a', code: 'type', message: 'x' } as const;
    expect(distinctViolations([one, { ...one }, { ...one, code: 'enum' }])).toHaveLength(2);
    expect(distinctViolations(Array.from({ length: 500 }, (_, n) => ({ ...one, pointer: `/${n}` })))).toHaveLength(
      MAX_VIOLATIONS,
    );
  });

  it('finds unknown and repeated query parameters, each once', () => {
    const query = new URLSearchParams('a=1&b=1&b=2&c=1&c=1&d=1&d=2&__proto__=1');
    expect(queryViolations(query, new Set(['a', 'b', 'd']), new Set(['d']))).toMatchObject([
      { in: 'query', pointer: '/b', code: 'maxItems' },
      { in: 'query', pointer: '/c', code: 'additionalProperties' },
      { in: 'query', pointer: '/__proto__', code: 'additionalProperties' },
    ]);
  });
});

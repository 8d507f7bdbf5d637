import { describe, expect, it } from 'vitest';
import { pointerTo, pointerTokens, readPointer } from './json-pointer.ts';

describe('a JSON pointer', () => {
  it.each([
    ['plain', '/plain'],
    ['a/b', '/a~1b'],
    ['a~b', '/a~0b'],
    ['~1', '/~01'],
    ['', '/'],
    [3, '/3'],
  ])('escapes %j as %s, and reads it back', (name, pointer) => {
    expect(pointerTo(name)).toBe(pointer);
    expect(pointerTokens(pointer)).toEqual([String(name)]);
  });

  it.each([
    ['', { a: [{ 'b/c': 7 }] }],
    ['/a/0/b~1c', 7],
    ['/a/1', undefined],
    ['/a/0/b~1c/d', undefined],
    ['/a/length', 1],
    ['/toString', undefined],
    ['/__proto__', undefined],
  ])('reads what stands at %j', (pointer, value) => {
    expect(readPointer({ a: [{ 'b/c': 7 }] }, pointer)).toEqual(value);
  });
});

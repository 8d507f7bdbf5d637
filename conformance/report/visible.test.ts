import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, UNSHOWN } from '../fixtures/hostile.ts';
import { visible, visibleJson, visibleLine } from './visible.ts';

describe('what a platform said, as it is shown', () => {
  it.each(HOSTILE_TEXTS)('obeys nothing in %j', (text) => {
    expect(visible(text)).not.toMatch(UNSHOWN);
    expect(visible(text).isWellFormed()).toBe(true);
    expect(visibleLine(text)).not.toMatch(/[\n\t]/);
  });

  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['left\u202etfel', 'left\\u{202e}tfel'],
    ['half \ud800', 'half \\u{d800}'],
    ['a\rb', 'a\\u{d}b'],
  ])('writes out %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('keeps lines, tabs, accents, other scripts and signs', () => {
    const text = 'línea\n\tжук 漢字 \u{1f600} €';
    expect(visible(text)).toBe(text);
    expect(visible('a\r\nb')).toBe('a\nb');
  });

  it('writes lines and tabs out too where there is room for one line only', () => {
    expect(visibleLine('a\n\tb')).toBe('a\\u{a}\\u{9}b');
  });

  it.each(HOSTILE_TEXTS)('keeps the value of JSON that holds %j', (text) => {
    const json = visibleJson(JSON.stringify({ text }, null, 2));
    expect(json).not.toMatch(UNSHOWN);
    expect(JSON.parse(json)).toEqual({ text });
  });
});

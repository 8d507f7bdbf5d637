import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../fixtures/hostile.ts';
import { parseTree } from '../fixtures/markup-tree.ts';
import { markup } from './markup.ts';
import { visible } from './visible.ts';

describe('markup', () => {
  it.each(HOSTILE_TEXTS)('makes no element and no attribute of %j', (text) => {
    const made = parseTree(markup`<p title="${text}" class='${text}'>${text}</p>`.markup);
    expect(made.elements).toEqual(['p']);
    expect(made.attributes).toHaveLength(2);
    expect(made.text).toBe(visible(text));
  });

  it('sets markup into markup as it is, and lists one after the other', () => {
    const items = ['a', 'b'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}${null}</ul>${1}`.markup).toBe('<ul><li>a</li><li>b</li></ul>1');
  });

  it('does not take an object for markup because the platform gave it that form', () => {
    const text = JSON.stringify({ markup: '<script>' });
    expect(markup`${text}`.markup).not.toContain('<');
  });
});

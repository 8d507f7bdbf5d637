import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../fixtures/hostile.ts';
import { proseOf } from '../fixtures/markdown-prose.ts';
import { codeBlock, inlineCode } from './markdown.ts';
import { visible } from './visible.ts';

describe('a text of the platform in Markdown', () => {
  it.each([...HOSTILE_TEXTS, '`', '``', '```\n~~~', 'a`', '`a', ' ', ''])('is code and nothing else: %j', (text) => {
    expect(proseOf(`before ${inlineCode(text)} after`)).toMatch(/^before (\(empty\) |) ?after$/);
    expect(proseOf(`before\n\n${codeBlock(text)}\n\nafter`)).toBe('before\nafter');
  });

  it('stands in the code as it is', () => {
    expect(inlineCode('a `b` c')).toBe('`` a `b` c ``');
    expect(codeBlock('```js\n```')).toBe('````text\n```js\n```\n````');
    expect(codeBlock(visible('a\r\nb'))).toBe('```text\na\nb\n```');
  });
});

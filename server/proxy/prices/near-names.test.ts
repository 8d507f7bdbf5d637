import { describe, expect, it } from 'vitest';
import { familyNames, nearNames } from './near-names.ts';

const names = ['gpt-4o', 'gpt-4o-mini', 'gpt-4o-mini-tts', 'o1', 'claude-sonnet-5', 'claude-opus-4', 'gemini-2.5-pro'];

describe('near names', () => {
  it.each([
    ['a letter left out', 'gpt-4o-mni', 'gpt-4o-mini'],
    ['other case', 'GPT-4O', 'gpt-4o'],
    ['a version too much', 'claude-sonnet-5-5', 'claude-sonnet-5'],
    ['a part of the name', 'opus', 'claude-opus-4'],
    ['a long tail', 'gemini-2.5-pro-preview-of-tomorrow', 'gemini-2.5-pro'],
  ])('are found for %s', (_, asked, nearest) => {
    expect(nearNames(asked, names)[0]).toBe(nearest);
  });

  it('are none where nothing is near, and a short name is not part of every other', () => {
    expect(nearNames('something-else', names)).toEqual([]);
    expect(nearNames('xo1x-and-more', ['o1'])).toEqual([]);
  });

  it('are five at most, each once', () => {
    const many = Array.from({ length: 20 }, (_, index) => `gpt-4o-${index}`);
    expect(nearNames('gpt-4o', [...many, ...many])).toHaveLength(5);
    expect(new Set(nearNames('gpt-4o', [...many, ...many])).size).toBe(5);
  });
});

describe('the family of a newer model', () => {
  it.each([
    ['gpt-5.7', ['gpt-4o', 'gpt-4o-mini', 'gpt-4o-mini-tts']],
    ['claude-sonnet-6', ['claude-sonnet-5']],
    ['o3', ['o1']],
    ['mistral-7b', []],
    ['no-digits', []],
    [`gpt-5${'x'.repeat(60)}`, []],
  ])('%s is told', (asked, want) => {
    expect(familyNames(asked, names)).toEqual(want);
  });
});

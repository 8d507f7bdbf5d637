import { describe, expect, it } from 'vitest';
import { contrast } from '../../fixtures/contrast.ts';
import { dark, light, type Palette, style } from './style.ts';

const PAIRS: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(['text', 'quiet', 'link'] as const).flatMap((text) =>
    (['page', 'card', 'code'] as const).map((on) => [text, on] as const),
  ),
  ['goodText', 'good'],
  ['badText', 'bad'],
  ['warnText', 'warn'],
  ['idleText', 'idle'],
];

describe('the style of the HTML report', () => {
  it.each(PAIRS)('has enough contrast for %s on %s, in light and dark', (text, on) => {
    for (const palette of [light, dark]) expect(contrast(palette[text], palette[on])).toBeGreaterThanOrEqual(4.5);
  });

  it('uses no colour but those of the palettes', () => {
    const rules = style.replace(/--\w+:#[0-9a-f]{6}/g, '');
    expect(rules).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(/i);
  });

  it('knows black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });
});

import { describe, expect, it } from 'vitest';
import { FULL, SettingsError, soakSettings } from './settings.ts';

describe('the settings of a soak', () => {
  it('are the full counts and a seed of chance, unless something else is said', () => {
    const settings = soakSettings([], {});
    expect(settings).toMatchObject({ counts: FULL, only: [] });
    expect(settings.seed).toBeGreaterThanOrEqual(0);
  });

  it('come from variables, and flags win', () => {
    const settings = soakSettings(['--seed', '7', '--kills', '3', '--only', 'crash,memory'], {
      SOAK_KILLS: '9',
      SOAK_REQUESTS: '50',
    });
    expect(settings).toEqual({ seed: 7, only: ['crash', 'memory'], counts: { ...FULL, kills: 3, requests: 50 } });
  });

  it.each([
    [['--kills', 'many'], {}],
    [['--seeds', '7'], {}],
    [['stray'], {}],
    [[], { SOAK_STREAMS: '-1' }],
  ])('%j %j are refused', (argv, variables) => {
    expect(() => soakSettings(argv, variables)).toThrow(SettingsError);
  });
});

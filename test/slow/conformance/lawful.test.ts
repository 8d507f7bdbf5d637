import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { set } from '../../platforms/json-edits.ts';
import { objections } from '../../platforms/lawful/hold.ts';
import { crowds, variants } from '../../platforms/lawful/index.ts';
import { look } from '../../platforms/lawful/sight.ts';
import { answering, on } from '../../platforms/mutations.ts';
import { type ReferencePlatform, startReferencePlatform } from '../../platforms/reference-platform.ts';
import { shareSettings } from '../../soak/settings.ts';

const { counts, seed } = shareSettings();

let platform: ReferencePlatform;
beforeAll(async () => {
  platform = await startReferencePlatform();
});
afterEach(() => platform.use({}));
afterAll(() => platform?.close());

describe('a lawful platform that', () => {
  it.each(variants)('$how, can be told from the reference platform', async ({ ask, times = 1, shows, ...variant }) => {
    const sights = async () => {
      const seen: string[] = [];
      for (let n = 0; n < times; n += 1) seen.push(await look(platform.config, ask));
      return seen;
    };
    expect((await sights()).filter(shows)).toEqual([]);
    platform.use(variant);
    expect((await sights()).filter(shows)).not.toEqual([]);
  });

  it.each(crowds)('$how, keeps every sentence', async (variant) => {
    for (let lap = 0; lap < counts.laps; lap += 1) {
      expect(await objections(platform, variant, { seed: seed + lap, fuzzCases: 4 })).toEqual([]);
    }
  });
});

describe('the suite', () => {
  it('would object to a variant that is not lawful', async () => {
    const controlPlane = on('GET /users/me/credits', answering(set('/remaining', -1)));
    const unlawful = { how: 'shows another number than the exact one', lawful: 'It is not.', controlPlane };
    const [found, ...more] = await objections(platform, unlawful, { seed, only: ['CRD-002'] });
    expect(found).toMatch(/^CRD-002 fail: expected remaining within 0.01/);
    expect(more).toEqual(['exit code 1']);
  });
});

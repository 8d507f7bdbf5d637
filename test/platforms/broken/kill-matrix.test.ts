import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareSettings } from '../../soak/settings.ts';
import { type ReferencePlatform, startReferencePlatform } from '../reference-platform.ts';
import { checkableMusts, type Kill, kill } from './kill.ts';
import { matrixTable } from './matrix-table.ts';
import { rows } from './rows.ts';

const { counts, seed } = shareSettings();

let platform: ReferencePlatform;
const kills: Kill[] = [];
beforeAll(async () => {
  platform = await startReferencePlatform();
});
afterAll(async () => {
  await platform?.close();
  console.log(`${matrixTable(kills)}\nseed ${seed}: SOAK_SEED replays it; npm run soak holds each row to everything`);
});

describe('the kill matrix', () => {
  it('has one broken platform for every MUST that can be checked', () => {
    expect(rows.map(({ breaks }) => breaks).sort()).toEqual([...checkableMusts].sort());
  });

  it('is asserted exactly: a good platform kills nothing', async () => {
    const row = { breaks: 'AIC-001', how: 'is as good as any' };
    expect(await kill(platform, row, { others: 0, seed })).toMatchObject({ found: [], expected: ['AIC-001 fail'] });
  });

  it.each(rows.map((row, index) => ({ ...row, index })))(
    'turns $breaks red, for a platform that $how',
    async ({ index, ...row }) => {
      const result = await kill(platform, row, { others: counts.others, seed: seed + index });
      kills.push(result);
      expect(result.found).toEqual(result.expected);
    },
  );
});

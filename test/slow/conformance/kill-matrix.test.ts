import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kill, kill, listNear } from '../../platforms/kill-matrix/kill.ts';
import { matrixTable } from '../../platforms/kill-matrix/matrix-table.ts';
import { rows } from '../../platforms/kill-matrix/rows.ts';
import { type ReferencePlatform, startReferencePlatform } from '../../platforms/reference-platform.ts';
import { shareSettings } from '../../soak/settings.ts';

const { counts, seed } = shareSettings();

/** As many as vitest runs tests of one file side by side. */
const AT_ONCE = 5;
const idle: ReferencePlatform[] = [];
const kills: Kill[] = [];
beforeAll(async () => {
  idle.push(...(await Promise.all(Array.from({ length: AT_ONCE }, startReferencePlatform))));
});
afterAll(async () => {
  await Promise.all(idle.map((platform) => platform.close()));
  console.log(`${matrixTable(kills)}\nseed ${seed}: SOAK_SEED replays it; npm run soak holds each row to everything`);
});

/** Lends a platform that no other test uses meanwhile. */
async function onPlatform<T>(act: (platform: ReferencePlatform) => Promise<T>): Promise<T> {
  const platform = idle.pop();
  if (platform === undefined) throw new Error(`more than ${AT_ONCE} tests at once`);
  try {
    return await act(platform);
  } finally {
    idle.push(platform);
  }
}

describe('the kill matrix', () => {
  it('is asserted exactly: a good platform kills nothing', async () => {
    const row = { breaks: 'AIC-001', how: 'is as good as any' };
    const result = await onPlatform((platform) => kill(platform, row, { others: 0, seed }));
    expect(result).toMatchObject({ found: [], expected: ['AIC-001 fail'] });
  });

  it('finds what a row does not say of the requirements near its own, and tells why', async () => {
    const wrong = {
      ...rows.find(({ breaks }) => breaks === 'AIC-001'),
      breaks: 'AIC-002',
      how: 'breaks AIC-001',
      also: {},
    };
    const { found, reasons } = await onPlatform((platform) =>
      kill(platform, wrong, { near: listNear('AIC-002'), others: 0, seed }),
    );
    expect(found).toContain('AIC-001 fail');
    expect(reasons).toContainEqual(expect.stringMatching(/^AIC-001 fail: expected .*updated_at/));
  });

  it.concurrent.each(rows.map((row, index) => ({ ...row, index })))(
    'turns $breaks red, for a platform that $how',
    async ({ index, ...row }) => {
      const draw = { others: counts.others, seed: seed + index };
      const result = await onPlatform((platform) => kill(platform, row, draw));
      kills.push(result);
      expect(result.found).toEqual(result.expected);
    },
  );
});

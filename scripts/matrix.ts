/**
 * The kill matrix, whole or a part of it: `npm run matrix -- KEY AIC-01`. Each argument is an id of a requirement, or what
 * ids begin with. Exits 1 where a broken platform does not turn exactly its requirement red, 2 where no row is meant.
 */

import { isExact, type Kill, kill } from '../test/platforms/kill-matrix/kill.ts';
import { matrixTable } from '../test/platforms/kill-matrix/matrix-table.ts';
import { rows } from '../test/platforms/kill-matrix/rows.ts';
import { startReferencePlatform } from '../test/platforms/reference-platform.ts';

/** Requirements that each platform is held to beside its own, drawn anew each time. */
const OTHERS = 20;

const prefixes = process.argv.slice(2);
const meant = rows.filter(
  ({ breaks }) => prefixes.length === 0 || prefixes.some((prefix) => breaks.startsWith(prefix)),
);
if (meant.length === 0) {
  console.error(`matrix: no broken platform for ${prefixes.join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = (await run()) ? 0 : 1;
}

async function run(): Promise<boolean> {
  const platform = await startReferencePlatform();
  const seed = Math.floor(Math.random() * 2 ** 32);
  const kills: Kill[] = [];
  try {
    for (const [at, row] of meant.entries()) {
      const done = await kill(platform, row, { others: OTHERS, seed: (seed + at) >>> 0 });
      kills.push(done);
      if (!isExact(done)) console.error(`${row.breaks}: expected ${done.expected}; found ${done.found}`);
    }
  } finally {
    await platform.close();
  }
  console.log(`${matrixTable(kills)}\n${kills.filter(isExact).length} of ${kills.length} killed`);
  return kills.every(isExact);
}

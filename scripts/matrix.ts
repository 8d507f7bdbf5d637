/**
 * The kill matrix, whole or a part of it: `npm run matrix -- KEY AIC-01`. Each argument is an id of a requirement, or what
 * ids begin with. The same arguments with `--seed` draw the same requirements again. Exits 1 where a broken platform does
 * not turn exactly its requirement red, 2 where no row is meant.
 */

import { parseArgs } from 'node:util';
import { isExact, type Kill, kill, listNear } from '../test/platforms/kill-matrix/kill.ts';
import { matrixTable } from '../test/platforms/kill-matrix/matrix-table.ts';
import { rows } from '../test/platforms/kill-matrix/rows.ts';
import { startReferencePlatform } from '../test/platforms/reference-platform.ts';

/** Requirements that each platform is held to beside its own and those near them, drawn anew each time. */
const OTHERS = 20;

const { values, positionals: prefixes } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const meant = rows.filter(
  ({ breaks }) => prefixes.length === 0 || prefixes.some((prefix) => breaks.startsWith(prefix)),
);
if (!Number.isInteger(seed)) {
  console.error(`matrix: --seed is a whole number, not ${values.seed}`);
  process.exitCode = 2;
} else if (meant.length === 0) {
  console.error(`matrix: no broken platform for ${prefixes.join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = (await run()) ? 0 : 1;
}

async function run(): Promise<boolean> {
  const platform = await startReferencePlatform();
  const kills: Kill[] = [];
  try {
    for (const [at, row] of meant.entries()) {
      const draw = { near: listNear(row.breaks), others: OTHERS, seed: (seed + at) >>> 0 };
      const done = await kill(platform, row, draw);
      kills.push(done);
      if (isExact(done)) continue;
      console.error([`${row.breaks}: expected ${done.expected}; found ${done.found}`, ...done.reasons].join('\n  '));
    }
  } finally {
    await platform.close();
  }
  console.log(`${matrixTable(kills)}\n${kills.filter(isExact).length} of ${kills.length} killed; --seed ${seed}`);
  return kills.every(isExact);
}

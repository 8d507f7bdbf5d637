import type { Part } from '../../soak/part.ts';
import { inWorkerPool } from '../../soak/worker-pool.ts';
import { startReferencePlatform } from '../reference-platform.ts';
import { isExact, kill } from './kill.ts';
import { matrixTable } from './matrix-table.ts';
import { rows } from './rows.ts';

/** Every broken platform against the suite. The part of `npm run soak`: tells a row that is wrong at once, and throws the table. */
export const runMatrix: Part = async ({ counts: { others }, seed }) => {
  const kills = await inWorkerPool(rows, startReferencePlatform, async (platform, row) => {
    const result = await kill(platform, row, { others, seed });
    if (!isExact(result)) console.error(`${row.breaks}: expected ${result.expected}; found ${result.found}`);
    return result;
  });
  if (!kills.every(isExact)) throw new Error(`the kill matrix is not as expected\n${matrixTable(kills)}`);
  console.log(matrixTable(kills));
  return { counts: `${kills.length} broken platforms, each against up to ${others} requirements` };
};

import type { Part } from '../../soak/part.ts';
import { startReferencePlatform } from '../reference-platform.ts';
import { isExact, kill } from './kill.ts';
import { matrixTable } from './matrix-table.ts';
import { rows } from './rows.ts';

/** Every broken platform against the suite, one after the other; a row that is wrong is told at once. The part of `npm run soak`: throws the table where a row is wrong. */
export const runMatrix: Part = async ({ counts: { others }, seed }) => {
  const platform = await startReferencePlatform();
  const kills = [];
  try {
    for (const row of rows) {
      const result = await kill(platform, row, { others, seed });
      kills.push(result);
      if (!isExact(result)) console.error(`${row.breaks}: expected ${result.expected}; found ${result.found}`);
    }
  } finally {
    await platform.close();
  }
  if (!kills.every(isExact)) throw new Error(`the kill matrix is not as expected\n${matrixTable(kills)}`);
  console.log(matrixTable(kills));
  return { counts: `${kills.length} broken platforms, each against up to ${others} requirements` };
};

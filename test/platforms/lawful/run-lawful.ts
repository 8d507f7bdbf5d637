import type { Part } from '../../soak/part.ts';
import { inWorkerPool } from '../../soak/worker-pool.ts';
import { startReferencePlatform } from '../reference-platform.ts';
import { objections } from './hold.ts';
import { crowds, variants } from './index.ts';

/**
 * Every lawful variant against the whole suite: alone once, and together with others time and again, each time in another
 * order of checks.
 */
export const runLawful: Part = async ({ counts: { laps }, seed }) => {
  const runs = [...variants.map((variant) => ({ variant, seed })), ...drawCrowds(laps, seed)];
  const objected = await inWorkerPool(runs, startReferencePlatform, async (platform, { variant, seed }) => {
    const against = await objections(platform, variant, { seed });
    return against.map((line) => `a platform that ${variant.how}, seed ${seed}: ${line}`);
  });
  const found = objected.flat();
  if (found.length > 0) throw new Error(`the suite objects to what is lawful\n${found.join('\n')}`);
  return {
    counts: `${variants.length} lawful platforms alone, and ${laps} times together, each time in another order`,
  };
};

function drawCrowds(laps: number, seed: number) {
  return Array.from({ length: laps }, (_, lap) => crowds.map((variant) => ({ variant, seed: seed + lap }))).flat();
}

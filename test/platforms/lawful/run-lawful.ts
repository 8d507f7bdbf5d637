import type { Part } from '../../soak/part.ts';
import { startReferencePlatform } from '../reference-platform.ts';
import { objections } from './hold.ts';
import { variants } from './index.ts';

/** Every lawful variant against the whole suite, time and again, each time in another order of checks. */
export const runLawful: Part = async ({ counts: { laps }, seed }) => {
  const platform = await startReferencePlatform();
  const found: string[] = [];
  try {
    for (let lap = 0; lap < laps; lap += 1) {
      for (const variant of variants) {
        const against = await objections(platform, variant, { seed: seed + lap });
        found.push(...against.map((line) => `a platform that ${variant.how}, seed ${seed + lap}: ${line}`));
      }
    }
  } finally {
    await platform.close();
  }
  if (found.length > 0) throw new Error(`the suite objects to what is lawful\n${found.join('\n')}`);
  return { counts: `${variants.length} lawful platforms, each ${laps} times in another order` };
};

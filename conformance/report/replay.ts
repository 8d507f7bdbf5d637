import type { Fuzz } from '../platform/context.ts';

/** The flags that make the generated requests of a run again. */
export function replayFlags({ seed, cases }: Fuzz): string {
  return `--seed ${seed} --fuzz-cases ${cases}`;
}

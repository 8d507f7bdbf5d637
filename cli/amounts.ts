import type { Micro } from '../server/money/microcredits.ts';

/** An amount for JSON and tables: an integer; text where a corrupt database holds one that no number can be. */
export function shownMicro(micro: Micro): number | string {
  const value = Number(micro);
  return Number.isSafeInteger(value) ? value : String(micro);
}

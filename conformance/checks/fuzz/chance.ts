/** Reproducible chance: the same seed and name draw the same values on every machine. */
export interface Chance {
  /** 0 to `below` - 1. */
  int(below: number): number;
  /** Throws a `RangeError` on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** True once in `times` draws. */
  oneIn(times: number): boolean;
}

/** Largest seed: what fits into 32 bits is short enough to be typed. */
export const LARGEST_SEED = 0xffffffff;

/** Drawn afresh for each name, so that a case stays the same whatever ran before it. */
export function createChance(seed: number, name: string): Chance {
  let state = hash(`${seed}/${name}`);

  // Mulberry32.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  const int = (below: number) => next() % below;
  return {
    int,
    oneIn: (times) => int(times) === 0,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[int(list.length)] as T;
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

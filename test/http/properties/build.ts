import type { PriceSource } from '../../../server/proxy/index.ts';
import { type BrokenStore, brokenStores } from './broken/stores.ts';

/** One file of the proxy with some of its exports replaced. */
export interface Swap {
  /** From the root of the repository. */
  readonly file: string;
  readonly change: (real: object) => object;
}

/** A way to put the proxy together: the one that is shipped, or one that is broken on purpose. */
export interface Build {
  /** What is wrong with it, as the end of "a build that ...". */
  readonly name: string;
  /** What stands between the proxy and its store. By name, so that other processes can be told. */
  readonly store?: BrokenStore;
  readonly prices?: (prices: PriceSource) => PriceSource;
  readonly swaps?: readonly Swap[];
}

export const REAL_BUILD: Build = { name: 'is shipped' };

/** A build whose one fault is its store. */
export function withStore(store: BrokenStore): Build {
  return { name: brokenStores[store].name, store };
}

/** Puts something else in the place of some exports of a file: `change` is given the real ones. */
export function swap<Module extends object>(file: string, change: (real: Module) => Partial<Module>): Swap {
  return { file, change: (real) => change(real as Module) };
}

/** A build whose one fault is in one file. */
export function withSwap<Module extends object>(
  name: string,
  file: string,
  change: (real: Module) => Partial<Module>,
): Build {
  return { name, swaps: [swap(file, change)] };
}

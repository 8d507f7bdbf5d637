import type { Context } from '../platform/context.ts';
import type { Need } from '../platform/needs.ts';

/**
 * One requirement's check: a value. It carries no level and no profile: the catalogue does. `run` sends requests and
 * states with the `want` functions what must hold; it returns when the sentence holds.
 */
export interface Check {
  /** The requirement's, such as `AIC-004`. */
  readonly id: string;
  readonly needs: readonly Need[];
  run(context: Context): Promise<void>;
}

/** The value, in one line. */
export function check(id: string, needs: readonly Need[], run: Check['run']): Check {
  return { id, needs, run };
}

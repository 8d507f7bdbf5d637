import { type Requirement, type RequirementId, requirements } from '../../generated/requirements.ts';
import type { Need } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';

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

/** The value, in one line. The type of `id` shows the sentence: an id that the contract does not have does not compile. */
export function check(id: RequirementId, needs: readonly Need[], run: Check['run']): Check {
  return { id, needs, run };
}

export type { Requirement };

/** Every sentence of the contract, as the spec has them. */
export const catalogue: readonly Requirement[] = requirements;

/** The requirements that a check from outside can decide. */
export function testable(all: readonly Requirement[]): readonly Requirement[] {
  return all.filter((requirement) => requirement.untestable === undefined);
}

/** Whether its check generates requests from the contract, so that a seed is needed to make them again. */
export function isFuzzed({ id }: Requirement): boolean {
  return id.startsWith('FUZ-');
}

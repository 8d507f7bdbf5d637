import { type Requirement, requirements } from '../../generated/requirements.ts';

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

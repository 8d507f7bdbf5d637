import { type Requirement, requirements } from '../../generated/requirements.ts';
import { ConfigError } from '../platform/config.ts';
import type { Profile } from '../platform/profiles.ts';

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

export interface Selection {
  readonly profiles: readonly Profile[];
  /** Ids; empty: all of the profiles. */
  readonly only: readonly string[];
}

/** The requirements of a run, in the catalogue's order. Throws a `ConfigError` on an id that it cannot run. */
export function selectRequirements(all: readonly Requirement[], { profiles, only }: Selection): readonly Requirement[] {
  const candidates = testable(all);
  for (const id of only) {
    if (candidates.some((requirement) => requirement.id === id)) continue;
    const reason = all.find((requirement) => requirement.id === id)?.untestable;
    throw new ConfigError(
      reason === undefined ? `no requirement is called ${id}` : `${id} cannot be checked from outside: ${reason}`,
      'rigkit conformance list prints the requirements',
    );
  }
  // Who names a requirement wants it run, whatever profile it belongs to.
  if (only.length > 0) return candidates.filter((requirement) => only.includes(requirement.id));
  return candidates.filter((requirement) => profiles.includes(requirement.profile));
}

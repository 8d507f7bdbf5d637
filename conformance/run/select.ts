import { createHash } from 'node:crypto';
import { type Check, type Requirement, testable } from '../checks/check.ts';

import { ConfigError, type Profile } from '../platform/config.ts';

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

/**
 * The checks in an order of chance; the same seed gives the same order, anywhere. A part of the checks keeps the order
 * that it has among all of them, so that an order that shows something can be narrowed down with `only`.
 */
export function shuffled(checks: readonly Check[], seed: number): readonly Check[] {
  const lots = new Map(checks.map(({ id }) => [id, drawLot(id, seed)]));
  const lot = ({ id }: Check) => lots.get(id) ?? '';
  return checks.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1));
}

function drawLot(id: string, seed: number): string {
  return createHash('sha256').update(`${seed} ${id}`).digest('hex');
}

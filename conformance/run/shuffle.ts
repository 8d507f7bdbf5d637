import { createHash } from 'node:crypto';
import type { Check } from '../checks/check.ts';

/**
 * The checks in an order of chance; the same seed gives the same order, anywhere. A part of the checks keeps the order
 * that it has among all of them, so that an order that shows something can be narrowed down with `only`.
 */
export function shuffled(checks: readonly Check[], seed: number): readonly Check[] {
  const lots = new Map(checks.map(({ id }) => [id, lotOf(id, seed)]));
  const lot = ({ id }: Check) => lots.get(id) ?? '';
  return checks.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1));
}

function lotOf(id: string, seed: number): string {
  return createHash('sha256').update(`${seed} ${id}`).digest('hex');
}

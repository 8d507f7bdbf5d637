import { type Micro, microAsCredits, microAsInteger } from '../../money/microcredits.ts';
import type { JsonEdit } from '../bytes/json-edit.ts';

/** The headers that tell a cost (contract section 4). Undefined is not known, and shown nowhere. */
export function costHeaders(cost: Micro | undefined): Record<string, string> {
  if (cost === undefined) return {};
  return { 'x-rigbox-cost-micro': String(microAsInteger(cost)), 'x-rigbox-cost-credits': String(microAsCredits(cost)) };
}

/** The fields that tell a cost, put into the object at `path`. */
export function costEdits(path: readonly string[] | undefined, cost: Micro | undefined): readonly JsonEdit[] {
  if (path === undefined || cost === undefined) return [];
  return [
    { path: [...path, 'cost_micro'], json: String(microAsInteger(cost)) },
    { path: [...path, 'cost_credits'], json: String(microAsCredits(cost)) },
  ];
}

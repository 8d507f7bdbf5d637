import { type FamilyKind, type FamilyRequirement, familyRequirements } from '../../../generated/families.ts';
import type { ProviderName } from '../../platform/config.ts';
import { type Check, catalogue, check, type Requirement } from '../check.ts';
import { fuzzControlPlane, fuzzProxy } from '../steps/fuzzing.ts';
import { stubbed } from '../steps/metering.ts';
import {
  checkForeignHidden,
  checkForeignUnchanged,
  checkForeignUnlisted,
  checkIssuedKey,
  checkUnique,
} from './owned-resource.ts';
import { checkPagedCursor, checkPagedSize, checkPagedWalk } from './paged-list.ts';

const SHAPES: Readonly<Partial<Record<Requirement['profile'], ProviderName>>> = {
  'proxy-openai': 'openai',
  'proxy-anthropic': 'anthropic',
  'proxy-google': 'google',
};

/** The check of each kind of requirement that `x-families` makes, for the operations that it stands on. */
const kinds: Readonly<Record<FamilyKind, (row: FamilyRequirement) => Check>> = {
  'documented-answer': ({ id }) => documentedAnswer(id),
  'closed-body': ({ id, operationIds }) =>
    check(id, [], async (t) => {
      for (const operationId of operationIds) {
        await fuzzControlPlane(t, operationId, ['an unknown field', 'a wrong type']);
      }
    }),
  'foreign-unlisted': ({ id, operationIds }) => check(id, ['other-key'], (t) => checkForeignUnlisted(t, operationIds)),
  'foreign-hidden': ({ id, operationIds }) => check(id, ['other-key'], (t) => checkForeignHidden(t, operationIds)),
  'foreign-unchanged': ({ id, operationIds }) =>
    check(id, ['other-key'], (t) => checkForeignUnchanged(t, operationIds)),
  'issued-key': ({ id, operationIds }) => check(id, [], (t) => checkIssuedKey(t, operationIds)),
  unique: ({ id, operationIds }) => check(id, [], (t) => checkUnique(t, operationIds)),
  'paged-walk': ({ id, operationIds }) => check(id, [], (t) => checkPagedWalk(t, operationIds)),
  'paged-size': ({ id, operationIds }) => check(id, [], (t) => checkPagedSize(t, operationIds)),
  'paged-cursor': ({ id, operationIds }) => check(id, ['other-key'], (t) => checkPagedCursor(t, operationIds)),
};

export const checks: readonly Check[] = familyRequirements.map((row) => kinds[row.kind](row));

/** Requests generated from the contract itself. */
function documentedAnswer(id: FamilyRequirement['id']): Check {
  const { api, operationId, profile } = catalogue.find((row) => row.id === id) as Requirement;
  if (api === 'control-plane') return check(id, [], (t) => fuzzControlPlane(t, operationId));
  const shape = SHAPES[profile];
  if (shape === undefined) return check(id, ['proxy'], (t) => fuzzProxy(t, operationId, 'openai'));
  return check(id, stubbed(shape), (t) => fuzzProxy(t, operationId, shape));
}

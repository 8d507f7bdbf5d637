import { expect, test } from 'vitest';
import { type FamilyKind, familyRequirements } from '../../generated/families.ts';
import { type Requirement, requirements } from '../../generated/requirements.ts';
import { pathIds, type Resource, resources } from '../../generated/resources.ts';
import { checkableMusts } from '../platforms/kill-matrix/kill.ts';
import { rows } from '../platforms/kill-matrix/rows.ts';
import { controlPlane, everyOperation } from './walk.ts';

const table: readonly Requirement[] = requirements;

test('every operation states what a platform must do', () => {
  const spoken = new Set(table.map(({ operationId }) => operationId));
  const silent = everyOperation.filter(({ operation }) => !spoken.has(operation.operationId));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every requirement has an id and a sentence of its own', () => {
  const ids = table.map(({ id }) => id);
  const sentences = table.map(({ operationId, sentence }) => `${operationId}: ${sentence}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test('only what the API documents, or what protects accounts and keys, is a MUST', () => {
  const decided = table.filter(({ level, source }) => level === 'MUST' && source === 'decided');
  const subject = /another account|changes? nothing|makes no workspace|no key in full|another provider's address/;
  const others = decided
    .filter(({ sentence }) => !subject.test(sentence))
    .map(({ id, sentence }) => `${id} ${sentence}`);
  const advice = `say in the sentence what the MUST protects, in words of ${subject}; else it is a SHOULD, or source: documented`;
  expect(others, advice).toEqual([]);
});

test('no requirement of the proxy belongs to the profile of the control plane', () => {
  const misplaced = table.filter(({ api, profile }) => api === 'managed-proxy' && profile === 'control-plane');
  expect(misplaced).toEqual([]);
});

test('every MUST that can be checked has one broken platform, written by hand or made by its family', () => {
  expect(rows.map(({ breaks }) => breaks).sort()).toEqual([...checkableMusts].sort());
});

test('every operation of the control plane belongs to documented-answer, and to owned-resource where its path has ids', () => {
  const withIds = controlPlane.filter(({ operation }) => operation.operationId in pathIds);
  expect(outside('documented-answer', controlPlane)).toEqual([]);
  expect(outside('foreign-hidden', withIds)).toEqual([]);
});

test('every list with a cursor belongs to paged-list, and every operation that makes something unique to unique', () => {
  const paged = controlPlane.filter(({ operation }) => JSON.stringify(operation).includes('"invalid_cursor"'));
  const unique = controlPlane.filter(({ operation }) => makesUnique(operation.operationId));
  expect(outside('paged-walk', paged)).toEqual([]);
  expect(outside('unique', unique)).toEqual([]);
});

function makesUnique(operationId: string): boolean {
  return Object.values<Resource>(resources).some(
    ({ create }) => 'unique' in create && create.operationId === operationId,
  );
}

/** Operations that no requirement of this kind is checked at. */
function outside(kind: FamilyKind, operations: typeof controlPlane): string[] {
  const inside = new Set(familyRequirements.filter((row) => row.kind === kind).flatMap((row) => row.operationIds));
  return operations.filter(({ operation }) => !inside.has(operation.operationId)).map(({ name }) => name);
}

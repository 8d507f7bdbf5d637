import { expect, test } from 'vitest';
import { type Requirement, requirements } from '../../generated/requirements.ts';
import { everyOperation } from './walk.ts';

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
  const subject = /another account|changes nothing|makes no workspace|another provider's address/;
  expect(decided.filter(({ sentence }) => !subject.test(sentence))).toEqual([]);
});

test('no requirement of the proxy belongs to the profile of the control plane', () => {
  const misplaced = table.filter(({ api, profile }) => api === 'managed-proxy' && profile === 'control-plane');
  expect(misplaced).toEqual([]);
});

import { expect, test } from 'vitest';
import { makeFamilies, type RequirementIds } from './families.ts';

/** A control plane of one operation that belongs to these families. */
function make(words: readonly string[], ids: RequirementIds) {
  const operation = { operationId: 'deleteNote', responses: {}, 'x-families': words };
  const document = { paths: { '/notes/{id}': { delete: operation } } };
  return makeFamilies([{ api: 'control-plane', document, version: '1.2' }], ids);
}

const taken = { 'OWN-007': { kind: 'foreign-hidden', operations: ['deleteOther'], since: '1.0' } } as const;

test('a word makes its requirements, with the next free ids of their prefix and the version of the contract', () => {
  const { ids, rows } = make(['owned-resource'], taken);
  expect(rows.get('deleteNote')).toMatchObject([
    { id: 'OWN-008', level: 'MUST', since: '1.2', profile: 'control-plane' },
    { id: 'OWN-009', sentence: 'DELETE /notes/{id} with ids of another account changes nothing there.' },
  ]);
  expect(ids['OWN-008']).toEqual({ kind: 'foreign-hidden', operations: ['deleteNote'], since: '1.2' });
});

test('a list that pages is held to its walk, its sizes and its cursors', () => {
  const kinds = make(['paged-list'], {}).requirements.map(({ id, kind }) => `${id} ${kind}`);
  expect(kinds).toEqual(['PAG-001 paged-walk', 'PAG-002 paged-size', 'PAG-003 paged-cursor']);
});

test('a requirement that was made before keeps its id, its version and the sentence that it was given', () => {
  const own = { kind: 'documented-answer', operations: ['deleteNote'], since: '1.0', sentence: 'It stays.' } as const;
  const { ids, rows } = make(['documented-answer'], { 'FUZ-003': own });
  expect(rows.get('deleteNote')).toMatchObject([{ id: 'FUZ-003', since: '1.0', sentence: 'It stays.' }]);
  expect(ids).toEqual({ 'FUZ-003': own });
});

test('the id of a requirement that no operation makes any more is retired and not given out again', () => {
  const { ids, requirements } = make(['owned-resource'], taken);
  expect(ids['OWN-007']).toEqual({ ...taken['OWN-007'], retired: true });
  expect(requirements.map(({ id }) => id)).toEqual(['OWN-008', 'OWN-009']);
});

test('a list without ids in its path shows nothing of another account, and no other operation without ids is owned', () => {
  const make = (method: string) =>
    makeFamilies(
      [
        {
          api: 'control-plane',
          document: { paths: { '/notes': { [method]: { operationId: 'onNotes', 'x-families': ['owned-resource'] } } } },
          version: '1.2',
        },
      ],
      {},
    );
  expect(make('get').rows.get('onNotes')).toMatchObject([{ sentence: 'GET /notes lists nothing of another account.' }]);
  expect(() => make('post')).toThrow('onNotes: owned-resource is for paths with ids and for lists');
});

import { expect, it } from 'vitest';
import type { Schema } from '../../../contract/schema.ts';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import { obeys } from './schema.ts';

const name: Schema = { type: 'string', minLength: 1, maxLength: 3, pattern: '^[^\\u0000]*$' };
const closed: Schema = { type: 'object', required: ['name'], additionalProperties: false, properties: { name } };

it.each<[string, Schema, unknown, boolean]>([
  ['a text within its bounds', name, 'abc', true],
  ['a text of three characters and six units', name, '🦀🦀🦀', true],
  ['a text too long', name, 'abcd', false],
  ['an empty text', name, '', false],
  ['a text against its pattern', name, 'a\u0000', false],
  ['a number for a text', name, 1, false],
  ['null where null is a type', { type: ['string', 'null'] }, null, true],
  ['null where it is none', { type: 'string' }, null, false],
  ['a member of the enumeration', { enum: ['a', null] }, null, true],
  ['no member of it', { enum: ['a', null] }, 'A', false],
  ['a whole number', { type: 'integer', minimum: 0, maximum: 9 }, 9, true],
  ['a number above', { type: 'integer', maximum: 9 }, 10, false],
  ['a number below', { type: 'integer', minimum: 0 }, -1, false],
  ['a broken number for a whole one', { type: 'integer' }, 1.5, false],
  ['infinity', { type: 'integer' }, Number.POSITIVE_INFINITY, false],
  ['a list', { type: 'array', maxItems: 1, items: name }, ['a'], true],
  ['a list too long', { type: 'array', maxItems: 1 }, [1, 2], false],
  ['a list with a bad item', { type: 'array', items: name }, [''], false],
  ['an object', closed, { name: 'a' }, true],
  ['an object without what is required', closed, {}, false],
  ['an object with a field too many', closed, { name: 'a', x: 1 }, false],
  ['a field called __proto__', closed, JSON.parse('{"name":"a","__proto__":{}}'), false],
  ['a field that is only inherited by name', closed, { name: 'a', toString: 1 }, false],
  ['an open object', { type: 'object' }, { anything: 1 }, true],
  ['a list for an object', { type: 'object' }, [], false],
  ['anything where no type is named', {}, [1], true],
  ['a reference', { $ref: '#/components/schemas/AiMode' }, 'byok', true],
  ['a reference, broken', { $ref: '#/components/schemas/AiMode' }, 'free', false],
])('judges %s', (_, schema, value, expected) => {
  expect(obeys(controlPlaneDocument, schema, value)).toBe(expected);
});

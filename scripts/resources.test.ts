import { expect, test } from 'vitest';
import { resourceModule } from './resources.ts';

/** A contract whose one resource is made with a unique text of this pattern. */
function make(pattern: string, key: string): string {
  const properties = { key: { type: 'string', pattern } };
  const content = { 'application/json': { schema: { properties }, examples: { one: { value: { key } } } } };
  const answered = { content: { 'application/json': { schema: { properties: { id: { type: 'string' } } } } } };
  const post = { operationId: 'addKey', requestBody: { content }, responses: { '201': answered } };
  const create = { operation: 'addKey', example: 'one', id: '/id', unique: '/key' };
  const missing = { missing: 'It is not needed here.' };
  const item = { 'x-resource': { name: 'keys', parameter: 'key_id', list: missing, create, delete: missing } };
  const pathItems = { '/keys': { post }, '/keys/{key_id}': item };
  return resourceModule([{ api: 'control-plane', document: { paths: pathItems }, pathItems }] as never);
}

test('an example of a unique text whose end may not be any letters and digits stops the generator', () => {
  expect(() => make('^ssh-ed25519 \\d+$', 'ssh-ed25519 0123456789012345')).toThrow(
    'addKey: /key of the example has to fit its pattern with any last 16 letters and digits; ssh-ed25519 ffffffffffffffff does not',
  );
  expect(() => make('^ssh-ed25519 \\w+$', 'ssh-ed25519 0123')).toThrow('000-0000000 0000 does not');
  expect(make('^ssh-ed25519 \\w+$', 'ssh-ed25519 0123456789abcdef')).toContain('"unique": "/key"');
});

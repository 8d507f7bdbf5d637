import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rigkit-lint-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const requirement = {
  id: 'CRD-001',
  level: 'MUST',
  profile: 'control-plane',
  source: 'documented',
  since: '1.0',
  sentence: 'GET credits answers 200.',
};

/** An operation that keeps all of our own rules. */
const sound = {
  operationId: 'getCredits',
  responses: { '200': { description: 'Ok.', content: { 'application/json': { examples: { one: { value: 1 } } } } } },
  'x-requirements': [requirement],
};

/** The messages of our own rules on a document with these operations. */
function lint(...operations: readonly object[]): string[] {
  return lintPaths(Object.fromEntries(operations.map((operation, index) => [`/path-${index}`, { get: operation }])));
}

function lintPaths(paths: object): string[] {
  const document = join(folder, 'openapi.json');
  const config = join(folder, 'redocly.yaml');
  writeFileSync(document, JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const names = ['operation-requirements', 'named-examples', 'resource-facts'];
  const rules = names.map((name) => `  kit/${name}: error\n`).join('');
  writeFileSync(config, `telemetry: off\nplugins: [${join(root, 'scripts/spec-rules.ts')}]\nrules:\n${rules}`);
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', document, '--config', config, '--format=json'],
    { encoding: 'utf8', env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  );
  const { problems } = JSON.parse(stdout) as { problems: { message: string; ruleId: string }[] };
  return problems.filter(({ ruleId }) => ruleId.startsWith('kit/')).map(({ message }) => message);
}

test('a sound operation has nothing to report', () => {
  expect(lint(sound)).toEqual([]);
});

test('an operation without requirements is reported', () => {
  const { 'x-requirements': _, ...rest } = sound;
  expect(lint(rest)).toEqual(['The operation must state its x-families or x-requirements.']);
  expect(lint({ ...sound, 'x-requirements': [] })).toEqual([
    'The operation must state its x-families or x-requirements.',
  ]);
});

test('an operation of a family needs no requirements of its own, and an unknown family is reported', () => {
  const { 'x-requirements': _, ...rest } = sound;
  expect(lint({ ...rest, 'x-families': ['documented-answer'] })).toEqual([]);
  expect(lint({ ...sound, 'x-families': ['paged'] })).toEqual([expect.stringContaining('There is no family paged')]);
});

test('a requirement id that a second operation uses is reported', () => {
  expect(lint(sound, { ...sound, operationId: 'other' })).toEqual(['The requirement id CRD-001 is taken.']);
});

test('requirements by topic are held to the same rules, each topic', () => {
  const other = { ...requirement, id: 'CRD-002' };
  const byTopic = (topics: object) => lint({ ...sound, 'x-requirements': topics });
  expect(byTopic({ some: [requirement], more: [other] })).toEqual([]);
  expect(byTopic({ some: [requirement], more: [requirement] })).toEqual(['The requirement id CRD-001 is taken.']);
  expect(byTopic({ some: [requirement], more: [] })).toEqual([
    'The operation must state its x-families or x-requirements.',
  ]);
});

test('a malformed requirement is reported with what it needs', () => {
  const row = { ...requirement, level: 'WILL', sentence: 'No full stop' };
  expect(lint({ ...sound, 'x-requirements': [row] })).toEqual([
    'The requirement needs level from MUST, SHOULD, MAY.',
    'The requirement needs sentence as one sentence that ends with a full stop.',
  ]);
});

test('a body without named examples is reported', () => {
  const unnamed = { '200': { description: 'Ok.', content: { 'application/json': { example: 1 } } } };
  const responses = { ...sound.responses, ...unnamed };
  expect(lint({ ...sound, responses })).toEqual(['The body must have named examples.']);
});

test('a resource that does not say how it is listed, made and deleted is reported with what it needs', () => {
  const list = { operation: 'getCredits', items: '/credits', id: '/id', label: '/name' };
  const gone = { missing: 'Credits stay.' };
  const item = {
    get: sound,
    'x-resource': { name: 'credits', parameter: 'id', list, create: { operation: 'x' }, delete: gone },
  };
  expect(lintPaths({ '/credits/{id}': item })).toEqual([
    'The resource needs create with example, id, or with `missing` and the reason why there is none.',
  ]);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const RULES = ['operation-requirements', 'named-examples', 'resource-facts', 'filled-in'];

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
const { 'x-requirements': _, ...silent } = sound;
const other = { ...requirement, id: 'CRD-002' };
const unnamed = { '200': { description: 'Ok.', content: { 'application/json': { example: 1 } } } };
const incomplete = {
  get: sound,
  'x-resource': {
    name: 'credits',
    parameter: 'id',
    list: { operation: 'getCredits', items: '/credits', id: '/id', label: '/name' },
    create: { operation: 'x' },
    delete: { missing: 'Credits stay.' },
  },
};
const STATES_NOTHING = 'The operation must state its x-families or x-requirements.';

/** What stands in the document, the paths of the document, and what our own rules report of it. */
const cases: readonly (readonly [what: string, paths: object, messages: readonly unknown[]])[] = [
  ['nothing of a sound operation', at(sound), []],
  ['an operation without requirements', at(silent), [STATES_NOTHING]],
  ['an operation with an empty list of requirements', at({ ...sound, 'x-requirements': [] }), [STATES_NOTHING]],
  [
    'nothing of an operation of a family that has no requirements of its own',
    at({ ...silent, 'x-families': ['documented-answer'] }),
    [],
  ],
  [
    'an unknown family',
    at({ ...sound, 'x-families': ['paged'] }),
    [expect.stringContaining('There is no family paged')],
  ],
  [
    'a requirement id that a second operation uses',
    at(sound, { ...sound, operationId: 'other' }),
    ['The requirement id CRD-001 is taken.'],
  ],
  [
    'nothing of requirements by topic with ids of their own',
    at({ ...sound, 'x-requirements': { some: [requirement], more: [other] } }),
    [],
  ],
  [
    'a requirement id that a second topic uses',
    at({ ...sound, 'x-requirements': { some: [requirement], more: [requirement] } }),
    ['The requirement id CRD-001 is taken.'],
  ],
  ['an empty topic', at({ ...sound, 'x-requirements': { some: [requirement], more: [] } }), [STATES_NOTHING]],
  [
    'a malformed requirement, with what it needs',
    at({ ...sound, 'x-requirements': [{ ...requirement, level: 'WILL', sentence: 'No full stop' }] }),
    [
      'The requirement needs level from MUST, SHOULD, MAY.',
      'The requirement needs sentence as one sentence that ends with a full stop.',
    ],
  ],
  [
    'a body without named examples',
    at({ ...sound, responses: { ...sound.responses, ...unnamed } }),
    ['The body must have named examples.'],
  ],
  [
    'a description and a summary that still say TODO',
    at({ ...sound, summary: 'TODO a few words', description: 'Oldest first. TODO what for.' }),
    ['The summary is still to be written.', 'The description is still to be written.'],
  ],
  [
    'a resource that does not say how it is made, with what it needs',
    { '/credits/{id}': incomplete },
    ['The resource needs create with example, id, or with `missing` and the reason why there is none.'],
  ],
];

const reported = lintAll(cases.map(([, paths]) => paths));

test.each(cases.map(([what, , messages], index) => [what, index, messages] as const))(
  'our rules report %s',
  (_what, index, messages) => {
    expect(reported[index]).toEqual(messages);
  },
);

/** Paths of GET operations. */
function at(...operations: readonly object[]): object {
  return Object.fromEntries(operations.map((operation, index) => [`/path-${index}`, { get: operation }]));
}

/** The messages of our own rules on a document with each of these paths. One process of Redocly reads them all. */
function lintAll(documents: readonly object[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-lint-'));
  const files = documents.map((paths, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
    return file;
  });
  const config = join(folder, 'redocly.yaml');
  const rules = RULES.map((name) => `  kit/${name}: error\n`).join('');
  writeFileSync(config, `telemetry: off\nplugins: [${join(root, 'scripts/spec-rules.ts')}]\nrules:\n${rules}`);
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', ...files, '--config', config, '--format=json'],
    { encoding: 'utf8', env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  );
  rmSync(folder, { recursive: true });
  // A JSON text for each document, one behind the other.
  const found = (JSON.parse(`[${stdout.replaceAll('\n}{', '\n},{')}]`) as { problems: readonly Problem[] }[])
    .flatMap(({ problems }) => problems)
    .filter(({ ruleId }) => ruleId.startsWith('kit/'));
  return files.map((file) =>
    found
      .filter(({ location: [place] }) => basename(place?.source.ref ?? '') === basename(file))
      .map(({ message }) => message),
  );
}

interface Problem {
  readonly message: string;
  readonly ruleId: string;
  readonly location: readonly { readonly source: { readonly ref: string } }[];
}

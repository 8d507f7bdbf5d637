import { checksLine, handlerLines, type NewFile, type NewLine, specPath } from './operation.ts';

/** The names of a resource in the places that it stands in: `ssh-keys`, `sshKeys`, `SshKey`, `ssh_key_id`. */
function names(plural: string) {
  const one = plural.slice(0, -1);
  const camel = (words: string) => words.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const pascal = (words: string) => camel(`-${words}`);
  const snake = (words: string) => words.replaceAll('-', '_');
  return {
    one,
    words: one.replaceAll('-', ' '),
    variable: camel(one),
    variables: camel(plural),
    type: pascal(one),
    types: pascal(plural),
    table: snake(plural),
    parameter: `${snake(one)}_id`,
  };
}

/** Where it lives: below a workspace, or in the account. */
function places(plural: string, parent: string | undefined) {
  const { parameter } = names(plural);
  const list = parent === undefined ? `/${plural}` : `/workspaces/{id}/${plural}`;
  return { list, item: `${list}/{${parameter}}` };
}

/** A resource that is listed, made and deleted: its contract, its handlers and SQL, its checks and broken platforms. */
export function resourceFiles(plural: string, parent: string | undefined, prefix: string): readonly NewFile[] {
  return [
    ...specFiles(plural, parent, prefix),
    ...serverFiles(plural, parent),
    checksFile(plural, parent, prefix),
    brokenFile(plural, parent, prefix),
  ];
}

export function resourceLines(plural: string, parent: string | undefined): readonly NewLine[] {
  const { type, types, variable, variables, table, words, parameter } = names(plural);
  const { list, item } = places(plural, parent);
  const owner =
    parent === undefined
      ? 'account_id text not null references accounts (id)'
      : 'workspace_id text not null references workspaces (id)';
  return [
    specPath(list, `paths/${plural}.yaml#/${table}`),
    specPath(item, `paths/${plural}.yaml#/${variable}`),
    {
      path: 'spec/control-plane/parameters/path.yaml',
      before: 'ApiKeyId:',
      text: `${type}Id:
  name: ${parameter}
  in: path
  required: true
  description: Id of the ${words}. An id of another account answers like one that does not exist.
  schema:
    type: string
  example: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
`,
    },
    {
      path: 'server/database/migrations.ts',
      before: '];\n\n/** The steps for one engine',
      text: `  // TODO: the columns of the ${words}.
  ({ integer, table }) => \`
    \${table('${table}', \`id text primary key, ${owner}, name text not null, created_at \${integer} not null\`)}
    create index ${table}_by_${parent === undefined ? 'account' : 'workspace'} on ${table} (${owner.split(' ')[0]}, created_at);\`,
`,
    },
    ...handlerLines(variables, plural, `${variables}Handlers(services)`),
    {
      path: 'server/resources/data.ts',
      before: 'import { type Workspaces, workspacesSql }',
      text: `import { type ${types}, ${variables}Sql } from './${plural}/sql.ts';\n`,
    },
    { path: 'server/resources/data.ts', before: ', Workspaces {}', text: `, ${types}` },
    {
      path: 'server/resources/data.ts',
      before: '    ...apiKeysSql(database)',
      text: `    ...${variables}Sql(database),\n`,
    },
    {
      path: 'server/resources/operations.ts',
      before: 'import type { WorkspaceWithAccount }',
      text: `import type { ${type} } from './${plural}/sql.ts';\n`,
    },
    {
      path: 'server/resources/operations.ts',
      before: "  readonly 'api-keys'",
      text: `  readonly '${plural}': { readonly ${variable}: ${type} };\n`,
    },
    {
      path: 'server/resources/lookups.ts',
      before: "    'api-keys': async",
      text: `    '${plural}': async (${parent === undefined ? 'account, id' : '_account, id, { workspace }'}) => {
      const ${variable} = await store.get${type}(${parent === undefined ? 'account' : 'workspace'}.id, id);
      return ${variable} && { ${variable} };
    },
`,
    },
    { path: 'conformance/checks/files.ts', before: 'export * as workspaceMode', text: checksLine(variables, plural) },
    {
      path: 'test/platforms/broken/rows.ts',
      before: 'import { openAiChatRows',
      text: `import { ${variable}Rows } from './${plural}.ts';\n`,
    },
    { path: 'test/platforms/broken/rows.ts', before: '  ...apiKeyRows,', text: `  ...${variable}Rows,\n` },
  ];
}

function specFiles(plural: string, parent: string | undefined, prefix: string): readonly NewFile[] {
  const { one, words, type, types, table, variable, parameter } = names(plural);
  const { list, item } = places(plural, parent);
  const inParent = parent === undefined ? '' : '    - $ref: ../parameters/path.yaml#/WorkspaceId\n';
  const parentParameters = parent === undefined ? '' : `  parameters:\n  ${inParent}`.replace('      -', '    -');
  const owned = parent === undefined ? '' : ', owned-resource';
  const of = parent === undefined ? 'the account' : 'the workspace';
  return [
    {
      path: `spec/control-plane/paths/${plural}.yaml`,
      todo: 'Descriptions, and what the operations answer beside 200 and the standard refusals: 402, 409.',
      command: 'npm run lint',
      text: `${table}:
  get:
    operationId: list${types}
    summary: List the ${words}s
    description: TODO what they are for. Oldest first.
    tags: [Workspaces]
${indent(parentParameters)}    responses:
      "200":
        description: The ${words}s.
        content:
          application/json:
            schema:
              $ref: ../schemas/${plural}.yaml#/List${types}Response
            examples:
              one:
                $ref: ../examples/${plural}.yaml#/${one}-list
    x-families: [documented-answer${owned}]
    x-requirements:
      $ref: ../requirements/${plural}.yaml#/list${types}
  post:
    operationId: create${type}
    summary: Create a ${words}
    description: TODO what it makes, and what is refused.
    tags: [Workspaces]
${indent(parentParameters)}    requestBody:
      required: true
      content:
        application/json:
          schema:
            $ref: ../schemas/${plural}.yaml#/Create${type}Request
          examples:
            named:
              $ref: ../examples/${plural}.yaml#/${one}-create
    responses:
      "201":
        description: The ${words}.
        content:
          application/json:
            schema:
              $ref: ../schemas/${plural}.yaml#/${type}
            examples:
              created:
                $ref: ../examples/${plural}.yaml#/${one}-created
    x-families: [documented-answer, closed-body${owned}]
    x-requirements:
      $ref: ../requirements/${plural}.yaml#/create${type}
${variable}:
  x-resource:
    name: ${plural}
    parameter: ${parameter}
    list: { operation: list${types}, items: /${table}, id: /id, label: /name }
    create: { operation: create${type}, example: named, label: /name, id: /id }
    delete: { operation: delete${type} }
  delete:
    operationId: delete${type}
    summary: Delete a ${words}
    description: TODO what ends with it.
    tags: [Workspaces]
    parameters:
${indent(inParent)}      - $ref: ../parameters/path.yaml#/${type}Id
    responses:
      "200":
        description: The ${words} is gone.
        content:
          application/json:
            schema:
              $ref: ../schemas/messages.yaml#/MessageResponse
            examples:
              deleted:
                $ref: ../examples/${plural}.yaml#/${one}-deleted
    x-families: [documented-answer, owned-resource]
    x-requirements:
      $ref: ../requirements/${plural}.yaml#/delete${type}
`,
    },
    {
      path: `spec/control-plane/schemas/${plural}.yaml`,
      todo: 'The fields, each with a description and its bounds.',
      command: 'npm run lint',
      text: `${type}:
  type: object
  description: TODO what it is.
  required: [id, name, created_at]
  properties:
    id:
      type: string
      description: Id of the ${words}.
    name:
      type: string
      description: What its owner calls it.
    created_at:
      type: string
      format: date-time
      description: When it was made, in UTC.
List${types}Response:
  type: object
  description: The ${words}s of ${of}.
  required: [${table}]
  properties:
    ${table}:
      type: array
      description: The ${words}s, oldest first.
      items:
        $ref: "#/${type}"
Create${type}Request:
  type: object
  description: What the new ${words} is.
  additionalProperties: false
  required: [name]
  properties:
    name:
      type: string
      minLength: 1
      maxLength: 64
      pattern: ^[^\\u0000-\\u001f\\u007f-\\u009f]*$
      description: What its owner calls it.
`,
    },
    {
      path: `spec/control-plane/examples/${plural}.yaml`,
      todo: 'What the mocks answer: a named example for each state that a screen shows.',
      command: 'npx vitest run test/http/mocks/walk.test.ts',
      text: `${one}-list:
  summary: One ${words}
  value:
    ${table}:
      - { id: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a, name: first, created_at: "2026-01-10T08:00:00Z" }
${one}-create:
  summary: A named ${words}
  value: { name: first }
${one}-created:
  summary: A new ${words}
  value: { id: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a, name: first, created_at: "2026-01-10T08:00:00Z" }
${one}-deleted:
  summary: Deleted
  value: { message: Deleted. }
`,
    },
    {
      path: `spec/control-plane/requirements/${plural}.yaml`,
      todo: 'What a platform has to do beside what x-families says. A MUST needs a broken platform.',
      command: 'npx vitest run test/spec/requirements.test.ts',
      text: [
        [`list${types}`, '001', `GET ${list} answers 200 with ${table} that have id, name and created_at.`],
        [`create${type}`, '010', `POST ${list} answers 201 with an id, and GET then lists it.`],
        [`delete${type}`, '020', `DELETE ${item} answers 200 with a message, and GET then no longer lists it.`],
      ]
        .map(([operationId, number, sentence]) => requirement(`${operationId}`, `${prefix}-${number}`, `${sentence}`))
        .join(''),
    },
  ];
}

function requirement(operationId: string, id: string, sentence: string): string {
  const mock = id.endsWith('001') ? '' : '\n    mock: { verdict: fail, reason: It remembers nothing. }';
  return `${operationId}:
  - id: ${id}
    level: MUST
    profile: control-plane
    source: documented
    since: "1.1"
    sentence: ${sentence}${mock}
`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function serverFiles(plural: string, parent: string | undefined): readonly NewFile[] {
  const { words, type, types, variable, variables, table } = names(plural);
  const { list } = places(plural, parent);
  const owner = parent === undefined ? 'account' : 'workspace';
  const ownerId = `${owner}Id`;
  const given = parent === undefined ? 'account' : 'resources: { workspace }';
  const path = (rest = '') => list.replace('{id}', '${workspaceId}') + rest;
  const quoted = (rest = '') => (parent === undefined ? `'${path(rest)}'` : `\`${path(rest)}\``);
  const command = `npm run typecheck && npx vitest run server/resources/${plural}`;
  return [
    {
      path: `server/resources/${plural}/handlers.ts`,
      todo: 'What the operations do. A decision of some size goes to rules.ts beside it, as a pure function.',
      command,
      text: `import { randomUUID } from 'node:crypto';
import { timestamp } from '../../money/periods.ts';
import type { Handlers } from '../operations.ts';
import type { Services } from '../services.ts';
import type { ${type} } from './sql.ts';

/** \`${list}\`. TODO: what they are for. */
export function ${variables}Handlers({
  store,
  clock,
}: Services): Pick<Handlers, 'list${types}' | 'create${type}' | 'delete${type}'> {
  return {
    list${types}: async ({ ${given} }) => ({
      status: 200,
      body: { ${table}: (await store.list${types}(${owner}.id)).map(shown) },
    }),

    create${type}: async ({ account, ${parent === undefined ? '' : 'resources: { workspace }, '}body }) => {
      const ${variable} = { id: randomUUID(), ${ownerId}: ${owner}.id, name: body.name, createdAt: clock(account.id) };
      await store.create${type}(${variable});
      return { status: 201, body: shown(${variable}) };
    },

    delete${type}: async ({ resources: { ${variable} } }) => {
      await store.delete${type}(${variable}.id);
      return { status: 200, body: { message: 'Deleted.' } };
    },
  };
}

function shown({ id, name, createdAt }: ${type}) {
  return { id, name, created_at: timestamp(createdAt) };
}
`,
    },
    {
      path: `server/resources/${plural}/sql.ts`,
      todo: `The columns, as the step in server/database/migrations.ts has them.${parent === undefined ? '' : ' Call deleteAll from the deletion of a workspace, in server/resources/workspaces/sql.ts.'}`,
      command,
      text: `import { type Database, run${parent === undefined ? '' : ', type Script'} } from '../../database/database.ts';
import { type Int, queriesOn } from '../../database/query.ts';

export interface ${type} {
  readonly id: string;
  readonly ${ownerId}: string;
  readonly name: string;
  readonly createdAt: number;
}

/** What the handlers of ${words}s need of the database. */
export interface ${types} {
  /** Oldest first. */
  list${types}(${ownerId}: string): Promise<readonly ${type}[]>;
  get${type}(${ownerId}: string, id: string): Promise<${type} | undefined>;
  create${type}(${variable}: ${type}): Promise<void>;
  delete${type}(id: string): Promise<void>;
}

interface ${types}Table {
  readonly id: string;
  readonly ${owner}_id: string;
  readonly name: string;
  readonly created_at: Int;
}

const query = queriesOn<{ ${table}: ${types}Table }>();

const LIST = query((db, values: { ${ownerId}: string }, dialect) =>
  db
    .selectFrom('${table}')
    .selectAll()
    .where('${owner}_id', '=', values.${ownerId})
    .orderBy('created_at')
    .orderBy(dialect.written('${table}')),
);
const GET = query((db, values: { ${ownerId}: string; id: string }) =>
  db.selectFrom('${table}').selectAll().where('id', '=', values.id).where('${owner}_id', '=', values.${ownerId}),
);
const INSERT = query((db, values: ${type}) =>
  db
    .insertInto('${table}')
    .values({ id: values.id, ${owner}_id: values.${ownerId}, name: values.name, created_at: values.createdAt }),
);
const DELETE = query((db, values: { id: string }) => db.deleteFrom('${table}').where('id', '=', values.id).returning('id'));
${
  parent === undefined
    ? ''
    : `const DELETE_ALL = query((db, values: { workspaceId: string }) =>
  db.deleteFrom('${table}').where('workspace_id', '=', values.workspaceId),
);
`
}
export function ${variables}Sql(database: Database): ${types} {
  return {
    list${types}: async (${ownerId}) => (await database.all(LIST, { ${ownerId} })).map(to${type}),
    async get${type}(${ownerId}, id) {
      const row = await database.first(GET, { ${ownerId}, id });
      return row && to${type}(row);
    },
    create${type}: (${variable}) => database.write(() => run(INSERT, ${variable})),
    async delete${type}(id) {
      await database.writeOne(DELETE, { id });
    },
  };
}
${
  parent === undefined
    ? ''
    : `
/** Deletes those of a workspace, in the transaction that deletes it. */
export function deleteAll${types}(workspaceId: string): Script<void> {
  return run(DELETE_ALL, { workspaceId });
}
`
}
function to${type}(row: { id: string; ${owner}_id: string; name: string; created_at: bigint }): ${type} {
  return { id: row.id, ${ownerId}: row.${owner}_id, name: row.name, createdAt: Number(row.created_at) };
}
`,
    },
    {
      path: `server/resources/${plural}/handlers.test.ts`,
      todo: 'What the handlers do, as facts with a condition.',
      command: `npx vitest run server/resources/${plural}`,
      text: `import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

it('lists what was made, until it is deleted', async () => {
  const alice = await platform.join();
${parent === undefined ? '' : '  const workspaceId = await alice.workspace();\n'}  const made = await alice.post(${quoted()}, { name: 'first' });
  expect(made).toMatchObject({ status: 201, body: { name: 'first', created_at: '2026-03-15T12:00:00.000Z' } });
  expect((await alice.get(${quoted()})).body).toEqual({ ${table}: [made.body] });
  expect((await alice.delete(\`${path('/${made.body.id}')}\`)).status).toBe(200);
  expect((await alice.get(${quoted()})).body).toEqual({ ${table}: [] });
});
`,
    },
  ];
}

function checksFile(plural: string, parent: string | undefined, prefix: string): NewFile {
  const { words, type, types, table, variable } = names(plural);
  const { list } = places(plural, parent);
  const start =
    parent === undefined ? `const path = '${list}';` : `const path = (await t.workspace()).path('/${plural}');`;
  return {
    path: `conformance/checks/control-plane/${plural}.ts`,
    todo: 'A check for each requirement: what it sends, and what must hold.',
    command: `npm run conformance -- --only ${prefix}-001 (beside npm start)`,
    text: `import { givenShape, givenStatus, wantShape, wantStatus, wantThat } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';

/** \`${list}\`. */
export const checks: readonly Check[] = [
  check('${prefix}-001', [], async (t) => {
    ${start}
    givenStatus(await t.funded.post(path, { name: t.marker.slice(0, 64) }), 201);
    const answered = await t.funded.get(path);
    wantStatus(answered, 200);
    wantShape(answered, documented('List${types}Response'));
  }),

  check('${prefix}-010', [], async (t) => {
    ${start}
    const answered = await t.funded.post(path, { name: t.marker.slice(0, 64) });
    wantStatus(answered, 201);
    const { id } = wantShape(answered, documented('${type}'));
    wantThat((await givenIds(t, path)).includes(id), \`${words} \${id} in the list\`, 'it is missing');
  }),

  check('${prefix}-020', [], async (t) => {
    ${start}
    const made = await t.funded.post(path, { name: t.marker.slice(0, 64) });
    const { id } = givenShape(made, documented('${type}'));
    const answered = await t.funded.delete(\`\${path}/\${encodeURIComponent(id)}\`);
    wantStatus(answered, 200);
    wantShape(answered, documented('MessageResponse'));
    wantThat(!(await givenIds(t, path)).includes(id), \`no ${words} \${id} in the list\`, 'it is still there');
  }),
];

async function givenIds(t: Context, path: string): Promise<readonly string[]> {
  const { ${table} } = givenShape(await t.funded.get(path), documented('List${types}Response'));
  return ${table}.map((${variable}) => ${variable}.id);
}
`,
  };
}

function brokenFile(plural: string, parent: string | undefined, prefix: string): NewFile {
  const { words, variable, table } = names(plural);
  const { list, item } = places(plural, parent);
  return {
    path: `test/platforms/broken/${plural}.ts`,
    todo: 'A platform with one fault for each MUST that is written by hand.',
    command: `npx vitest run test/slow/conformance/kill-matrix.test.ts -t ${prefix}-`,
    text: `import { answering, on, saying } from '../faults.ts';
import { at, each, without } from '../json-edits.ts';
import type { BrokenPlatform } from './broken-platform.ts';

export const ${variable}Rows: readonly BrokenPlatform[] = [
  {
    breaks: '${prefix}-001',
    how: 'lists a ${words} without the time of its creation',
    controlPlane: on('GET ${list}', answering(at('/${table}', each(without('/created_at'))))),
  },
  {
    breaks: '${prefix}-010',
    how: 'answers 200 where it makes a ${words}',
    controlPlane: on('POST ${list}', saying(200, 201)),
  },
  {
    breaks: '${prefix}-020',
    how: 'answers DELETE of a ${words} without a message',
    controlPlane: on('DELETE ${item}', answering(without('/message'))),
  },
];
`,
  };
}

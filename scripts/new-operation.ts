/**
 * Starts a new operation, or a new resource of the account or of a workspace: writes the files that it needs from
 * `scripts/templates/`, adds its lines to the lists that name it, and prints what is to be filled in, each with the narrow
 * command that checks it.
 *
 *     npm run new-operation getNotice -- --path /users/me/notice
 *     npm run new-operation restartWorkspace -- --method POST --path /workspaces/{id}/restart
 *     npm run new-operation -- --resource ssh-keys --path /users/me/ssh-keys --unique public_key
 *     npm run new-operation -- --resource notes --parent workspace --unique name --paged
 *
 * A line of a template that begins with markers, like `@workspace`, `@paged` or methods like `@POST|PUT`, is written only
 * for those.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Text that is added to a file that is there, in front of the first place with the text of `before`. */
interface Insertion {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

/** A file that is to be filled in. The template has what, and the command that checks it, in its first two lines. */
interface NewFile {
  readonly path: string;
  readonly todo: string;
  readonly command: string;
  readonly text: string;
}

/** How the templates write the name of what is made, and its path, by what stands there in the end. */
type Names = readonly (readonly [inTemplate: string, name: string])[];

interface Plan {
  readonly kind: 'operation' | 'resource';
  readonly names: Names;
  /** The markers whose lines are written. */
  readonly markers: readonly string[];
  readonly insertions: readonly Insertion[];
}

/** What is asked for of a resource. */
interface ResourceOptions {
  readonly resource: string;
  readonly parent: 'account' | 'workspace';
  readonly path: string;
  readonly unique: string | undefined;
  readonly paged: boolean;
  readonly prefix: string | undefined;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `usage: npm run new-operation getNotice -- --path /users/me/notice [--method GET] [--prefix NOT]
       npm run new-operation -- --resource notes [--parent workspace] [--path /users/me/notes] [--unique name] [--paged]
One operation at a new path, of the account or below /workspaces/{id}, or a resource that is listed, made and deleted.
--method: GET, POST, PUT or DELETE. GET is the default.
--parent: what the resource belongs to: account, which is the default, or workspace.
--path: of the operation, or of the list of the account's resource; /notes is the default.
--unique: the field of the body that no two may share. A second one is answered 409.
--paged: the list pages, with max_results, cursor and next_cursor.
--prefix: the three letters of its requirements' ids.`;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

const OPENAPI = 'spec/control-plane/openapi.yaml';
const HANDLERS = 'server/resources/index.ts';
const DATA = 'server/resources/data.ts';

/** Where lists name an operation. Names are written as in the templates. */
const operationInsertions: readonly Insertion[] = [
  {
    path: OPENAPI,
    before: 'paths:\n',
    text: '@account   - name: Gadget part\n@account     description: TODO what it is about; or give the operation a tag that is there.\n',
  },
  {
    path: OPENAPI,
    before: '# Screen states: facts',
    text: '  /users/me/gadget-part:\n    $ref: paths/gadget-part.yaml\n',
  },
  {
    path: HANDLERS,
    before: 'import { workspacesHandlers }',
    text: "import { gadgetPartHandlers } from './gadget-part/handlers.ts';\n",
  },
  { path: HANDLERS, before: '    ...catalogueHandlers(', text: '    ...gadgetPartHandlers(),\n' },
  {
    path: 'conformance/checks/files.ts',
    before: 'export * as workspaceMode',
    text: "export * as gadgetPart from './control-plane/gadget-part.ts';\n",
  },
];

const resourceInsertions: readonly Insertion[] = [
  {
    path: OPENAPI,
    before: 'paths:\n',
    text: '@account   - name: Gadget parts\n@account     description: TODO what they are for.\n',
  },
  {
    path: OPENAPI,
    before: '# Screen states: facts',
    text: `  /workspaces/{id}/gadget-parts:
    $ref: paths/gadget-parts.yaml#/gadget_parts
  /workspaces/{id}/gadget-parts/{gadget_part_id}:
    $ref: paths/gadget-parts.yaml#/gadgetPart
`,
  },
  {
    path: 'spec/control-plane/parameters/path.yaml',
    before: 'ApiKeyId:',
    text: `GadgetPartId:
  name: gadget_part_id
  in: path
  required: true
  description: Id of the gadget part. An id of another account answers like one that does not exist.
  schema:
    type: string
  example: 0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a
`,
  },
  {
    path: 'server/database/migrations.ts',
    before: '];\n\n/** The steps for one engine',
    text: `  // TODO: the columns of the gadget part.
  ({ integer, table }) => \`
    \${table(
      'gadget_parts',
      \`id text primary key, workspace_id text not null references workspaces (id), name text not null,
@field         gadget_field text not null,
        created_at \${integer} not null\`,
    )}
@unique     create unique index gadget_parts_by_gadget_field on gadget_parts (gadget_field, workspace_id);
@whole     create index gadget_parts_by_workspace on gadget_parts (workspace_id, created_at);\`,
@paged     create index gadget_parts_by_workspace on gadget_parts (workspace_id, created_at, id);\`,
`,
  },
  {
    path: HANDLERS,
    before: 'import { workspacesHandlers }',
    text: "import { gadgetPartsHandlers } from './gadget-parts/handlers.ts';\n",
  },
  { path: HANDLERS, before: '    ...catalogueHandlers(', text: '    ...gadgetPartsHandlers(services),\n' },
  {
    path: DATA,
    before: 'import { lookUpWorkspace,',
    text: `@workspace import { deleteWorkspaceGadgetParts, gadgetPartsSql, lookUpGadgetPart } from './gadget-parts/sql.ts';
@account import { gadgetPartsSql, lookUpGadgetPart } from './gadget-parts/sql.ts';
`,
  },
  {
    path: DATA,
    before: '} satisfies',
    text: `@workspace   'gadget-parts': { sql: gadgetPartsSql, lookUp: lookUpGadgetPart, deleteWithWorkspace: deleteWorkspaceGadgetParts },
@account   'gadget-parts': { sql: gadgetPartsSql, lookUp: lookUpGadgetPart },
`,
  },
  {
    path: 'conformance/checks/files.ts',
    before: 'export * as workspaceMode',
    text: "export * as gadgetParts from './control-plane/gadget-parts.ts';\n",
  },
];

/** What a resource with something unique has beside; another one may have brought it. */
const takenCode: Insertion = {
  path: 'spec/error-codes.yaml',
  before: '  payload_too_large:',
  text: `  already_exists:
    status: 409
    message: That is there already.
    when: What has to be unique is taken.
`,
};

/** The templates are those of a workspace's resource. What an account's writes in place of it. */
const accountNames: Names = [
  ['gadget_part_id', 'id'],
  [', resources: { workspace }', ''],
  ['resources: { workspace }', 'account'],
  ['workspace.id', 'account.id'],
  ['workspaceId', 'accountId'],
  ['workspace_id', 'account_id'],
  ['by_workspace', 'by_account'],
  ['references workspaces', 'references accounts'],
  ['of the workspace', 'of the account'],
  ['tags: [Gadget tag]', 'tags: [Gadget parts]'],
];

/** Where the templates have a field of its own for what is unique, beside the name. */
const UNIQUE_FIELD = /[,;] (?:readonly )?'?gadget_?field'?(?:: '?[\w.-]+'?)?/gi;

if (process.argv.includes('--help')) console.log(USAGE);
else scaffold();

function scaffold(): void {
  try {
    writePlan(readRequest());
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

function writePlan(plan: Plan): void {
  const files = readTemplates(plan);
  for (const { path } of files) if (existsSync(join(root, path))) throw new Error(`${path} is there already`);
  // Every place is looked for before anything is written.
  const insertions = plan.insertions.map((one) => ({ ...one, text: fill(one.text, plan) }));
  const edited = insert(insertions);
  for (const { path, text } of files) write(path, text);
  for (const [path, text] of edited) write(path, text);
  const formatted = [...files.map(({ path }) => path), ...edited.keys()].filter((path) => path.endsWith('.ts'));
  execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...formatted], { cwd: root });
  execFileSync(process.execPath, ['scripts/generate.ts'], { cwd: root, stdio: 'inherit' });
  console.log(report(files, insertions));
}

function readRequest(): Plan {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      path: { type: 'string' },
      method: { type: 'string', default: 'GET' },
      resource: { type: 'string' },
      parent: { type: 'string', default: 'account' },
      unique: { type: 'string' },
      paged: { type: 'boolean', default: false },
      prefix: { type: 'string' },
    },
  });
  const [operationId] = positionals;
  const { method, resource, parent, prefix, unique, paged } = values;
  const path = values.path ?? `/${resource ?? ''}`;
  if (resource !== undefined && operationId === undefined) {
    if (!/^[a-z]+(-[a-z]+)*s$/.test(resource)) throw new Error(`${resource} is no plural like ssh-keys\n${USAGE}`);
    if (parent !== 'account' && parent !== 'workspace') throw new Error(`--parent is account or workspace\n${USAGE}`);
    if (unique !== undefined && !/^[a-z]+(_[a-z]+)*$/.test(unique)) {
      throw new Error(`--unique is a field like name or public_key\n${USAGE}`);
    }
    if (!/^(\/[a-z]+(-[a-z]+)*)+$/.test(path)) throw new Error(`--path is like /users/me/notes\n${USAGE}`);
    return planResource({ resource, parent, path, unique, paged, prefix });
  }
  if (operationId === undefined || !/^[a-z]+[A-Z]\w+$/.test(operationId)) throw new Error(USAGE);
  if (!METHODS.includes(method)) throw new Error(`--method is one of ${METHODS.join(', ')}\n${USAGE}`);
  if (!/^(\/workspaces\/\{id\})?(\/[a-z]+(-[a-z]+)*)+$/.test(path)) {
    throw new Error(`--path is like /users/me/notice or /workspaces/{id}/restart, without other ids\n${USAGE}`);
  }
  return planOperation(operationId, method, path, prefix);
}

function planResource({ resource, parent, path, unique, paged, prefix }: ResourceOptions): Plan {
  const field = unique ?? 'name';
  const families = [...(parent === 'workspace' ? ['owned-resource'] : []), ...(unique === undefined ? [] : ['unique'])];
  const names: Names = [
    ['GAD', findPrefix(prefix ?? resource)],
    ['closed-body, FAMILIES', ['closed-body', ...families].join(', ')],
    ...(unique === undefined ? ([[', unique: /gadget_field', '']] as const) : []),
    ...(paged ? [] : ([[', next_cursor: null', '']] as const)),
    ['list_field', paged ? 'items' : 'gadget_parts'],
    ['gadget_field', field],
    ['gadgetField', toCamel(field.replaceAll('_', '-'))],
    ['gadget field', field.replaceAll('_', ' ')],
    ...(parent === 'account'
      ? ([['/workspaces/{id}/gadget-parts', path], ["'/gadget-parts'", `'${path}'`], ...accountNames] as const)
      : ([['tags: [Gadget tag]', 'tags: [Workspaces]']] as const)),
    ...spellings(resource),
  ];
  const hasField = unique !== undefined && unique !== 'name';
  const markers = [
    parent,
    paged ? 'paged' : 'whole',
    unique === undefined ? 'plain' : 'unique',
    ...(hasField ? ['field'] : []),
  ];
  const isKnown = readFileSync(join(root, takenCode.path), 'utf8').includes('already_exists:');
  const insertions = unique === undefined || isKnown ? resourceInsertions : [...resourceInsertions, takenCode];
  return { kind: 'resource', names, markers, insertions };
}

function planOperation(operationId: string, method: string, path: string, prefix?: string): Plan {
  const document = readFileSync(join(root, OPENAPI), 'utf8');
  if (document.includes(`\n  ${path}:\n`)) {
    throw new Error(`${OPENAPI} has ${path} already: write the method into the file that it names`);
  }
  const noun = operationId
    .replace(/^get/, '')
    .replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
  const [, inWorkspace] = /^\/workspaces\/\{id\}(.+)$/.exec(path) ?? [];
  const families = [
    'documented-answer',
    ...(method === 'POST' || method === 'PUT' ? ['closed-body'] : []),
    ...(inWorkspace === undefined ? [] : ['owned-resource']),
  ];
  const names: Names = [
    ['GAD', findPrefix(prefix ?? noun)],
    ['[documented-answer]', `[${families.join(', ')}]`],
    ['/users/me/gadget-part', path],
    ['PATH_IN_WORKSPACE', inWorkspace ?? ''],
    ['PATH_OF_ALICE', path.replace('{id}', `\${await alice.workspace()}`)],
    ['getGadgetPart', operationId],
    ['gadgetMethod', method.toLowerCase()],
    ['METHOD', method],
    ...spellings(`${noun}s`),
  ];
  const markers = [method, inWorkspace === undefined ? 'account' : 'workspace'];
  return { kind: 'operation', names, markers, insertions: operationInsertions };
}

/** Every way in which code and contract write the plural `gadget-parts` and its singular. */
function spellings(plural: string): Names {
  const ways = [
    (words: string) => words,
    toCamel,
    (words: string) => toCamel(`-${words}`),
    (words: string) => words.replaceAll('-', '_'),
    (words: string) => words.replaceAll('-', ' '),
    (words: string) => words.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
  ];
  // The singular is the beginning of the plural: replacing it replaces both.
  return ways.map((way) => [way('gadget-part'), way(plural.slice(0, -1))]);
}

function rename(text: string, names: Names): string {
  return names.reduce((renamed, [inTemplate, name]) => renamed.replaceAll(inTemplate, name), text);
}

/** `public-key` as `publicKey`. */
function toCamel(words: string): string {
  return words.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The lines that are written for this plan, with its names. */
function fill(text: string, { names, markers }: Pick<Plan, 'names' | 'markers'>): string {
  const lines = text.split('\n').flatMap((line) => {
    const [marked = ''] = /^(@[\w|]+ )*/.exec(line) ?? [];
    const wanted = marked.split(' ').filter(Boolean);
    const isWritten = wanted.every((each) =>
      each
        .slice(1)
        .split('|')
        .some((marker) => markers.includes(marker)),
    );
    return isWritten ? [line.slice(marked.length)] : [];
  });
  const written = lines.join('\n');
  return rename(markers.includes('field') ? written : written.replace(UNIQUE_FIELD, ''), names);
}

function findPrefix(name: string): string {
  const prefix = name.replaceAll('-', '').slice(0, 3).toUpperCase();
  const isTaken = readFileSync(join(root, 'generated/requirements.ts'), 'utf8').includes(`id: "${prefix}-`);
  if (isTaken)
    throw new Error(`requirements with ids like ${prefix}-001 are there already: choose others with --prefix`);
  return prefix;
}

function readTemplates(plan: Plan): readonly NewFile[] {
  const folder = join(root, 'scripts/templates', plan.kind);
  return globSync('**/*.txt', { cwd: folder })
    .sort()
    .map((template) => {
      const [todo = '', command = '', ...lines] = fill(readFileSync(join(folder, template), 'utf8'), plan).split('\n');
      return { path: rename(template.replace(/\.txt$/, ''), plan.names), todo, command, text: lines.join('\n') };
    });
}

/** The changed files, by path. Throws where a file has lost the place. */
function insert(insertions: readonly Insertion[]): ReadonlyMap<string, string> {
  const edited = new Map<string, string>();
  for (const { path, before, text } of insertions) {
    const current = edited.get(path) ?? readFileSync(join(root, path), 'utf8');
    const place = current.indexOf(before);
    if (place === -1) throw new Error(`${path} has no ${JSON.stringify(before.trim())} to write in front of`);
    edited.set(path, current.slice(0, place) + text + current.slice(place));
  }
  return edited;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function report(files: readonly NewFile[], insertions: readonly Insertion[]): string {
  const list = files.map(({ path, todo, command, text }) => `  ${path}${mark(text)}\n      ${todo}\n      ${command}`);
  const added = Map.groupBy(insertions, ({ path }) => path);
  const lines = [...added].map(([path, all]) => `  ${path}${mark(all.map(({ text }) => text).join())}`);
  return `Written:\n${list.join('\n')}\nLines were added to:\n${lines.join('\n')}`;
}

function mark(text: string): string {
  return text.includes('TODO') ? ' (TODO)' : '';
}

/**
 * Starts a new operation, or a new resource of a workspace: writes the files that it needs from `scripts/templates/`, adds
 * its lines to the lists that name it, and prints what is to be filled in, each with the narrow command that checks it.
 *
 *     npm run new-operation getNotice -- --path /users/me/notice
 *     npm run new-operation -- --resource notes
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

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `usage: npm run new-operation getNotice -- --path /users/me/notice [--prefix NOT]
       npm run new-operation -- --resource notes [--prefix NOT]
A GET operation of the account, or a resource of a workspace that is listed, made and deleted.
--prefix: the three letters of its requirements' ids.`;

const OPENAPI = 'spec/control-plane/openapi.yaml';
const HANDLERS = 'server/resources/index.ts';
const DATA = 'server/resources/data.ts';
const BROKEN = 'test/platforms/broken/rows.ts';

/** Where lists name an operation. Names are written as in the templates. */
const operationInsertions: readonly Insertion[] = [
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
        created_at \${integer} not null\`,
    )}
    create index gadget_parts_by_workspace on gadget_parts (workspace_id, created_at);\`,
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
    text: "import { deleteWorkspaceGadgetParts, gadgetPartsSql, lookUpGadgetPart } from './gadget-parts/sql.ts';\n",
  },
  {
    path: DATA,
    before: '} satisfies',
    text: "  'gadget-parts': { sql: gadgetPartsSql, lookUp: lookUpGadgetPart, deleteWithWorkspace: deleteWorkspaceGadgetParts },\n",
  },
  {
    path: 'conformance/checks/files.ts',
    before: 'export * as workspaceMode',
    text: "export * as gadgetParts from './control-plane/gadget-parts.ts';\n",
  },
  { path: BROKEN, before: 'import { openAiChatRows', text: "import { gadgetPartRows } from './gadget-parts.ts';\n" },
  { path: BROKEN, before: '  ...apiKeyRows,', text: '  ...gadgetPartRows,\n' },
];

try {
  const { kind, names, insertions } = readRequest();
  const files = readTemplates(kind, names);
  for (const { path } of files) if (existsSync(join(root, path))) throw new Error(`${path} is there already`);
  // Every place is looked for before anything is written.
  const edited = insert(insertions.map((one) => ({ ...one, text: rename(one.text, names) })));
  for (const { path, text } of files) write(path, text);
  for (const [path, text] of edited) write(path, text);
  const formatted = [...files.map(({ path }) => path), ...edited.keys()].filter((path) => path.endsWith('.ts'));
  execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...formatted], { cwd: root });
  execFileSync(process.execPath, ['scripts/generate.ts'], { cwd: root, stdio: 'inherit' });
  console.log(report(files, [...edited.keys()]));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function readRequest(): { kind: 'operation' | 'resource'; names: Names; insertions: readonly Insertion[] } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { path: { type: 'string' }, resource: { type: 'string' }, prefix: { type: 'string' } },
  });
  const [operationId] = positionals;
  if (values.resource !== undefined && /^[a-z]+(-[a-z]+)*s$/.test(values.resource)) {
    const names = [['GAD', findPrefix(values.prefix ?? values.resource)] as const, ...spellings(values.resource)];
    return { kind: 'resource', names, insertions: resourceInsertions };
  }
  if (operationId !== undefined && /^get[A-Z]\w+$/.test(operationId) && values.path?.startsWith('/')) {
    const name = operationId
      .slice('get'.length)
      .replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`)
      .toLowerCase();
    const prefix = findPrefix(values.prefix ?? name);
    const names = [['GAD', prefix] as const, ['/users/me/gadget-part', values.path] as const, ...spellings(`${name}s`)];
    return { kind: 'operation', names, insertions: operationInsertions };
  }
  throw new Error(USAGE);
}

/** Every way in which code and contract write the plural `gadget-parts` and its singular. */
function spellings(plural: string): Names {
  const camel = (words: string) => words.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const ways = [
    (words: string) => words,
    camel,
    (words: string) => camel(`-${words}`),
    (words: string) => words.replaceAll('-', '_'),
    (words: string) => words.replaceAll('-', ' '),
  ];
  // The singular is the beginning of the plural: replacing it replaces both.
  return ways.map((way) => [way('gadget-part'), way(plural.slice(0, -1))]);
}

function rename(text: string, names: Names): string {
  return names.reduce((renamed, [inTemplate, name]) => renamed.replaceAll(inTemplate, name), text);
}

function findPrefix(name: string): string {
  const prefix = name.replace('-', '').slice(0, 3).toUpperCase();
  const isTaken = readFileSync(join(root, 'generated/requirements.ts'), 'utf8').includes(`id: "${prefix}-`);
  if (isTaken)
    throw new Error(`requirements with ids like ${prefix}-001 are there already: choose others with --prefix`);
  return prefix;
}

function readTemplates(kind: string, names: Names): readonly NewFile[] {
  const folder = join(root, 'scripts/templates', kind);
  return globSync('**/*.txt', { cwd: folder })
    .sort()
    .map((template) => {
      const lines = readFileSync(join(folder, template), 'utf8').split('\n');
      const [todo = '', command = '', ...text] = lines.map((line) => rename(line, names));
      return { path: rename(template.replace(/\.txt$/, ''), names), todo, command, text: text.join('\n') };
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

function report(files: readonly NewFile[], edited: readonly string[]): string {
  const list = files.map(({ path, todo, command }) => `  ${path}\n      ${todo}\n      ${command}`);
  const lines = edited.map((path) => `  ${path}`);
  return `Written, with TODO where something is to be filled in:\n${list.join('\n')}\nLines were added to:\n${lines.join('\n')}`;
}

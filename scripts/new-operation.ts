/**
 * Starts a new operation or a new resource: writes the files that it needs, adds the lines to the lists that name it, and
 * prints what is to be filled in, each with the narrow command that checks it.
 *
 *     npm run new-operation getNotice -- --path /users/me/notice
 *     npm run new-operation -- --resource notes --parent workspaces
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type NewFile, type NewLine, operationFiles, operationLines } from './templates/operation.ts';
import { resourceFiles, resourceLines } from './templates/resource.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `usage: npm run new-operation getNotice -- --path /users/me/notice [--prefix NOT]
       npm run new-operation -- --resource notes [--parent workspaces] [--prefix NOT]`;

try {
  const { files, lines } = readRequest();
  for (const { path } of files) if (existsSync(join(root, path))) throw new Error(`${path} is there already`);
  // Every anchor is looked for before anything is written.
  const edited = addLines(lines);
  for (const { path, text } of files) write(path, text);
  for (const [path, text] of edited) write(path, text);
  const written = [...files.map(({ path }) => path), ...edited.keys()];
  execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...written.filter(isFormatted)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync(process.execPath, ['scripts/generate.ts'], { cwd: root, stdio: 'inherit' });
  console.log(report(files, [...edited.keys()]));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function readRequest(): { readonly files: readonly NewFile[]; readonly lines: readonly NewLine[] } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      path: { type: 'string' },
      resource: { type: 'string' },
      parent: { type: 'string' },
      prefix: { type: 'string' },
    },
  });
  const [operationId] = positionals;
  if (values.resource !== undefined && /^[a-z]+(-[a-z]+)*s$/.test(values.resource)) {
    const { parent } = values;
    if (parent !== undefined && parent !== 'workspaces') {
      throw new Error(
        `--parent is workspaces, or left out for a resource of the account: the templates know no ${parent}`,
      );
    }
    const prefix = findPrefix(values.prefix ?? values.resource);
    return {
      files: resourceFiles(values.resource, parent, prefix),
      lines: resourceLines(values.resource, parent),
    };
  }
  if (operationId !== undefined && /^get[A-Z]\w+$/.test(operationId) && values.path?.startsWith('/')) {
    const prefix = findPrefix(values.prefix ?? operationId.slice('get'.length));
    return { files: operationFiles(operationId, values.path, prefix), lines: operationLines(operationId, values.path) };
  }
  throw new Error(USAGE);
}

/** The three letters of the new requirements' ids. */
function findPrefix(name: string): string {
  const prefix = name.replace('-', '').slice(0, 3).toUpperCase();
  const taken = readFileSync(join(root, 'generated/requirements.ts'), 'utf8').includes(`id: "${prefix}-`);
  if (taken) throw new Error(`requirements with ids like ${prefix}-001 are there already: choose others with --prefix`);
  return prefix;
}

/** The files with the lines in their places, by path. Throws where a file has lost the place. */
function addLines(lines: readonly NewLine[]): ReadonlyMap<string, string> {
  const edited = new Map<string, string>();
  for (const { path, before, text } of lines) {
    const current = edited.get(path) ?? readFileSync(join(root, path), 'utf8');
    const place = current.indexOf(before);
    if (place === -1) throw new Error(`${path} has no line ${JSON.stringify(before.trim())} to write in front of`);
    edited.set(path, current.slice(0, place) + text + current.slice(place));
  }
  return edited;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function isFormatted(path: string): boolean {
  return /\.tsx?$/.test(path);
}

function report(files: readonly NewFile[], edited: readonly string[]): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const list = files.map(
    ({ path, todo, command }) => `  ${path.padEnd(width)}  ${todo}\n  ${''.padEnd(width)}    ${command}`,
  );
  return `Written, to be filled in (look for TODO):\n${list.join('\n')}\nLines added to:\n${edited
    .map((path) => `  ${path}`)
    .join('\n')}\nThen: npm run generate && npm run typecheck && npm run test:unit`;
}

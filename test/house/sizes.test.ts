import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isTest, readImports, sources } from './imports.ts';

const MOST_LINES_OF_A_FILE = 600;
const MOST_LINES_OF_A_FUNCTION = 60;
const SMALL_FILE_LINES = 40;

/** Folders where small files are the layout. Elsewhere a small file with one importer says in its first comment why. */
const LAYOUT: readonly { readonly files: RegExp; readonly because: string }[] = [
  { files: /^cli\/commands\//, because: 'a command is one file, and is loaded when it is called' },
  { files: /^server\/resources\//, because: 'a resource is a folder with handlers, rules and SQL' },
  { files: /^server\/database\/.*\/?migrations\//, because: 'a migration is one file' },
  { files: /\/index\.ts$/, because: 'it says what a folder or the package exports' },
  { files: /^test\/|\/fixtures\//, because: 'a helper of tests stands beside what it helps' },
  { files: /^server\/ledger\/sqlite\//, because: 'it has the name of its counterpart in postgres/' },
];
const REASON = /^(#!.*\n)?\/\*\*[^/]*\b(because|so that)\b/;

const files = sources().filter((file) => !file.startsWith('generated/'));
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const lines = (text: string) => text.split('\n').length - 1;

describe('sizes', () => {
  it(`no file has more than ${MOST_LINES_OF_A_FILE} lines`, () => {
    expect(files.filter((file) => lines(texts.get(file) ?? '') > MOST_LINES_OF_A_FILE)).toEqual([]);
  });

  it(`no function has ${MOST_LINES_OF_A_FUNCTION} lines or more, besides those of functions inside it`, () => {
    expect(files.filter((file) => !isTest(file)).flatMap(longFunctions)).toEqual([]);
  });

  it(`a file under ${SMALL_FILE_LINES} lines with one importer says why it stands alone`, () => {
    const importers = Map.groupBy(
      files.flatMap(readImports).filter(({ external, from, to }) => !external && !(isTest(from) && !isTest(to))),
      ({ to }) => to,
    );
    const crumbs = files.filter((file) => {
      const text = texts.get(file) ?? '';
      const importedBy = new Set(importers.get(file)?.map(({ from }) => from));
      if (/^cli\/workers\//.test(file) || isTest(file) || importedBy.size !== 1 || lines(text) >= SMALL_FILE_LINES)
        return false;
      return !LAYOUT.some((layout) => layout.files.test(file)) && !REASON.test(text);
    });
    expect(crumbs).toEqual([]);
  });
});

function longFunctions(file: string): readonly string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, texts.get(file) ?? '', ts.ScriptTarget.Latest, true, kind);
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const found: string[] = [];
  /** Lines of the functions inside the node, which count for themselves. */
  function innerLines(node: ts.Node): number {
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += ts.isFunctionLike(child) && 'body' in child ? measure(child) - 1 : innerLines(child);
    });
    return inner;
  }
  function measure(node: ts.SignatureDeclaration): number {
    const all = line(node.end) - line(node.getStart(source)) + 1;
    if (all - innerLines(node) >= MOST_LINES_OF_A_FUNCTION) found.push(`${file} ${node.name?.getText(source) ?? ''}`);
    return all;
  }
  innerLines(source);
  return found;
}

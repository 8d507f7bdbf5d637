import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly from: string;
  /** A path in the repository, or the name of a package. */
  readonly to: string;
  readonly external: boolean;
}

/** Every TypeScript source of the house, by its path from the root; tests are told by their name. */
export function sources(): readonly string[] {
  return globSync('*/**/*.{ts,tsx}', { exclude: (name) => /^(node_modules|dist|\..*)$/.test(name) }).sort();
}

export function isTest(file: string): boolean {
  return /\.(test|test-d)\.tsx?$/.test(file) || file.includes('/fixtures/');
}

export function readImports(file: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? { from: file, to: posix.join(posix.dirname(file), fileName), external: false }
      : { from: file, to: fileName, external: true },
  );
}

/** The first ring of imports found, as the files on it, or undefined. */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const next = Map.groupBy(
    imports.filter((edge) => !edge.external),
    (edge) => edge.from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const edge of next.get(file) ?? []) {
      const cycle = visit(edge.to, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

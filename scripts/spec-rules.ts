import { familyWords } from './families.ts';
import { findRequirementProblems } from './requirement-shape.ts';
import { findShapeProblems } from './resources.ts';
import { addStandardRefusals } from './standard-refusals.ts';

interface Location {
  child(path: readonly (string | number)[]): Location;
}

interface Context {
  readonly location: Location;
  report(problem: { message: string; location: Location }): void;
  /** The node itself, or what its `$ref` points to, and where that stands. */
  resolve(node: unknown): { readonly node?: unknown; readonly location?: Location };
}

interface Operation {
  readonly operationId?: string;
  readonly 'x-families'?: readonly string[];
  readonly 'x-requirements'?: unknown;
}

interface MediaType {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, object>>;
}

/** Every operation states what a platform must do: by the families it belongs to, by rows of its own, or by lists of them by topic. */
function operationRequirements() {
  const taken = new Set<string>();
  return {
    Operation(operation: Operation, { location, report, resolve }: Context) {
      const { 'x-families': families = [], 'x-requirements': given } = operation;
      for (const word of families) {
        if (familyWords.some((known) => known === word)) continue;
        report({
          message: `There is no family ${word}: write ${familyWords.join(', ')}.`,
          location: location.child(['x-families']),
        });
      }
      if (given === undefined && families.length > 0) return;
      for (const list of isMap(given) ? Object.values(given) : [given]) {
        const { node: rows, location: place } = resolve(list);
        if (!Array.isArray(rows) || rows.length === 0 || place === undefined) {
          report({ message: 'The operation must state its x-families or x-requirements.', location });
          continue;
        }
        rows.forEach((row: { id?: string }, index) => {
          const at = place.child([index]);
          for (const problem of findRequirementProblems(row)) {
            report({ message: `The requirement ${problem}.`, location: at });
          }
          if (row?.id === undefined) return;
          if (taken.has(row.id)) report({ message: `The requirement id ${row.id} is taken.`, location: at });
          taken.add(row.id);
        });
      }
    },
  };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('$ref' in value);
}

/** Mocks and docs choose examples by name, so a body without named examples cannot be asked for. */
function namedExamples() {
  return {
    MediaType(media: MediaType, { location, report }: Context) {
      const names = Object.keys(media.examples ?? {});
      if (names.length === 0) report({ message: 'The body must have named examples.', location });
    },
  };
}

/** A path item that is a resource says all of what one is. */
function resourceFacts() {
  return {
    PathItem(item: { readonly 'x-resource'?: unknown }, { location, report }: Context) {
      if (!('x-resource' in item)) return;
      for (const problem of findShapeProblems(item['x-resource'])) {
        report({ message: `The resource ${problem}.`, location: location.child(['x-resource']) });
      }
    },
  };
}

/** The scaffold writes TODO where only its user knows the text. */
function filledIn() {
  return {
    any(node: unknown, { location, report }: Context) {
      if (!isMap(node)) return;
      for (const [field, text] of Object.entries(node)) {
        if (!['summary', 'description'].includes(field) || typeof text !== 'string' || !/\bTODO\b/.test(text)) continue;
        report({ message: `The ${field} is still to be written.`, location: location.child([field]) });
      }
    },
  };
}

/** Runs before rules and bundling: both see the standard refusals. */
function standardRefusals() {
  let root = '';
  let path = '';
  return {
    Root(_: unknown, { location }: PreprocessorContext) {
      root = location.source.absoluteRef;
    },
    PathItem: {
      enter(_: unknown, { key }: PreprocessorContext) {
        path = String(key);
      },
      Operation(operation: object, { location }: PreprocessorContext) {
        addStandardRefusals(operation, { file: location.source.absoluteRef, root, path });
      },
    },
  };
}

interface PreprocessorContext {
  readonly key: string | number;
  readonly location: { readonly source: { readonly absoluteRef: string } };
}

/** Redocly's form of a plugin; `redocly.yaml` names it and switches its rules on. */
// biome-ignore lint/style/noDefaultExport: the form Redocly reads
export default function plugin() {
  return {
    id: 'kit',
    preprocessors: { oas3: { 'standard-refusals': standardRefusals } },
    rules: {
      oas3: {
        'operation-requirements': operationRequirements,
        'named-examples': namedExamples,
        'resource-facts': resourceFacts,
        'filled-in': filledIn,
      },
    },
  };
}

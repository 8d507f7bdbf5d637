import { faultsOfRequirement } from './requirement-shape.ts';
import { findShapeProblems } from './resources.ts';

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
  readonly security?: readonly object[];
  readonly responses?: Readonly<Record<string, object>>;
  readonly 'x-requirements'?: unknown;
}

interface MediaType {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, object>>;
}

/** Every operation tells what happens without a credential and above the rate limit; a public one needs no credential. */
function operationRefusals() {
  return {
    Operation(operation: Operation, { location, report }: Context) {
      const isPublic = operation.security?.length === 0;
      for (const status of isPublic ? ['429'] : ['401', '429']) {
        if (operation.responses && !(status in operation.responses)) {
          report({ message: `The operation must declare its ${status}.`, location: location.child(['responses']) });
        }
      }
    },
  };
}

/** Every operation states what a platform must do, in rows of the right shape with ids of their own, or in lists of them by topic. */
function operationRequirements() {
  const taken = new Set<string>();
  return {
    Operation(operation: Operation, { location, report, resolve }: Context) {
      const given = operation['x-requirements'];
      for (const list of isMap(given) ? Object.values(given) : [given]) {
        const { node: rows, location: place } = resolve(list);
        if (!Array.isArray(rows) || rows.length === 0 || place === undefined) {
          report({ message: 'The operation must state its x-requirements.', location });
          continue;
        }
        rows.forEach((row: { id?: string }, index) => {
          const at = place.child([index]);
          for (const fault of faultsOfRequirement(row)) report({ message: `The requirement ${fault}.`, location: at });
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

/** Redocly's form of a plugin; `redocly.yaml` names it and switches its rules on. */
// biome-ignore lint/style/noDefaultExport: the form Redocly reads
export default function plugin() {
  return {
    id: 'kit',
    rules: {
      oas3: {
        'operation-refusals': operationRefusals,
        'operation-requirements': operationRequirements,
        'named-examples': namedExamples,
        'resource-facts': resourceFacts,
      },
    },
  };
}

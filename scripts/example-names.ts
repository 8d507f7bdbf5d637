import type { Bundle, SpecOperation } from './bundle-spec.ts';

type Node = Readonly<Record<string, unknown>>;

/** The source of `generated/example-names.ts`: the names of examples by operation and status, as types. */
export function exampleNames(bundles: readonly Bundle[]): string {
  const entries = bundles.flatMap(({ document }) => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    return operations.map((operation) => entryOf(document, operation));
  });
  return `${HEAD}export interface ExampleNames {\n${entries.join('')}}\n`;
}

function entryOf(document: object, { operationId, responses }: SpecOperation): string {
  const lines = Object.entries(responses).map(([code, response]) => {
    const names = namesIn(document, response).map((name) => `'${name}'`);
    return `    readonly ${code}: ${names.length > 0 ? names.join(' | ') : 'never'};\n`;
  });
  return `  readonly ${operationId}: {\n${lines.join('')}  };\n`;
}

function namesIn(document: object, response: unknown): string[] {
  const contents = Object.values((resolve(document, response).content ?? {}) as Node);
  return [...new Set(contents.flatMap((content) => Object.keys((content as Node).examples ?? {})))];
}

function resolve(document: object, node: unknown): Node {
  const { $ref } = node as Node;
  if (typeof $ref !== 'string') return node as Node;
  const names = $ref.slice('#/'.length).split('/');
  return names.reduce<unknown>((at, name) => (at as Node)[name], document) as Node;
}

const HEAD = `
/** Names of the examples of each response, by operation and status code. */
`;

import { type Bundle, contracts, type SpecOperation, type SpecRequirement } from './bundle-spec.ts';
import { levels, profiles, sources } from './requirement-shape.ts';

interface Row extends SpecRequirement {
  readonly operationId: string;
  readonly api: string;
  readonly method: string;
  readonly path: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The source of `generated/requirements.ts`: every requirement of every operation, in order of id. */
export function requirementTable(bundles: readonly Bundle[]): string {
  const rows = bundles.flatMap(toRows).sort((a, b) => (a.id < b.id ? -1 : 1));
  refuseDuplicates(rows);
  return `${HEAD}\nexport const requirements = [\n${rows.map(rowText).join('')}] as const satisfies readonly Requirement[];\n${sentences(rows)}`;
}

function toRows({ api, document }: Bundle): Row[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .flatMap(([method, operation]) => rowsOfOperation(operation, { api, method: method.toUpperCase(), path })),
  );
}

function rowsOfOperation(operation: SpecOperation, place: Pick<Row, 'api' | 'method' | 'path'>): Row[] {
  const { operationId, 'x-requirements': requirements = [] } = operation;
  return requirements.map((requirement) => ({ ...requirement, operationId, ...place }));
}

/** Ids are names: two requirements under one would make a report ambiguous. */
function refuseDuplicates(rows: readonly Row[]): void {
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const other = seen.get(row.id);
    if (other) throw new Error(`requirement ${row.id} stands twice: at ${other.operationId} and at ${row.operationId}`);
    seen.set(row.id, row);
  }
}

function rowText(row: Row): string {
  const { id, level, sentence, since, profile, source, untestable, mock, operationId, api, method, path } = row;
  const fields = { id, level, sentence, since, profile, source, operationId, api, method, path, untestable, mock };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  return `  {\n${lines.join('')}  },\n`;
}

/** A type that shows the sentence where an id is written: hover over the id of a check. */
function sentences(rows: readonly Row[]): string {
  const members = rows.map(
    ({ id, level, sentence }) =>
      `  /** ${level}: ${sentence.replaceAll('*/', '* /')} */\n  readonly '${id}': ${JSON.stringify(sentence)};\n`,
  );
  return `${SENTENCES}${members.join('')}}\n\nexport type RequirementId = keyof RequirementSentences;\n`;
}

function union(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' | ');
}

const HEAD = `
/** How binding a requirement is, in the sense of RFC 2119. */
export type Level = ${union(levels)};

/** What a platform declares that it offers. */
export type Profile = ${union(profiles)};

/** One sentence of the contract that can be held against a platform from outside, over HTTP. */
export interface Requirement {
  /** Stable, e.g. \`AIC-004\`. */
  readonly id: string;
  readonly level: Level;
  readonly sentence: string;
  /** First version of the contract that says so. */
  readonly since: string;
  readonly profile: Profile;
  /** Whether the API's public documentation says so, or this contract decided it. */
  readonly source: ${union(sources)};
  readonly operationId: string;
  readonly api: ${union(contracts)};
  readonly method: string;
  /** As the document of \`api\` writes it, without the base path. */
  readonly path: string;
  /** Why no check from outside is possible; absent where one is. */
  readonly untestable?: string;
  /** What a mock that remembers nothing comes to, and why; absent where it keeps the requirement. */
  readonly mock?: { readonly verdict: 'fail' | 'unverified'; readonly reason: string };
}
`;

const SENTENCES = `
/** The sentence of every requirement, by its id. */
export interface RequirementSentences {
`;

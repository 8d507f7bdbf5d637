import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FamilyRequirement, makeFamilies, type RequirementIds } from './families.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

const run = promisify(execFile);

/** The contract: what platforms are held to, and mocks answer. */
export const contracts = ['control-plane', 'managed-proxy'] as const;

/** All documents in `spec/`, by the name of their folder. */
const apis = [...contracts, 'sandbox'] as const;

export type Api = (typeof apis)[number];

/** One document of `spec/` in a single file. */
export interface Bundle {
  readonly api: Api;
  readonly document: SpecDocument;
  /** What path items say beside their operations, such as `x-resource`; `document` has it no more. */
  readonly pathItems: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** By code. */
  readonly errorCodes: Readonly<Record<string, ErrorCode>>;
  /** States of an account, by name. The published document has an example of each instead. */
  readonly facts: Readonly<Record<string, ScenarioFacts>>;
}

/** What the generator reads of a document. */
export interface SpecDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
}

export interface SpecOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly 'x-requirements'?: readonly SpecRequirement[];
  readonly 'x-families'?: unknown;
  readonly 'x-envelope'?: unknown;
  readonly 'x-forwards'?: unknown;
}

/** A row of `x-requirements`; `spec/rules` holds each row to this shape. */
export interface SpecRequirement {
  readonly id: string;
  readonly level: string;
  readonly sentence: string;
  readonly since: string;
  readonly profile: string;
  readonly source: string;
  readonly untestable?: string;
  /** What a mock that remembers nothing comes to, where that is not a pass. */
  readonly mock?: { readonly verdict: string; readonly reason: string };
}

interface WithFacts {
  readonly 'x-scenarios'?: Readonly<Record<string, ScenarioFacts>>;
  readonly 'x-error-codes'?: { readonly table: Bundle['errorCodes'] };
}

/** A row of `spec/error-codes.yaml`. */
export interface ErrorCode {
  readonly status: number;
  /** What a person is told, unless a case is said better. */
  readonly message: string;
  /** When it is answered. */
  readonly when: string;
}

/** The ids of the requirements that families make; written by `npm run generate`. */
export const REQUIREMENT_IDS = 'spec/requirement-ids.json';

/** Stands in a description where the document lists its error codes. */
const CODES_HERE = '{{error-codes}}';

/** All documents, and what the families of requirements made of them. */
export interface Spec {
  readonly bundles: readonly Bundle[];
  readonly families: readonly FamilyRequirement[];
  /** What `spec/requirement-ids.json` has to be. */
  readonly requirementIds: RequirementIds;
}

/** Joins the files of every document. Throws with Redocly's words when a reference leads nowhere or YAML does not parse. */
export async function bundleSpec(root: string): Promise<Spec> {
  const folder = await mkdtemp(join(tmpdir(), 'rigkit-spec-'));
  try {
    const joining = apis.map((api) => joinFiles(root, folder, api));
    // Where one fails, the others still write: the folder is removed behind all of them.
    await Promise.allSettled(joining);
    const joined = await Promise.all(joining);
    const allocated = JSON.parse(await readFile(join(root, REQUIREMENT_IDS), 'utf8')) as RequirementIds;
    const { ids, requirements, rows } = makeFamilies(joined, allocated);
    return { bundles: joined.map((one) => finish(one, rows)), families: requirements, requirementIds: ids };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A document in one file, with everything that its files say. */
interface Joined extends Bundle {
  /** `1.1` of `1.1.0`. */
  readonly version: string;
}

async function joinFiles(root: string, folder: string, api: Api): Promise<Joined> {
  const output = join(folder, `${api}.json`);
  await run(join(root, 'node_modules/.bin/redocly'), ['bundle', `spec/${api}/openapi.yaml`, '--output', output], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const text = await readFile(output, 'utf8');
  const errorCodes = (JSON.parse(text) as WithFacts)['x-error-codes']?.table ?? {};
  const bundled = JSON.parse(text.replace(CODES_HERE, listErrorCodes(errorCodes))) as SpecDocument & WithFacts;
  const { 'x-scenarios': facts = {}, 'x-error-codes': _, ...document } = bundled;
  const version = document.info.version.split('.').slice(0, 2).join('.');
  return { api, document, version, pathItems: takePathItems(document), errorCodes, facts };
}

/** The bundle as it is published: with every requirement, and without the words that made some of them. */
function finish({ version: _, ...bundle }: Joined, rows: FamilyRows): Bundle {
  for (const operation of Object.values(bundle.document.paths).flatMap((item) => Object.values(item))) {
    addRequirements(operation, rows);
  }
  return bundle;
}

/** Rows of families, by operation. */
type FamilyRows = ReadonlyMap<string, readonly SpecRequirement[]>;

/** An operation with many requirements has them by topic, in a file each: readers of the bundle see one list. */
function addRequirements(operation: SpecOperation, rows: FamilyRows): void {
  const { 'x-requirements': given = [], 'x-families': _, 'x-envelope': __, 'x-forwards': ___, ...rest } = operation;
  const own = Array.isArray(given) ? given : Object.values(given).flat();
  const all = [...own, ...(rows.get(operation.operationId) ?? [])];
  for (const name of Object.keys(operation)) delete (operation as unknown as Record<string, unknown>)[name];
  Object.assign(operation, rest, all.length > 0 && { 'x-requirements': all });
}

/** Takes what is not an operation out of the path items: readers of the bundle find operations there and nothing else. */
function takePathItems({ paths }: SpecDocument): Bundle['pathItems'] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const extensions = Object.entries(item).filter(([name]) => name.startsWith('x-'));
      for (const [name] of extensions) delete (item as Record<string, unknown>)[name];
      return [path, Object.fromEntries(extensions)];
    }),
  );
}

/** Markdown, escaped for a JSON string. */
function listErrorCodes(codes: Bundle['errorCodes']): string {
  const lines = Object.entries(codes).map(([code, { status, when }]) => `- \`${code}\` (${status}): ${when}`);
  return JSON.stringify(lines.join('\n')).slice(1, -1);
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jsonText } from './json-text.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { addScenarioExamples } from './scenarios/scenario-examples.ts';
import type { ScenarioFacts } from './scenarios/scenario-facts.ts';
import { scenarioOf } from './scenarios/scenario-of.ts';

const run = promisify(execFile);

/** The contract: what platforms are held to, and mocks answer. */
export const contracts = ['control-plane', 'managed-proxy'] as const;

/** All documents in `spec/`, by the name of their folder. */
const apis = [...contracts, 'sandbox'] as const;

export type Api = (typeof apis)[number];

/** One document of `spec/` in a single file. */
export interface Bundle {
  readonly api: Api;
  /** JSON with a newline at the end, the same for the same `spec/`. */
  readonly text: string;
  readonly document: SpecDocument;
  /** What path items say beside their operations, such as `x-resource`; `document` has it no more. */
  readonly pathItems: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** By code. */
  readonly errorCodes: Readonly<Record<string, ErrorCode>>;
  /** The screen states that the document has facts of; its text has an example of each instead. */
  readonly scenarios: readonly Scenario[];
}

/** What the generator reads of a document. */
export interface SpecDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
}

export interface SpecOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly 'x-requirements'?: readonly SpecRequirement[];
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

/** Stands in a description where the document lists its error codes. */
const CODES_HERE = '{{error-codes}}';

/** Joins the files of every document. Throws with Redocly's words when a reference leads nowhere or YAML does not parse. */
export async function bundleSpec(root: string): Promise<readonly Bundle[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rigkit-spec-'));
  try {
    const bundles = apis.map((api) => bundleOne(root, folder, api));
    // Where one fails, the others still write: the folder is removed behind all of them.
    await Promise.allSettled(bundles);
    return await Promise.all(bundles);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleOne(root: string, folder: string, api: Api): Promise<Bundle> {
  const output = join(folder, `${api}.json`);
  await run(join(root, 'node_modules/.bin/redocly'), ['bundle', `spec/${api}/openapi.yaml`, '--output', output], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const text = await readFile(output, 'utf8');
  const errorCodes = (JSON.parse(text) as WithFacts)['x-error-codes']?.table ?? {};
  const bundled = JSON.parse(text.replace(CODES_HERE, listErrorCodes(errorCodes))) as SpecDocument & WithFacts;
  const { 'x-scenarios': facts = {}, 'x-error-codes': _, ...document } = bundled;
  const pathItems = takePathItems(document);
  joinRequirements(document);
  const scenarios = Object.entries(facts).map(([name, own]) => scenarioOf(name, own));
  addScenarioExamples(document.paths, scenarios);
  return { api, text: `${jsonText(document)}\n`, document, pathItems, errorCodes, scenarios };
}

/** An operation with many requirements has them by topic, in a file each: readers of the bundle see one list. */
function joinRequirements({ paths }: SpecDocument): void {
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const given = operation['x-requirements'] ?? [];
    if (!Array.isArray(given)) Object.assign(operation, { 'x-requirements': Object.values(given).flat() });
  }
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

/**
 * Makes `generated/` from `spec/`: bundles, types, tables, and what the reference platform responds in each scenario. With
 * `--check` it writes nothing and exits 1, naming the files, when the committed ones are not what `spec/` says.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import type { Scenario } from '../generated/scenarios.ts';
import { type Bundle, bundleSpec, contracts, REQUIREMENT_IDS, type Spec } from './bundle-spec.ts';
import { bundleModule, errorCodeModule, exampleNames } from './contract-modules.ts';
import { familyModule, requirementIdsText } from './families.ts';
import type { ScenarioRecorder } from './record-scenarios.ts';
import { requirementTable } from './requirement-table.ts';
import { resourceModule } from './resources.ts';
import type { ScenarioFacts } from './scenario-facts.ts';
import { addScenarioExamples, scenarioFactsModule, scenarioModule } from './scenario-modules.ts';

type Facts = Readonly<Record<string, ScenarioFacts>>;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'generated');
/** The one file outside of generated/ that is written: ids are given out once, and stay. */
const IDS = join('..', REQUIREMENT_IDS);
const BANNER = '// Made by `npm run generate` from spec/: do not edit.\n';

const POINT = String.raw`\{\s+"t": \d+,\s+"v": [\d.e+-]+\s+\}`;
const POINTS = new RegExp(String.raw`\[\s+${POINT}(,\s+${POINT})*\s+\]`, 'g');
const isCheck = process.argv.includes('--check');

try {
  await generate();
} catch (error) {
  console.error(`generate: ${describeError(error)}`);
  process.exitCode = 1;
}

async function generate(): Promise<void> {
  const spec = await bundleSpec(root);
  const facts: Facts = Object.assign({}, ...spec.bundles.map((bundle) => bundle.facts));
  const files = await describeSpec(spec, facts);
  const apply = (scenarios: readonly Scenario[]) => {
    const all = new Map([...files, ...exampleFiles(spec.bundles, scenarios)]);
    return isCheck ? check(all) : write(all);
  };
  // The platform reads generated/ when it starts: everything but the scenarios is right before it is asked for them.
  await apply(await recordedBefore(facts));
  const recorder = await startPlatform();
  if (recorder === undefined) return;
  try {
    await apply(await recorder.record(facts));
  } finally {
    await recorder.close();
  }
}

/** Undefined, with a warning, where the platform cannot start yet: a new operation comes before its handler. */
async function startPlatform(): Promise<ScenarioRecorder | undefined> {
  try {
    const { startRecorder } = await import('./record-scenarios.ts');
    return await startRecorder();
  } catch (error) {
    if (isCheck) throw error;
    console.error(
      `generate: scenarios stay as they were, because the platform does not start: ${describeError(error)}`,
    );
    return undefined;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Contents by file name, of all files but those with examples. */
async function describeSpec({ bundles, families, requirementIds }: Spec, facts: Facts): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const bundle of bundles) files.set(`${bundle.api}.ts`, BANNER + (await types(bundle)));
  files.set('requirements.ts', BANNER + requirementTable(bundles));
  files.set('resources.ts', BANNER + resourceModule(bundles));
  files.set('error-codes.ts', BANNER + errorCodeModule(bundles));
  files.set('families.ts', BANNER + familyModule(families));
  files.set(IDS, requirementIdsText(requirementIds));
  files.set('bundles.ts', BANNER + bundleModule);
  files.set('scenario-facts.ts', BANNER + scenarioFactsModule(facts));
  return files;
}

/** The files with examples: each document has one of every scenario. */
function exampleFiles(bundles: readonly Bundle[], scenarios: readonly Scenario[]): Map<string, string> {
  const shown = bundles.map((bundle) => ({ ...bundle, document: structuredClone(bundle.document) }));
  for (const { document } of shown) addScenarioExamples(document.paths, scenarios);
  return new Map([
    ...shown.map(({ api, document }): [string, string] => [`${api}.json`, `${jsonText(document)}\n`]),
    ['example-names.ts', BANNER + exampleNames(shown.filter(isOfContract))],
    ['scenarios.ts', BANNER + scenarioModule(scenarios)],
  ]);
}

/** What was recorded by an earlier run, of scenarios that there still are; nothing where it cannot be read. */
async function recordedBefore(facts: Facts): Promise<Scenario[]> {
  try {
    const { scenarios } = (await import('../generated/scenarios.ts')) as { scenarios: Record<string, Scenario> };
    return Object.keys(facts).flatMap((name) => scenarios[name] ?? []);
  } catch {
    return [];
  }
}

function isOfContract({ api }: Bundle): boolean {
  return contracts.some((name) => name === api);
}

async function types({ document }: Bundle): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    // A field with a default is still one that a caller may leave out.
    defaultNonNullable: false,
    // An object of which the contract names no field may have any: what a provider defines is not repeated here.
    emptyObjectsUnknown: true,
    silent: true,
  });
  return astToString(nodes);
}

/** Leaves files alone that are right: `rigkit mock --watch` regenerates when one in spec/ is written. */
async function write(files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await unexpectedFiles(files)) await rm(join(folder, name));
  for (const name of await differentFiles(files)) await writeFile(join(folder, name), files.get(name) ?? '');
}

async function check(files: ReadonlyMap<string, string>): Promise<void> {
  const stale = [...(await unexpectedFiles(files)), ...(await differentFiles(files))];
  if (stale.length === 0) return;
  const names = stale.map((name) => join('generated', name)).sort();
  throw new Error(`${names.join(', ')}: not what spec/ says; run \`npm run generate\``);
}

/** Files that are missing, or have another content. */
async function differentFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const different: string[] = [];
  for (const [name, text] of files) {
    const present = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (present !== text) different.push(name);
  }
  return different;
}

/** Files that an earlier `spec/` left behind. */
async function unexpectedFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const present = await readdir(folder).catch(() => []);
  return present.filter((name) => !files.has(name));
}

/** JSON for people and for differences: a member on each line, but the points of a series together on one. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(POINTS, (points) => points.replace(/\s+/g, ''));
}

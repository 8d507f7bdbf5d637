/**
 * Makes `generated/` from `spec/`: bundles, types, the requirement table, example names and the scenarios. With `--check` it writes nothing and exits
 * 1, naming the files, when the committed ones are not what `spec/` says.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { bundleModule } from './bundle-module.ts';
import { type Bundle, bundleSpec, contracts, REQUIREMENT_IDS } from './bundle-spec.ts';
import { errorCodeModule } from './error-codes.ts';
import { exampleNames } from './example-names.ts';
import { familyModule, requirementIdsText } from './families.ts';
import { requirementTable } from './requirement-table.ts';
import { resourceModule } from './resources.ts';
import { scenarioModule } from './scenarios/scenario-module.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'generated');
/** The one file outside of generated/ that is written: ids are given out once, and stay. */
const IDS = join('..', REQUIREMENT_IDS);
const BANNER = '// Made by `npm run generate` from spec/: do not edit.\n';

try {
  const files = await generate();
  await (process.argv.includes('--check') ? check(files) : write(files));
} catch (error) {
  console.error(`generate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** Contents by file name. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const { bundles, families, requirementIds } = await bundleSpec(root);
  const files = new Map<string, string>();
  for (const bundle of bundles) {
    files.set(`${bundle.api}.json`, bundle.text);
    files.set(`${bundle.api}.ts`, BANNER + (await types(bundle)));
  }
  files.set('requirements.ts', BANNER + requirementTable(bundles));
  files.set('resources.ts', BANNER + resourceModule(bundles));
  files.set('error-codes.ts', BANNER + errorCodeModule(bundles));
  files.set('families.ts', BANNER + familyModule(families));
  files.set(IDS, requirementIdsText(requirementIds));
  files.set('bundles.ts', BANNER + bundleModule);
  files.set('example-names.ts', BANNER + exampleNames(bundles.filter(isOfContract)));
  files.set('scenarios.ts', BANNER + scenarioModule(bundles.flatMap(({ scenarios }) => scenarios)));
  return files;
}

function isOfContract({ api }: Bundle): boolean {
  return contracts.some((name) => name === api);
}

async function types({ text }: Bundle): Promise<string> {
  const nodes = await openapiTS(text, {
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

async function write(files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await strangers(files)) await rm(join(folder, name));
  for (const [name, text] of files) await writeFile(join(folder, name), text);
}

async function check(files: ReadonlyMap<string, string>): Promise<void> {
  const stale: string[] = await strangers(files);
  for (const [name, text] of files) {
    const committed = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (committed !== text) stale.push(name);
  }
  if (stale.length === 0) return;
  const names = stale.map((name) => join('generated', name)).sort();
  throw new Error(`${names.join(', ')}: not what spec/ says; run \`npm run generate\``);
}

/** Files that an earlier `spec/` left behind. */
async function strangers(files: ReadonlyMap<string, string>): Promise<string[]> {
  const present = await readdir(folder).catch(() => []);
  return present.filter((name) => !files.has(name));
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { REMOTE_DATA_JSON_URL } from '@pydantic/genai-prices';
import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import { createCharges } from '../../server/proxy/charges/index.ts';
import { formatCatalogueFile, parseCatalogueFile, parsePublished } from '../../server/proxy/prices/catalogue-data.ts';
import { PriceFileError } from '../../server/proxy/prices/overrides.ts';
import { createPriceSource } from '../../server/proxy/prices/source.ts';
import { catalogueFile, readPrices } from '../../server/read-prices.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { comparePrices, compareRules, type PriceChange } from '../prices/compare-prices.ts';

type Flags = FlagValues & {
  readonly from: string;
  readonly accept?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

/** `rigkit prices update`; exit code 1 where prices cannot be fetched or have to be accepted first, 2 for unusable ones. */
export function addPricesUpdate(prices: Command): void {
  addSettings(prices.command('update'), ({ variable }) => variable === 'RIGKIT_DATA_DIR')
    .description('bring the prices of a newer catalogue into the data folder; the next start uses them')
    .option('--from <url-or-file>', 'the data.json of genai-prices, or a copy of it', REMOTE_DATA_JSON_URL)
    .option('--dry-run', 'show what would change, and write nothing')
    .option(
      '--accept',
      'take it though a price falls to zero or changes more than tenfold, most models are gone, or a rule is free',
    )
    .option('--json', 'print JSON')
    // Flags that `prices` has too are read by it.
    .action((_values: Flags, command: Command) => update(command.optsWithGlobals<Flags>()));
}

async function update(values: Flags): Promise<void> {
  const config = loadConfig(process.env, readSettings(values));
  const file = catalogueFile(config.dataDir);
  const fetchedAt = new Date().toISOString();
  const content = toCatalogueFile(await load(values.from), values.from, fetchedAt);
  // What is kept is read back from what is written, so that the start cannot find it unusable.
  const newer = parseCatalogueFile(content);
  const before = currentPrices(config.dataDir);
  const changes = [
    ...comparePrices(before.prices, createPriceSource({ catalogue: newer }), Date.parse(fetchedAt)),
    ...compareRules(before.charges, createCharges({ additions: newer.rules })),
  ];
  const objections = changes.filter(({ objection }) => objection !== null);
  const isRefused = objections.length > 0 && values.accept !== true;
  const written = values.dryRun === true || isRefused ? undefined : file;
  if (written !== undefined) writeWhole(written, content);
  print({ from: values.from, changes, written, isJson: values.json === true });
  if (!isRefused) return;
  console.error(
    `rigkit: ${objections.length} changes are too large to be taken as they are, the first: ${changeText(objections[0])}; ` +
      'nothing was written; look at them, and take them with --accept',
  );
  process.exitCode = 1;
}

/** The prices before: without the operator's file, which a newer catalogue does not change. A damaged catalogue is replaced. */
function currentPrices(dataDir: string) {
  try {
    return readPrices({ dataDir, pricesFile: undefined });
  } catch (error) {
    console.error(`rigkit: ${error instanceof Error ? error.message : error}; compared with the bundled prices`);
    return { prices: createPriceSource(), charges: createCharges() };
  }
}

function toCatalogueFile(json: string, from: string, fetchedAt: string): string {
  try {
    return formatCatalogueFile(parsePublished(json), from, fetchedAt);
  } catch (error) {
    if (!(error instanceof PriceFileError)) throw error;
    throw new UsageError(`--from: ${from} is no catalogue: ${error.message}`);
  }
}

const FETCH_TIMEOUT_MS = 30_000;
const MOST_BYTES = 64 * 1024 * 1024;

async function load(from: string): Promise<string> {
  if (!/^https?:\/\//.test(from)) {
    try {
      return readFileSync(from, 'utf8');
    } catch {
      throw new UsageError(`--from: ${from} cannot be read`);
    }
  }
  try {
    const response = await fetch(from, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await readBounded(response);
  } catch (error) {
    throw new Error(`the prices cannot be fetched from ${from}: ${error instanceof Error ? error.message : error}`);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`it sent more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Beside its place first, so that a start never finds half of it. */
function writeWhole(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, content);
  renameSync(own, file);
}

interface Printed {
  readonly from: string;
  readonly changes: readonly PriceChange[];
  readonly written: string | undefined;
  readonly isJson: boolean;
}

const COLUMNS = ['change', 'provider', 'model', 'what', 'before', 'after', 'objection'];

function print({ from, changes, written, isJson }: Printed): void {
  if (isJson) {
    console.log(JSON.stringify({ from, changes, written: written ?? null }));
    return;
  }
  if (changes.length > 0) console.table(changes, COLUMNS);
  const count = (kind: PriceChange['change']) =>
    new Set(changes.filter(({ change }) => change === kind).map(({ provider, model }) => `${provider} ${model}`)).size;
  const end = written === undefined ? 'nothing was written' : `written to ${written}; the next start uses it`;
  console.log(`models: ${count('added')} added, ${count('removed')} removed, ${count('changed')} changed; ${end}`);
}

function changeText(change: PriceChange | undefined): string {
  if (change === undefined) return '';
  const { provider, model, what, before, after, objection } = change;
  return `${what} of ${provider} ${model}, ${before} to ${after}, ${objection}`;
}

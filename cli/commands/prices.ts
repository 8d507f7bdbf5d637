import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import type { ProviderName } from '../../server/money/prices.ts';
import { type PriceList, splitName } from '../../server/proxy/prices/source.ts';
import { readPrices } from '../../server/read-prices.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { listRow, type PriceSheet, priceSheet, sheetText } from '../prices/price-sheet.ts';

type Flags = FlagValues & { readonly provider?: string; readonly json?: boolean };

const MAKERS: readonly ProviderName[] = ['openai', 'anthropic', 'google'];
const PROVIDERS: readonly ProviderName[] = [...MAKERS, 'openrouter'];

/** `rigkit prices`: what calls to a model cost and why; exit code 1 for a model without a price. */
export function addPrices(program: Command): void {
  addSettings(program.command('prices'), (flag) => flag.variable === 'RIGKIT_PRICES_FILE')
    .description('show what a model costs and why, or list every model that has a price')
    .argument('[model]', 'the name in calls: gpt-4o-mini, or openai/gpt-4o-mini')
    .option('--provider <provider>', 'openai, anthropic, google or openrouter (default: the maker of the model)')
    .option('--json', 'print JSON')
    .action((model: string | undefined, values: Flags) => {
      const provider = parseProvider(values.provider);
      const prices = readPrices(loadConfig(process.env, readSettings(values)).pricesFile);
      if (model === undefined) printList(prices, provider, values.json === true);
      else printModel(prices, model, provider, values.json === true);
    });
}

function parseProvider(text: string | undefined): ProviderName | undefined {
  const provider = PROVIDERS.find((name) => name === text);
  if (text === undefined || provider !== undefined) return provider;
  throw new UsageError(`--provider: expected ${PROVIDERS.join(', ')}, got ${JSON.stringify(text)}`);
}

function printList(prices: PriceList, provider: ProviderName | undefined, isJson: boolean): void {
  const at = Date.now();
  const rows = (provider === undefined ? MAKERS : [provider]).flatMap((from) =>
    prices.names(from, at).flatMap((name) => {
      const match = prices.explain(from, name, at);
      // Aliases would repeat the model.
      return match?.by === 'id' || match?.by === 'override' ? [listRow(match.price, name)] : [];
    }),
  );
  if (isJson) {
    console.log(JSON.stringify(rows));
    return;
  }
  console.table(rows);
  console.log(
    'USD per million tokens. rigkit prices MODEL shows all of a price; --provider openrouter lists its models.',
  );
}

function printModel(prices: PriceList, model: string, provider: ProviderName | undefined, isJson: boolean): void {
  const at = Date.now();
  const sheets = namings(model, provider).flatMap(([from, name]): PriceSheet[] => {
    const match = prices.explain(from, name, at);
    return match === undefined ? [] : [priceSheet(from, model, match)];
  });
  const isPriced = sheets.length > 0;
  const near = isPriced ? [] : suggestions(prices, model, provider, at);
  if (isJson) console.log(JSON.stringify({ model, is_priced: isPriced, prices: sheets, near_names: near }));
  else if (isPriced) console.log(sheets.map(sheetText).join('\n\n'));
  if (isPriced) return;
  const meant = near.length === 0 ? '' : `; near names: ${near.join(', ')}`;
  console.error(
    `rigkit: no price is known for ${JSON.stringify(model)}: managed calls to it are refused` +
      `${meant}; a prices file (RIGKIT_PRICES_FILE) can add it`,
  );
  process.exitCode = 1;
}

/** The makers that may have the model, each with its own name for it: the part before the slash is not in that name. */
function namings(model: string, provider: ProviderName | undefined): readonly (readonly [ProviderName, string])[] {
  const [maker, name] = splitName(model);
  if (provider === undefined) return (maker === undefined ? MAKERS : [maker]).map((from) => [from, name]);
  return [[provider, provider === maker ? name : model]];
}

function suggestions(prices: PriceList, model: string, provider: ProviderName | undefined, at: number) {
  const [maker, name] = splitName(model);
  const from = provider ?? maker;
  const names = (from === undefined ? MAKERS : [from]).flatMap((one) => prices.names(one, at));
  return nearNames(from === 'openrouter' ? model : name, names);
}

const MOST_SUGGESTIONS = 5;
/** Shorter texts are part of almost every name. */
const SHORTEST = 3;

/** Similar names, nearest first: a few letters apart, or one contains the other. */
export function nearNames(asked: string, names: Iterable<string>): readonly string[] {
  const wanted = asked.toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 4));
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= reach || isLonger(wanted, name.toLowerCase()))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name);
}

function isLonger(wanted: string, name: string): boolean {
  return (wanted.length >= SHORTEST && name.includes(wanted)) || (name.length >= SHORTEST && wanted.startsWith(name));
}

/** The Levenshtein distance. */
function distanceTo(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

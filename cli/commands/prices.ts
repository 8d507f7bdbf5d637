import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import type { ProviderName } from '../../server/money/prices.ts';
import type { ChargeRow } from '../../server/proxy/charges/index.ts';
import { termRows } from '../../server/proxy/charges/served-terms.ts';
import { MAKERS } from '../../server/proxy/prices/catalogue.ts';
import { nearNames } from '../../server/proxy/prices/near-names.ts';
import { type PriceList, splitName } from '../../server/proxy/prices/source.ts';
import { readPrices } from '../../server/read-prices.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { chargeTables } from '../prices/charge-tables.ts';
import { listRow, type PriceSheet, priceSheet, sheetText } from '../prices/price-sheet.ts';
import { addPricesUpdate } from './prices-update.ts';

type Flags = FlagValues & { readonly provider?: string; readonly rules?: boolean; readonly json?: boolean };

const PROVIDERS: readonly ProviderName[] = [...MAKERS, 'openrouter'];

const SETTINGS: readonly string[] = ['RIGKIT_DATA_DIR', 'RIGKIT_PRICES_FILE'];

/** `rigkit prices`: what calls to a model cost and why; exit code 1 for a model without a price. */
export function addPrices(program: Command): void {
  const prices = addSettings(program.command('prices'), ({ variable }) => SETTINGS.includes(variable))
    .description('show what a model costs and why, or list every model that has a price')
    .argument('[model]', 'the name in calls: gpt-4o-mini, or openai/gpt-4o-mini')
    .option('--provider <provider>', 'openai, anthropic, google or openrouter (default: the maker of the model)')
    .option('--rules', 'show what in a request is charged or refused, why, and by which page of the provider')
    .option('--json', 'print JSON')
    .action((model: string | undefined, values: Flags) => {
      const provider = parseProvider(values.provider);
      const { prices: list, charges } = readPrices(loadConfig(process.env, readSettings(values)));
      if (values.rules === true) printRules(charges.rows(), provider, values.json === true);
      else if (model === undefined) printList(list, provider, values.json === true);
      else printModel(list, model, provider, values.json === true);
    });
  addPricesUpdate(prices);
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

function printRules(all: readonly ChargeRow[], provider: ProviderName | undefined, isJson: boolean): void {
  const wanted = (row: { readonly provider: ProviderName }) => provider === undefined || row.provider === provider;
  const [rules, terms] = [all.filter(wanted), termRows().filter(wanted)];
  console.log(isJson ? JSON.stringify({ rules, terms }) : chargeTables(rules, terms));
}

function printModel(prices: PriceList, model: string, provider: ProviderName | undefined, isJson: boolean): void {
  const at = Date.now();
  const sheets = namings(model, provider).flatMap(([from, name]): PriceSheet[] => {
    const match = prices.explain(from, name, at);
    return match === undefined ? [] : [priceSheet(from, model, match, prices.origin)];
  });
  const isPriced = sheets.length > 0;
  const near = isPriced ? [] : suggestions(prices, model, provider, at);
  if (isJson) console.log(JSON.stringify({ model, is_priced: isPriced, prices: sheets, near_names: near }));
  else if (isPriced) console.log(sheets.map(sheetText).join('\n\n'));
  if (isPriced) return;
  const meant = near.length === 0 ? '' : `; near names: ${near.join(', ')}`;
  console.error(
    `rigkit: no price is known for ${JSON.stringify(model)}: managed calls to it are refused` +
      `${meant}; \`rigkit prices update\` or a prices file (RIGKIT_PRICES_FILE) can add it`,
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

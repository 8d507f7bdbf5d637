import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { type Charges, createCharges } from './proxy/charges/index.ts';
import { parseCatalogueFile } from './proxy/prices/catalogue-data.ts';
import { PriceFileError, parsePricesFile } from './proxy/prices/overrides.ts';
import { createPriceSource, type PriceList } from './proxy/prices/source.ts';

/** Where `rigkit prices update` keeps the newer catalogue. */
export const catalogueFile = (dataDir: string) => join(dataDir, 'price-catalogue.json');

/**
 * What a platform with this configuration charges: `RIGKIT_PRICES_FILE` over the catalogue that `rigkit prices update`
 * keeps in the data folder, or over the bundled one; and the rules that both add. Throws a ConfigError where a file cannot
 * be read, or a rule fits nowhere.
 */
export function readPrices({ pricesFile, dataDir }: Pick<Config, 'pricesFile' | 'dataDir'>): {
  readonly prices: PriceList;
  readonly charges: Charges;
} {
  const newer = catalogueFile(dataDir);
  const catalogue = existsSync(newer) ? readFile(newer, newer, parseCatalogueFile, REMEDY) : undefined;
  const own = pricesFile === undefined ? undefined : readFile(pricesFile, 'RIGKIT_PRICES_FILE', parsePricesFile);
  const additions = [...(catalogue?.rules ?? []), ...(own?.rules ?? [])];
  return {
    prices: createPriceSource({ ...(catalogue && { catalogue }), ...(own && { overrides: own.prices }) }),
    charges: createCharges({ additions }),
  };
}

const REMEDY = '; make it again by `rigkit prices update`, or delete it to use the bundled prices';

function readFile<T>(file: string, name: string, parse: (json: string) => T, remedy = ''): T {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof PriceFileError ? error.message : 'the file cannot be read';
    throw new ConfigError(`${name}: ${reason}${remedy}`);
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { parseCatalogueFile } from './proxy/prices/catalogue-data.ts';
import { PriceFileError, parsePriceOverrides } from './proxy/prices/overrides.ts';
import { createPriceSource, type PriceList } from './proxy/prices/source.ts';

/** Where `rigkit prices update` keeps the newer catalogue. */
export const catalogueFile = (dataDir: string) => join(dataDir, 'price-catalogue.json');

/**
 * The prices that a platform with this configuration charges: `RIGKIT_PRICES_FILE` over the catalogue that `rigkit prices
 * update` keeps in the data folder, or over the bundled one. Throws a ConfigError where a file cannot be read.
 */
export function readPrices({ pricesFile, dataDir }: Pick<Config, 'pricesFile' | 'dataDir'>): PriceList {
  const newer = catalogueFile(dataDir);
  return createPriceSource({
    ...(existsSync(newer) && { catalogue: read(newer, parseCatalogueFile, newer, REMEDY) }),
    ...(pricesFile !== undefined && { overrides: read(pricesFile, parsePriceOverrides, 'RIGKIT_PRICES_FILE') }),
  });
}

const REMEDY = '; make it again by `rigkit prices update`, or delete it to use the bundled prices';

function read<T>(file: string, parse: (json: string) => T, name: string, remedy = ''): T {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof PriceFileError ? error.message : 'the file cannot be read';
    throw new ConfigError(`${name}: ${reason}${remedy}`);
  }
}

import { readFileSync } from 'node:fs';
import { ConfigError } from './config.ts';
import { createPriceSource, PriceFileError, type PriceList, parsePriceOverrides } from './proxy/prices/index.ts';

/** The prices that a platform with this `RIGKIT_PRICES_FILE` charges. Throws a ConfigError where it cannot be read. */
export function readPrices(file: string | undefined): PriceList {
  if (file === undefined) return createPriceSource();
  try {
    return createPriceSource({ overrides: parsePriceOverrides(readFileSync(file, 'utf8')) });
  } catch (error) {
    const reason = error instanceof PriceFileError ? error.message : 'the file cannot be read';
    throw new ConfigError(`RIGKIT_PRICES_FILE: ${reason}`);
  }
}

import { readFileSync } from 'node:fs';
import { ConfigError } from './config.ts';
import { PriceFileError, parsePriceOverrides } from './proxy/prices/overrides.ts';
import { createPriceSource, type PriceList } from './proxy/prices/source.ts';

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

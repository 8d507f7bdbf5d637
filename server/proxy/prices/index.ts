export { PriceFileError, type PriceOverrides, parsePriceOverrides } from './overrides.ts';
export { createPriceSource, type PriceSource, splitName } from './source.ts';

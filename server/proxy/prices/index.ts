export { PriceFileError, type PriceOverrides, parsePriceOverrides } from './overrides.ts';
export { createPriceSource, type PriceList, type PriceMatch, type PriceSource, splitName } from './source.ts';

import { createChance } from '../../harness/chance.ts';
import type { Maker } from './price-book.ts';

/** An operator's price, as decimal text; what is left out is derived from what is there. */
export interface OperatorPrice {
  readonly provider: Maker;
  readonly input: string;
  readonly output: string;
  readonly cached_input?: string;
  readonly cache_write_5m?: string;
  readonly cache_write_1h?: string;
}

export type OperatorPrices = Readonly<Record<string, OperatorPrice>>;

/** Prices that no list has, some of them awkward, for models that no list has. */
export function drawOperatorPrices(seed: number): OperatorPrices {
  const chance = createChance(seed);
  // Eight places of a dollar per million tokens: a microcredit is 10^-8 dollars.
  const usd = () => {
    const places = chance.between(0, 8);
    const fraction = String(chance.between(0, 10 ** places - 1)).padStart(places, '0');
    const whole = String(chance.pick([0, 0, chance.between(1, 200)]));
    return places === 0 ? whole : `${whole}.${fraction}`;
  };
  const draw = (provider: Maker): OperatorPrice => ({
    provider,
    input: usd(),
    output: usd(),
    ...(chance.next() < 0.6 && { cached_input: usd() }),
    ...(chance.next() < 0.6 && { cache_write_5m: usd() }),
    ...(chance.next() < 0.6 && { cache_write_1h: usd() }),
  });
  return {
    'soak-gpt': draw('openai'),
    'soak-embed': draw('openai'),
    'soak-claude': draw('anthropic'),
    'soak-gemini': draw('google'),
    'gpt-4.1-mini': draw('openai'),
  };
}

/** The same as JSON for `RIGKIT_PRICES_FILE`: the decimals stand in it digit by digit. */
export function pricesFile(prices: OperatorPrices): string {
  const entries = Object.entries(prices).map(([model, { provider, ...usd }]) => {
    const fields = Object.entries(usd).map(([name, text]) => `"${name}":${text}`);
    return `"${model}":{"provider":"${provider}",${fields.join(',')}}`;
  });
  return `{${entries.join(',')}}`;
}

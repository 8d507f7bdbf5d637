import { z } from 'zod';
import { type ModelPrice, type PriceTier, type ProviderName, type Rates, toRate } from '../../money/prices.ts';
import { type ChargeAddition, chargeAdditions, createCharges } from '../charges/index.ts';

/** A rate is whole microcredits per million tokens, which is eight decimals of a dollar: more would be rounded twice. */
const usd = z
  .number()
  .nonnegative()
  .finite()
  .refine((value) => Number(value.toFixed(8)) === value, 'expected no more than eight decimals');
const tokens = z.int().positive();

const rates = {
  input: usd,
  cached_input: usd.optional(),
  cache_write_5m: usd.optional(),
  cache_write_1h: usd.optional(),
  audio_input: usd.optional(),
  cached_audio_input: usd.optional(),
  output: usd,
  audio_output: usd.optional(),
  image_output: usd.optional(),
};

const tiers = z.array(z.strictObject({ above_input_tokens: tokens, ...rates })).superRefine((given, { addIssue }) => {
  for (const [index, { above_input_tokens: above }] of given.entries()) {
    if (above > (given[index - 1]?.above_input_tokens ?? 0)) continue;
    const path = [index, 'above_input_tokens'];
    addIssue({ code: 'custom', path, message: 'expected more tokens than in the tier before' });
  }
});

const entry = z.strictObject({
  provider: z.enum(['openai', 'anthropic', 'google', 'openrouter']),
  ...rates,
  web_search: usd.optional(),
  tiers: tiers.optional(),
  context: tokens.optional(),
  max_output: tokens.optional(),
});

/** Entries for the tables of what is charged, each of which has to fit into its table. */
export const rules = chargeAdditions.superRefine((additions, { addIssue }) => {
  try {
    createCharges({ additions });
  } catch (error) {
    addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

const file = z
  .object({ rules: rules.optional() })
  .catchall(entry)
  .transform(({ rules: additions = [], ...models }, { addIssue }): PricesFile => {
    const prices = Object.fromEntries(Object.entries(models).map(([name, stated]) => [name.trim(), stated]));
    if ('' in prices) addIssue({ code: 'custom', message: 'expected a name for every model' });
    return { prices, rules: additions };
  });

/**
 * The operator's prices, model -> entry: US dollars per million tokens, `web_search` per thousand searches, and token
 * limits. Only `provider`, `input` and `output` are required. A cache read that has no price costs what input costs, a
 * 5-minute cache write too, and a 1-hour one what the 5-minute one costs; sound costs what text costs, and pictures
 * what other output does. `tiers` state all rates anew for calls with more input.
 */
export type PriceOverrides = Readonly<Record<string, z.output<typeof entry>>>;

/** What a prices file states: prices, and under the name `rules` entries for the tables of what is charged. */
export interface PricesFile {
  readonly prices: PriceOverrides;
  readonly rules: readonly ChargeAddition[];
}

/** A file of prices that cannot be read. The message lists every problem with its place. */
export class PriceFileError extends Error {
  override readonly name = 'PriceFileError';
}

/** Reads the JSON of a prices file (`RIGKIT_PRICES_FILE`), with or without a byte order mark. Throws a {@link PriceFileError}. */
export function parsePricesFile(json: string): PricesFile {
  return parsePriceJson(json, file);
}

/** The prices of a prices file alone. Throws a {@link PriceFileError}. */
export function parsePriceOverrides(json: string): PriceOverrides {
  return parsePricesFile(json).prices;
}

/** Reads the JSON of a file of prices by its schema. Throws a {@link PriceFileError} that names every wrong place. */
export function parsePriceJson<T extends z.ZodType>(json: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new PriceFileError(`not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length ? `${path.join('.')}: ${message}` : message,
  );
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : '';
  throw new PriceFileError(problems.slice(0, MOST_PROBLEMS).join('; ') + more);
}

const MOST_PROBLEMS = 20;

/** The price that an entry states. `listed` is the catalogue's price for the same model: its limits and its searches stand in. */
export function toModelPrice(
  model: string,
  stated: z.output<typeof entry>,
  listed: ModelPrice | undefined,
): ModelPrice & { readonly provider: ProviderName } {
  // A thousand searches in the file, a million in a rate.
  const webSearch = stated.web_search === undefined ? listed?.base.webSearch : toRate(stated.web_search) * 1_000n;
  return {
    provider: stated.provider,
    model,
    source: 'override',
    base: toRates(stated, webSearch ?? 0n),
    tiers: (stated.tiers ?? []).map(
      (tier): PriceTier => ({ aboveInputTokens: tier.above_input_tokens, rates: toRates(tier, webSearch ?? 0n) }),
    ),
    contextTokens: stated.context ?? listed?.contextTokens,
    maxOutputTokens: stated.max_output ?? listed?.maxOutputTokens,
  };
}

function toRates(stated: Omit<z.output<typeof entry>, 'provider'>, webSearch: bigint): Rates {
  const rateOr = (price: number | undefined, otherwise: bigint) => (price === undefined ? otherwise : toRate(price));
  const input = toRate(stated.input);
  const output = toRate(stated.output);
  const cachedInput = rateOr(stated.cached_input, input);
  const cacheWrite5m = rateOr(stated.cache_write_5m, input);
  const audioInput = rateOr(stated.audio_input, input);
  return {
    input,
    cachedInput,
    cacheWrite5m,
    cacheWrite1h: rateOr(stated.cache_write_1h, cacheWrite5m),
    audioInput,
    // Sound that has a price of its own, but none from the cache, costs its full price there too.
    cachedAudioInput: rateOr(stated.cached_audio_input, stated.audio_input === undefined ? cachedInput : audioInput),
    output,
    audioOutput: rateOr(stated.audio_output, output),
    imageOutput: rateOr(stated.image_output, output),
    webSearch,
  };
}

import { z } from 'zod';
import type { ModelPrice, ProviderName } from '../../money/prices.ts';
import { toRate } from './catalogue.ts';

/** A rate is whole microcredits per million tokens, which is eight decimals of a dollar: more would be rounded twice. */
const usd = z
  .number()
  .nonnegative()
  .finite()
  .refine((value) => Number(value.toFixed(8)) === value, 'expected no more than eight decimals');
const tokens = z.int().positive();

const entry = z.strictObject({
  provider: z.enum(['openai', 'anthropic', 'google', 'openrouter']),
  input: usd,
  cached_input: usd.optional(),
  cache_write_5m: usd.optional(),
  cache_write_1h: usd.optional(),
  output: usd,
  context: tokens.optional(),
  max_output: tokens.optional(),
});

const file = z.record(z.string().trim().min(1), entry);

/**
 * The operator's prices, model -> entry: US dollars per million tokens, and token limits. Only `provider`, `input` and
 * `output` are required. A cache read that has no price costs what input costs, a 5-minute cache write too, and a 1-hour
 * one what the 5-minute one costs.
 */
export type PriceOverrides = z.output<typeof file>;

/** A prices file that cannot be read. The message lists every problem with its place. */
export class PriceFileError extends Error {
  override readonly name = 'PriceFileError';
}

/** Reads the JSON of a prices file (`RIGKIT_PRICES_FILE`). Throws a {@link PriceFileError}. */
export function parsePriceOverrides(json: string): PriceOverrides {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new PriceFileError('the prices file is not valid JSON');
  }
  const parsed = file.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PriceFileError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

/** The price that an entry states. `listed` is the catalogue's price for the same model: its limits stand in. */
export function toModelPrice(
  model: string,
  stated: PriceOverrides[string],
  listed: ModelPrice | undefined,
): ModelPrice & { readonly provider: ProviderName } {
  const input = toRate(stated.input);
  const output = toRate(stated.output);
  const cacheWrite5m = stated.cache_write_5m === undefined ? input : toRate(stated.cache_write_5m);
  const cachedInput = stated.cached_input === undefined ? input : toRate(stated.cached_input);
  return {
    provider: stated.provider,
    model,
    source: 'override',
    base: {
      input,
      cachedInput,
      cacheWrite5m,
      cacheWrite1h: stated.cache_write_1h === undefined ? cacheWrite5m : toRate(stated.cache_write_1h),
      audioInput: input,
      cachedAudioInput: cachedInput,
      output,
      audioOutput: output,
      imageOutput: output,
      webSearch: listed?.base.webSearch ?? 0n,
    },
    tiers: [],
    contextTokens: stated.context ?? listed?.contextTokens,
    maxOutputTokens: stated.max_output ?? listed?.maxOutputTokens,
  };
}

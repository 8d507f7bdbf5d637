/** The data of a price catalogue: as it is bundled with the kit, as genai-prices publishes it, and as a file of our own keeps it. */
import { createHash } from 'node:crypto';
import { findProvider, type MatchLogic, type ModelInfo } from '@pydantic/genai-prices';
import { z } from 'zod';
import type { ProviderName } from '../../money/prices.ts';
import type { ChargeAddition } from '../charges/index.ts';
import { PriceFileError, parsePriceJson, rules as ruleList } from './overrides.ts';

export interface CatalogueData {
  readonly origin:
    | { readonly kind: 'catalogue' }
    /** Brought by `rigkit prices update`: from which address or file, and when (ISO 8601). */
    | { readonly kind: 'update'; readonly from: string; readonly fetchedAt: string };
  readonly models: Readonly<Record<ProviderName, readonly ModelInfo[]>>;
  /** Entries for the tables of what is charged that came with it. */
  readonly rules: readonly ChargeAddition[];
}

/** What is published: prices, and perhaps rules. */
export type Published = Omit<CatalogueData, 'origin'>;

const PROVIDERS = ['openai', 'anthropic', 'google', 'openrouter'] as const satisfies readonly ProviderName[];

export function bundledCatalogue(): CatalogueData {
  const models = PROVIDERS.map((provider) => [provider, findProvider({ providerId: provider })?.models ?? []] as const);
  const byProvider = Object.fromEntries(models) as Record<ProviderName, ModelInfo[]>;
  return { origin: { kind: 'catalogue' }, models: byProvider, rules: [] };
}

/** A million dollars per million tokens: no price is higher. */
const usd = z.number().nonnegative().max(1_000_000);
const tiered = z.object({ base: usd, tiers: z.array(z.object({ start: z.int().positive(), price: usd })).min(1) });
const rates = z.record(z.string(), z.union([usd, tiered], 'expected a price, or a base and tiers'));
const text = z.string().min(1);

const match: z.ZodType<MatchLogic> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ equals: text }),
      z.strictObject({ starts_with: text }),
      z.strictObject({ ends_with: text }),
      z.strictObject({ contains: text }),
      z.strictObject({ regex: text }),
      z.strictObject({ or: z.array(match) }),
      z.strictObject({ and: z.array(match) }),
    ],
    'expected a rule for names',
  ),
);

const constraint = z.union([
  z.object({ start_date: z.iso.date() }).transform((given) => ({ ...given, type: 'start_date' as const })),
  z.object({ start_time: text, end_time: text }).transform((given) => ({ ...given, type: 'time_of_date' as const })),
]);

const model = z.object({
  id: text,
  match,
  context_window: z.int().positive().exactOptional(),
  prices: z.union([z.array(z.object({ constraint: constraint.exactOptional(), prices: rates })).min(1), rates]),
});

const listed = z.array(z.looseObject({ id: text })).transform((providers, { addIssue }) => {
  const models = PROVIDERS.map((provider) => {
    const index = providers.findIndex(({ id }) => id === provider);
    const parsed = z.array(model).min(1).safeParse(providers[index]?.models);
    if (index < 0) addIssue({ code: 'custom', message: `the provider ${provider} is missing` });
    else if (!parsed.success)
      for (const issue of parsed.error.issues)
        addIssue({ ...issue, path: [provider, ...placeOfModel(issue.path, providers[index]?.models)] });
    return [provider, parsed.data ?? []] as const;
  });
  return Object.fromEntries(models) as Record<ProviderName, z.output<typeof model>[]>;
});

/** A model's place by its name: lists of hundreds are no help by number. */
function placeOfModel([index, ...rest]: readonly PropertyKey[], models: unknown): PropertyKey[] {
  const named: unknown = Array.isArray(models) ? models[Number(index)]?.id : undefined;
  return [typeof named === 'string' ? named : (index ?? 'models'), ...rest];
}

const withRules = z.object({ providers: listed, rules: ruleList.default([]) });

/**
 * Reads a catalogue as genai-prices publishes it (`data.json`, `data_slim.json`), or one with rules beside it:
 * `{ "providers": ..., "rules": ... }`. Throws a {@link PriceFileError}.
 */
export function parsePublished(json: string): Published {
  const schema = /^\s*\[/.test(json) ? listed.transform((providers) => ({ providers, rules: [] })) : withRules;
  const { providers, rules } = parsePriceJson(json, schema);
  return { models: providers, rules };
}

const FORMAT = 1;
const kept = withRules.extend({
  format: z.literal(FORMAT),
  from: text,
  fetched_at: z.iso.datetime(),
  sha256: z.string(),
});

/** What is published as a file of our own: {@link parseCatalogueFile} reads it. */
export function formatCatalogueFile({ models, rules }: Published, from: string, fetchedAt: string): string {
  const providers = Object.entries(models).map(([id, own]) => ({ id, models: own }));
  const sha256 = digest({ providers, rules });
  return JSON.stringify({ format: FORMAT, from, fetched_at: fetchedAt, sha256, providers, rules });
}

/** Throws a {@link PriceFileError} for a file that is damaged, or was changed by hand. */
export function parseCatalogueFile(json: string): CatalogueData {
  const { from, fetched_at, sha256, providers, rules } = parsePriceJson(json, kept);
  if (digest(JSON.parse(json)) !== sha256) throw new PriceFileError('sha256: does not fit what is in the file');
  return { origin: { kind: 'update', from, fetchedAt: fetched_at }, models: providers, rules };
}

function digest({ providers, rules }: { readonly providers: unknown; readonly rules: unknown }): string {
  return createHash('sha256')
    .update(JSON.stringify([providers, rules]))
    .digest('hex');
}

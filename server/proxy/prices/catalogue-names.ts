import type { MatchLogic, ModelInfo } from '@pydantic/genai-prices';

/** `-2024-07-18`, `-20250514`: what providers append to name one release of a model. */
const DATE_SUFFIX = /-20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/;

/** `gpt-4o-2024-08-06` to `gpt-4o`; undefined where there is no date. */
export function withoutDate(model: string): string | undefined {
  const undated = model.replace(DATE_SUFFIX, '');
  return undated === model ? undefined : undated;
}

/**
 * The names that the catalogue states literally for a model: its id and its exact matches. The catalogue's patterns
 * ("starts with", "contains") are left aside: they price models that they were never written for.
 */
export function literalNames(model: ModelInfo): readonly string[] {
  return [model.id, ...literals(model.match)].filter((name) => !name.includes(' '));
}

function literals(match: MatchLogic): readonly string[] {
  if ('equals' in match) return [match.equals];
  return 'or' in match ? match.or.flatMap(literals) : [];
}

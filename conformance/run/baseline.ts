import { z } from 'zod';
import type { Level } from '../../generated/requirements.ts';
import type { Requirement } from '../checks/check.ts';
import { ConfigError, describeIssue } from '../platform/config.ts';
import { readJson } from '../platform/load-config.ts';
import type { Verdict } from './judge.ts';

/** Raised when a field of the file is renamed, removed or changes its meaning. */
export const BASELINE_SCHEMA_VERSION = 1;

const reason = z
  .string('expected a text')
  .trim()
  .min(1, 'expected why the failure is known')
  .max(500, 'expected at most 500 characters')
  .regex(/^\P{Cc}*$/u, 'expected one line');

const entry = z.strictObject({
  id: z.string('expected the id of a requirement'),
  reason,
  expires: z.iso.date('expected a day, YYYY-MM-DD'),
});

/** The file as it stands on disk; unknown keys are refused: a typo must not excuse anything. */
export const baselineSchema = z.strictObject({
  schemaVersion: z.literal(BASELINE_SCHEMA_VERSION, `expected ${BASELINE_SCHEMA_VERSION}`),
  entries: z.array(entry, 'expected a list'),
});

/** The failures that a platform team knows of. A listed failure does not fail the run, until its day has passed. */
export type Baseline = Readonly<z.output<typeof baselineSchema>>;

/** A known failure: the requirement, why it is accepted for now, and the last day (UTC) on which it is. */
export type BaselineEntry = Readonly<Baseline['entries'][number]>;

/**
 * What an entry did for a run. `excuses`: the requirement fails, and that is known. `stale`: it does not fail any more.
 * `expired`: its day has passed, so that it excuses nothing. `idle`: the run says nothing about the requirement.
 */
export type BaselineState = 'excuses' | 'stale' | 'expired' | 'idle';

export interface BaselineUse extends BaselineEntry {
  readonly state: BaselineState;
}

/** Reads a baseline file. Throws a `ConfigError` that names every malformed entry; its ids are judged by the run. */
export async function loadBaseline(file: string): Promise<Baseline> {
  return readBaseline(await readJson(file, 'give the file with --baseline FILE'));
}

function readBaseline(given: unknown): Baseline {
  const parsed = baselineSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw badBaseline(parsed.error.issues.flatMap(describeIssue));
}

/** Throws a `ConfigError` that names every malformed, unknown and repeated entry. */
export function validateBaseline(given: Baseline, requirements: readonly Requirement[]): Baseline {
  const baseline = readBaseline(given);
  const ids = baseline.entries.map(({ id }) => id);
  const problems = [...new Set(ids)].flatMap((id) => [
    ...(ids.indexOf(id) === ids.lastIndexOf(id) ? [] : [`${id} is listed more than once`]),
    ...unknownId(id, requirements),
  ]);
  if (problems.length > 0) throw badBaseline(problems);
  return baseline;
}

function unknownId(id: string, requirements: readonly Requirement[]): readonly string[] {
  const found = requirements.find((requirement) => requirement.id === id);
  if (found === undefined) return [`no requirement is called ${JSON.stringify(id)}`];
  return found.untestable === undefined ? [] : [`${id} cannot be checked from outside`];
}

function badBaseline(problems: readonly string[]): ConfigError {
  return new ConfigError(
    `bad baseline: ${problems.join('; ')}`,
    'an entry is {"id", "reason", "expires": "YYYY-MM-DD"}; rigkit conformance list prints the ids',
  );
}

/** What each entry did for a run that started at `at`. */
export function useBaseline(
  { entries }: Baseline,
  results: readonly { readonly id: string; readonly verdict: Verdict }[],
  at: Date,
): readonly BaselineUse[] {
  const today = at.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return entries.map((listed) => {
    const verdict = results.find(({ id }) => id === listed.id)?.verdict;
    return { ...listed, state: judgeEntry(listed, verdict, today) };
  });
}

function judgeEntry({ expires }: BaselineEntry, verdict: Verdict | undefined, today: string): BaselineState {
  if (verdict === 'pass' || verdict === 'not-applicable') return 'stale';
  // Days in this form sort as they follow each other.
  if (expires < today) return 'expired';
  return verdict === 'fail' ? 'excuses' : 'idle';
}

/** The clear line about an entry that fails the run; undefined for one that does not. */
export function baselineProblem({ id, expires, state }: BaselineUse): string | undefined {
  if (state === 'stale') return `${id} is stale: it does not fail any more; take it out of the baseline`;
  if (state === 'expired') return `${id} expired on ${expires}: mend the platform, or give the entry a new day`;
  return undefined;
}

/** A result as far as a baseline is made of it. */
export interface FailureRow {
  readonly id: string;
  readonly level: Level;
  readonly verdict: Verdict;
  /** The entry that excused it, if one did. */
  readonly baselined: Omit<BaselineEntry, 'id'> | null;
}

/**
 * A baseline of every broken MUST of a run: a broken SHOULD or MAY fails nothing and needs none. A failure that an
 * earlier baseline excused keeps its reason and day. Throws a `ConfigError` on a reason or day that no entry can have.
 */
export function makeBaseline(results: readonly FailureRow[], given: Omit<BaselineEntry, 'id'>): Baseline {
  const broken = results.filter(({ level, verdict }) => level === 'MUST' && verdict === 'fail');
  const entries = broken.map(({ id, baselined }) => ({ id, ...(baselined ?? given) }));
  return readBaseline({ schemaVersion: BASELINE_SCHEMA_VERSION, entries });
}

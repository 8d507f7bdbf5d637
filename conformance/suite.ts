import { buildReport } from './report/build-report.ts';
import type { ConformanceReport } from './report/report.ts';
import { type Baseline, validateBaseline } from './runner/baseline.ts';
import { catalogue, type Requirement, selectRequirements } from './runner/catalogue.ts';
import type { Check } from './runner/check.ts';
import { type Config, type ConformanceConfig, validateConfig } from './runner/config.ts';
import { secretsOf } from './runner/config-secrets.ts';
import type { Judgement } from './runner/judge.ts';
import { declaredProfiles } from './runner/profiles.ts';
import { run } from './runner/run.ts';
import { DEFAULT_LIMITS, type Limits } from './runner/run-check.ts';

/** How a run is done; what it is held against stands in the configuration. */
export interface ConformanceOptions {
  /** Profiles to hold the platform to, instead of the configuration's. Default: none, the configuration decides. */
  readonly profiles?: readonly string[];
  /** Ids of the only requirements to run, whatever their profile. Default: none, all of the profiles. */
  readonly only?: readonly string[];
  /** Failures that are known and do not fail the run. A run with a baseline, an empty one too, earns no certificate. */
  readonly baseline?: Baseline;
  /** Ends the run early; what was created is still deleted, and the report says `interrupted`. */
  readonly signal?: AbortSignal;
  /** Environment variables by the value that they supplied, from `loadConfig`: replay lines show their names. */
  readonly secretNames?: ReadonlyMap<string, string>;
  /** Limits of time: 10 s a request, 30 s a check, 15 s to clean up. */
  readonly limits?: Partial<Limits>;
  /** Called with each result as it comes in. */
  readonly onResult?: (progress: Progress) => void;
}

/** A result as it comes in. */
export interface Progress {
  readonly id: string;
  readonly level: Requirement['level'];
  readonly sentence: string;
  readonly verdict: Judgement['verdict'];
  /** How many results have come in, and how many there will be. */
  readonly done: number;
  readonly total: number;
}

/** Holds a platform to the sentences of `requirements` by `checks`. Throws a `ConfigError` before it sends anything. */
export async function runSuite(
  given: ConformanceConfig,
  checks: readonly Check[],
  options: ConformanceOptions = {},
  requirements: readonly Requirement[] = catalogue,
): Promise<ConformanceReport> {
  const config = validateConfig(given);
  const selection = selectionOf(config, options);
  const selected = selectRequirements(requirements, selection);
  const baseline = options.baseline === undefined ? undefined : validateBaseline(options.baseline, requirements);
  const secrets = secretsOf(config, options.secretNames ?? new Map());
  const startedAt = new Date();
  const from = performance.now();
  let done = 0;
  const result = await run({
    config,
    profiles: selection.profiles,
    checks: selected.map((requirement) => checkOf(checks, requirement)),
    secrets,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    signal: options.signal ?? new AbortController().signal,
    onResult({ check: { id }, judgement: { verdict } }) {
      done += 1;
      const requirement = selected.find((row) => row.id === id);
      if (requirement === undefined) return;
      const { level, sentence } = requirement;
      options.onResult?.({ id, level, sentence, verdict, done, total: selected.length });
    },
  });
  const durationMs = performance.now() - from;
  return buildReport({ run: result, config, requirements, selection, baseline, secrets, startedAt, durationMs });
}

function selectionOf(config: Config, options: ConformanceOptions): ConformanceReport['selection'] {
  const profiles = declaredProfiles(config, options.profiles);
  const skipped = declaredProfiles(config).filter((profile) => !profiles.includes(profile));
  return { profiles, only: options.only ?? [], skipped };
}

function checkOf(checks: readonly Check[], { id }: Requirement): Check {
  const found = checks.find((check) => check.id === id);
  if (found !== undefined) return found;
  throw new Error(`the suite has no check for ${id}`);
}

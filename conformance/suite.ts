import { randomInt } from 'node:crypto';
import { type Check, catalogue, type Requirement } from './checks/check.ts';

import { LARGEST_SEED } from './checks/fuzz/chance.ts';
import {
  type Config,
  ConfigError,
  type ConformanceConfig,
  collectSecrets,
  declaredProfiles,
  validateConfig,
} from './platform/config.ts';

import type { Fuzz } from './platform/run-state.ts';

import { buildReport } from './report/build-report.ts';
import type { ConformanceReport } from './report/report.ts';
import { type Baseline, validateBaseline } from './run/baseline.ts';
import type { Judgement } from './run/judge.ts';
import { DEFAULT_LIMITS, type Limits, type RunOptions, run } from './run/run.ts';

import { selectRequirements, shuffled } from './run/select.ts';

/** How a run is done; what it is held against stands in the configuration. */
export interface ConformanceOptions {
  /** Profiles to hold the platform to, instead of the configuration's. Default: none, the configuration decides. */
  readonly profiles?: readonly string[];
  /** Ids of the only requirements to run, whatever their profile. Default: none, all of the profiles. */
  readonly only?: readonly string[];
  /** Failures that are known and do not fail the run. A run with a baseline, an empty one too, earns no certificate. */
  readonly baseline?: Baseline;
  /** Makes the generated requests of an earlier run again: 0 to 4,294,967,295. Default: drawn, and told by the report. */
  readonly seed?: number;
  /** Generated requests for an operation with a body, 1 to 10,000; one without has a quarter. Default: 20. */
  readonly fuzzCases?: number;
  /** The seed of an order of chance for the checks. Default: none, the catalogue's order, which the report always has. */
  readonly shuffle?: number;
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

/** What a run is to be, settled before anything is sent. */
export interface Plan {
  /** What is held against the platform, and by which check, in the catalogue's order. */
  readonly cases: readonly { readonly requirement: Requirement; readonly check: Check }[];
  readonly selection: ConformanceReport['selection'];
  readonly baseline: Baseline | undefined;
  readonly run: RunOptions;
}

/** Settles a run. Throws a `ConfigError` for what cannot be used. */
export function planSuite(
  given: ConformanceConfig,
  checks: readonly Check[],
  options: ConformanceOptions = {},
  all: readonly Requirement[] = catalogue,
): Plan {
  const config = validateConfig(given);
  const selection = readSelection(config, options);
  const requirements = selectRequirements(all, selection);
  const cases = requirements.map((requirement) => ({ requirement, check: findCheck(checks, requirement) }));
  const inOrder = cases.map(({ check }) => check);
  return {
    cases,
    selection,
    baseline: options.baseline === undefined ? undefined : validateBaseline(options.baseline, all),
    run: {
      config,
      profiles: selection.profiles,
      checks: options.shuffle === undefined ? inOrder : shuffled(inOrder, options.shuffle),
      secrets: collectSecrets(config, options.secretNames ?? new Map()),
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      fuzz: readFuzz(options),
      signal: options.signal ?? new AbortController().signal,
    },
  };
}

/** Holds a platform to the sentences of `all` by `checks`. Throws a `ConfigError` before it sends anything. */
export async function runSuite(
  given: ConformanceConfig,
  checks: readonly Check[],
  options: ConformanceOptions = {},
  all: readonly Requirement[] = catalogue,
): Promise<ConformanceReport> {
  const plan = planSuite(given, checks, options, all);
  const startedAt = new Date();
  const from = performance.now();
  let done = 0;
  const ended = await run(plan.run, ({ check: { id }, judgement: { verdict } }) => {
    done += 1;
    const found = plan.cases.find(({ check }) => check.id === id);
    if (found === undefined) return;
    const { level, sentence } = found.requirement;
    options.onResult?.({ id, level, sentence, verdict, done, total: plan.cases.length });
  });
  const durationMs = performance.now() - from;
  const { selection, baseline } = plan;
  const { config, fuzz, secrets } = plan.run;
  return buildReport({
    run: ended,
    config,
    requirements: all,
    selection,
    fuzz,
    shuffle: options.shuffle ?? null,
    baseline,
    secrets,
    startedAt,
    durationMs,
  });
}

function readSelection(config: Config, options: ConformanceOptions): ConformanceReport['selection'] {
  const profiles = declaredProfiles(config, options.profiles);
  const skipped = declaredProfiles(config).filter((profile) => !profiles.includes(profile));
  return { profiles, only: options.only ?? [], skipped };
}

const DEFAULT_FUZZ_CASES = 20;
const MOST_FUZZ_CASES = 10_000;

function readFuzz({ seed = randomInt(LARGEST_SEED), fuzzCases = DEFAULT_FUZZ_CASES }: ConformanceOptions): Fuzz {
  const isWhole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  if (!isWhole(seed, 0, LARGEST_SEED)) {
    throw new ConfigError(`seed: ${seed} is none`, `a seed is a whole number from 0 to ${LARGEST_SEED}`);
  }
  if (!isWhole(fuzzCases, 1, MOST_FUZZ_CASES)) {
    throw new ConfigError(`fuzz cases: ${fuzzCases} is no such number`, `say 1 to ${MOST_FUZZ_CASES}`);
  }
  return { seed, cases: fuzzCases };
}

function findCheck(checks: readonly Check[], { id }: Requirement): Check {
  const found = checks.find((check) => check.id === id);
  if (found !== undefined) return found;
  throw new Error(`the suite has no check for ${id}`);
}

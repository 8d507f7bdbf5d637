import type { Level } from '../../generated/requirements.ts';
import type { Stop } from '../platform/target.ts';
import type { Verdict } from './judge.ts';

export type { Level };

/**
 * What a run came to. Exit codes: 0 conformant, or `baselined`: every broken MUST is a known one; 1 a MUST is broken,
 * 2 the configuration or the baseline is bad, 3 the target or the suite itself failed, 4 nothing ran or a MUST is
 * unverified. A run of single requirements says nothing about conformance: `kept` (0) when all that was named passes,
 * `not-followed` (1) when what fails is no MUST, and `incomplete` (4) when any of it is unverified.
 */
export type Outcome =
  | 'conformant'
  | 'kept'
  | 'baselined'
  | 'violation'
  | 'not-followed'
  | 'bad-configuration'
  | 'failed'
  | 'incomplete';

export type ExitCode = 0 | 1 | 2 | 3 | 4;

const exitCodes: Readonly<Record<Outcome, ExitCode>> = {
  conformant: 0,
  kept: 0,
  baselined: 0,
  violation: 1,
  'not-followed': 1,
  'bad-configuration': 2,
  failed: 3,
  incomplete: 4,
};

/** A result as far as it decides the outcome. */
interface JudgedRow {
  readonly level: Level;
  readonly verdict: Verdict;
  /** Set where a baseline excuses the failure. */
  readonly baselined?: object | null;
}

export interface RunFacts {
  readonly stop: Stop | undefined;
  readonly baselineFits: boolean;
  /** Whether the requirements were named one by one. Then every level counts. */
  readonly named: boolean;
}

/**
 * A stopped run is judged by why it stopped: what it saw before may be part of the failure. Otherwise a violation
 * weighs most, because it is certain whatever else happened. A broken SHOULD or MAY that was not asked for by name is
 * reported and decides nothing. A baseline that does not fit the platform any more fails the run, lest it excuse a
 * failure to come.
 */
export function decideOutcome(results: readonly JudgedRow[], { stop, baselineFits, named }: RunFacts): Outcome {
  if (stop !== undefined) return stop.kind === 'configuration' ? 'bad-configuration' : 'failed';
  const has = (verdict: Verdict) => results.some((result) => result.verdict === verdict);
  const deciding = results.filter((result) => named || result.level === 'MUST');
  const broken = deciding.filter((result) => result.verdict === 'fail');
  const unexcused = broken.filter((result) => !result.baselined);
  if (unexcused.some(({ level }) => level === 'MUST')) return 'violation';
  if (unexcused.length > 0) return 'not-followed';
  if (has('harness-error')) return 'failed';
  if (!baselineFits) return 'bad-configuration';
  if (deciding.some((result) => result.verdict === 'unverified')) return 'incomplete';
  if (broken.length > 0) return 'baselined';
  if (!has('pass') && !has('fail')) return 'incomplete';
  return named ? 'kept' : 'conformant';
}

/** What the process ends with; `Outcome` says what each code means. */
export function toExitCode(report: { readonly outcome: Outcome }): ExitCode {
  return exitCodes[report.outcome];
}

import type { Level } from '../../generated/requirements.ts';
import type { Verdict } from './verdict.ts';

export type { Level };

/**
 * What a run came to. Exit codes: 0 conformant, or `baselined`: every broken MUST is a known one; 1 a MUST is broken,
 * 2 the configuration or the baseline is bad, 3 the target or the suite itself failed, 4 nothing ran or a MUST is
 * unverified.
 */
export type Outcome = 'conformant' | 'baselined' | 'violation' | 'bad-configuration' | 'failed' | 'incomplete';

export type ExitCode = 0 | 1 | 2 | 3 | 4;

const exitCodes: Readonly<Record<Outcome, ExitCode>> = {
  conformant: 0,
  baselined: 0,
  violation: 1,
  'bad-configuration': 2,
  failed: 3,
  incomplete: 4,
};

/** Why a run ended before its checks were through. */
export interface Stop {
  /** `configuration`: the target refuses what the configuration supplies. `interrupted`: the caller's signal. */
  readonly kind: 'configuration' | 'target' | 'interrupted';
  /** One line each. */
  readonly message: string;
  readonly hint: string;
}

/** A result as far as it decides the outcome. */
interface JudgedRow {
  readonly level: Level;
  readonly verdict: Verdict;
  /** Set where a baseline excuses the failure. */
  readonly baselined?: object | null;
}

/**
 * A stopped run is judged by why it stopped: what it saw before may be part of the failure. Otherwise a violation
 * weighs most, because it is certain whatever else happened. A broken SHOULD or MAY is reported and decides nothing. A
 * baseline that does not fit the platform any more fails the run, lest it excuse a failure to come.
 */
export function outcomeOf(results: readonly JudgedRow[], stop: Stop | undefined, baselineFits = true): Outcome {
  if (stop !== undefined) return stop.kind === 'configuration' ? 'bad-configuration' : 'failed';
  const has = (verdict: Verdict) => results.some((result) => result.verdict === verdict);
  const musts = results.filter((result) => result.level === 'MUST');
  const broken = musts.filter((result) => result.verdict === 'fail');
  if (broken.some((result) => !result.baselined)) return 'violation';
  if (has('harness-error')) return 'failed';
  if (!baselineFits) return 'bad-configuration';
  if (musts.some((result) => result.verdict === 'unverified')) return 'incomplete';
  if (broken.length > 0) return 'baselined';
  return has('pass') || has('fail') ? 'conformant' : 'incomplete';
}

/** What the process ends with; `Outcome` says what each code means. */
export function exitCodeOf(report: { readonly outcome: Outcome }): ExitCode {
  return exitCodes[report.outcome];
}

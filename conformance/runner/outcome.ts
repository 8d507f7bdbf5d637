import type { Level } from '../../generated/requirements.ts';
import type { Verdict } from './verdict.ts';

export type { Level };

/**
 * What a run came to. Exit codes: 0 conformant, 1 a MUST is broken, 2 the configuration is bad, 3 the target or the
 * suite itself failed, 4 nothing ran or a MUST is unverified.
 */
export type Outcome = 'conformant' | 'violation' | 'bad-configuration' | 'failed' | 'incomplete';

export type ExitCode = 0 | 1 | 2 | 3 | 4;

const exitCodes: Readonly<Record<Outcome, ExitCode>> = {
  conformant: 0,
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

/**
 * A stopped run is judged by why it stopped: what it saw before may be part of the failure. Otherwise a violation
 * weighs most, because it is certain whatever else happened. A broken SHOULD or MAY is reported and decides nothing.
 */
export function outcomeOf(
  results: readonly { readonly level: Level; readonly verdict: Verdict }[],
  stop: Stop | undefined,
): Outcome {
  if (stop !== undefined) return stop.kind === 'configuration' ? 'bad-configuration' : 'failed';
  const has = (verdict: Verdict) => results.some((result) => result.verdict === verdict);
  const hasMust = (verdict: Verdict) => results.some((r) => r.verdict === verdict && r.level === 'MUST');
  if (hasMust('fail')) return 'violation';
  if (has('harness-error')) return 'failed';
  if (hasMust('unverified')) return 'incomplete';
  const judged = results.some((result) => result.verdict === 'pass' || result.verdict === 'fail');
  return judged ? 'conformant' : 'incomplete';
}

/** What the process ends with; `Outcome` says what each code means. */
export function exitCodeOf(report: { readonly outcome: Outcome }): ExitCode {
  return exitCodes[report.outcome];
}

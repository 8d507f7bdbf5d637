import { baselineProblem } from '../run/baseline.ts';
import { verdictLine } from './evidence-text.ts';
import type { ConformanceReport, Result } from './report.ts';

/** A report in the order in which a person reads it: what is broken first. */
export interface Findings {
  /** Broken MUSTs that no baseline excuses. */
  readonly violations: readonly Result[];
  readonly harnessErrors: readonly Result[];
  /** Failures that the baseline excuses. */
  readonly known: readonly Result[];
  /** Lines about a baseline that does not fit the platform any more. */
  readonly baselineProblems: readonly string[];
  /** Broken SHOULDs and MAYs. */
  readonly advice: readonly Result[];
  /** By reason: one missing key can stand behind many requirements. Empty of a stopped run, where nothing ran. */
  readonly unverified: ReadonlyMap<string, readonly Result[]>;
}

/** Sorts the results of a report. */
export function findingsOf({ results, baseline, stop }: ConformanceReport): Findings {
  const failed = results.filter((result) => result.verdict === 'fail');
  const unexcused = failed.filter((result) => result.baselined === null);
  const unverified = results.filter((result) => result.verdict === 'unverified');
  return {
    violations: unexcused.filter((result) => result.level === 'MUST'),
    harnessErrors: results.filter((result) => result.verdict === 'harness-error'),
    known: failed.filter((result) => result.baselined !== null),
    baselineProblems: (baseline ?? []).map(baselineProblem).filter((line) => line !== undefined),
    advice: unexcused.filter((result) => result.level !== 'MUST'),
    unverified: stop === null ? Map.groupBy(unverified, verdictLine) : new Map(),
  };
}

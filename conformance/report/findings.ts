import type { Fuzz } from '../platform/run-state.ts';
import { baselineProblem } from '../run/baseline.ts';
import { verdictLine } from './evidence-text.ts';
import type { ConformanceReport, ProfileSummary, Result, VerdictCounts } from './report.ts';

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
export function sortFindings({ results, baseline, stop }: ConformanceReport): Findings {
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

/** One sentence on what a run came to, the honest limits of it included. */
export function writeHeadline(report: ConformanceReport): string {
  const { selection, baseline } = report;
  const limits = [
    ...(selection.only.length > 0 ? ['only the named ones ran'] : []),
    ...(selection.skipped.length > 0 ? [`not run: ${selection.skipped.join(', ')}`] : []),
    ...(baseline === null ? [] : ['with a baseline']),
  ];
  return `${writeSentence(report)}${limits.length === 0 ? '' : ` (${limits.join('; ')})`}`;
}

function writeSentence(report: ConformanceReport): string {
  const { outcome, totals, stop, results } = report;
  if (stop !== null) return `no verdict: ${stop.message}`;
  const musts = Object.values(totals.MUST).reduce((sum, count) => sum + count, 0);
  const { violations, known, baselineProblems, advice } = sortFindings(report);
  switch (outcome) {
    case 'conformant':
      return `conformant: ${totals.MUST.pass} of ${musts} MUSTs pass, none is broken`;
    case 'kept':
      return `kept: ${results.filter(({ verdict }) => verdict === 'pass').length} of ${results.length} requirements pass, none fails`;
    case 'not-followed':
      return `not followed: ${countNoun(advice.length, 'recommendation')}, no MUST`;
    case 'baselined':
      return `known failures only: the baseline lists ${countNoun(known.length, 'broken requirement')}, no other is broken`;
    case 'violation':
      return `not conformant: ${violations.length} of ${musts} MUSTs broken`;
    case 'incomplete':
      return `incomplete: ${openText(report, musts)}`;
    case 'failed':
      return 'no verdict: the suite or the target failed';
    case 'bad-configuration':
      return `no verdict: the baseline does not fit, ${baselineProblems.length} of its entries stale or expired`;
  }
}

function openText({ totals, results }: ConformanceReport, musts: number): string {
  if (results.length === 0) return 'nothing ran';
  if (totals.MUST.unverified > 0) return `${totals.MUST.unverified} of ${musts} MUSTs unverified`;
  const unverified = results.filter(({ verdict }) => verdict === 'unverified').length;
  return unverified > 0
    ? `${countNoun(unverified, 'requirement')} unverified`
    : 'nothing that ran applies to this platform';
}

/** Of a run that was narrowed down to requirements, or stopped, nothing is to be said by profile. */
export function isWhole({ selection, stop }: ConformanceReport): boolean {
  return selection.only.length === 0 && stop === null;
}

/** What is to be said about a profile, in a word or two. */
export function profileState(summary: ProfileSummary, { results, selection }: ConformanceReport): string {
  const { profile, declared, probe, conformant } = summary;
  if (selection.skipped.includes(profile)) return 'declared, but not run';
  if (!declared) return `not declared${probe === 'offered' ? ', though its routes answer' : ''}`;
  if (conformant) return 'conformant';
  const broken = results.filter((row) => row.profile === profile && row.level === 'MUST' && row.verdict === 'fail');
  if (broken.length === 0) return 'not proven';
  return broken.every((row) => row.baselined !== null) ? 'known failures' : 'violated';
}

/** The verdicts that there are, and how many passed in any case. */
export function countsText(counts: VerdictCounts): string {
  return Object.entries(counts)
    .filter(([verdict, count]) => count > 0 || verdict === 'pass')
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}

/** The flags that make the generated requests of a run again. */
export function replayFlags({ seed, cases }: Fuzz): string {
  return `--seed ${seed} --fuzz-cases ${cases}`;
}

/**
 * What a result is to a test framework. `failure`: a broken MUST that no baseline excuses. `error`: the suite or the
 * network failed. `nothing`: it decides nothing, and is skipped with its story: a broken SHOULD or MAY, a known failure,
 * unverified, not applicable.
 */
export type Weight = 'pass' | 'failure' | 'error' | 'nothing';

export function weigh({ verdict, level, baselined }: Result): Weight {
  if (verdict === 'pass') return 'pass';
  if (verdict === 'harness-error') return 'error';
  return verdict === 'fail' && level === 'MUST' && baselined === null ? 'failure' : 'nothing';
}

/** `1 violation`, `2 violations`. */
export function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

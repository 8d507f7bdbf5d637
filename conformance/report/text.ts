import { evidenceText, knownLine, verdictLine } from './evidence-text.ts';
import {
  countsText,
  type Findings,
  isWhole,
  profileState,
  replayFlags,
  sortFindings,
  writeHeadline,
} from './findings.ts';

import type { ConformanceReport, ProfileSummary, Result } from './report.ts';
import { visibleLine } from './visible.ts';

/** The report for a terminal: what broke, with its evidence, then what is open, then the sums. */
export function renderTerminalText(report: ConformanceReport): string {
  const findings = sortFindings(report);
  const { violations, harnessErrors, known, baselineProblems, advice } = findings;
  return [
    ...violations.flatMap((result) => ['', `VIOLATION ${evidenceText(result)}`]),
    ...harnessErrors.flatMap((result) => ['', `HARNESS ERROR ${evidenceText(result)}`]),
    ...section('Known failures', known.map(knownFailure)),
    ...section('Recommendations not followed', advice.map(withVerdict)),
    ...unverifiedLines(findings),
    ...section('Left behind on the platform', report.leftBehind.map(visibleLine)),
    ...section('The baseline does not fit', baselineProblems),
    '',
    ...(isWhole(report) ? [...report.profiles.map((profile) => profileLine(profile, report)), ''] : []),
    ...closing(report),
    '',
  ].join('\n');
}

/** One line for a result as it comes in. */
export function progressLine(result: Pick<Result, 'id' | 'level' | 'sentence' | 'verdict'>): string {
  return `${result.verdict.padEnd(14)} ${result.id.padEnd(8)} ${result.level.padEnd(6)} ${result.sentence}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map(indented)];
}

function withVerdict(result: Result): string {
  return `${result.id} ${result.sentence} (${verdictLine(result)})`;
}

function knownFailure(result: Result): string {
  return `${result.id} ${result.sentence} ${result.baselined === null ? '' : knownLine(result.baselined)}`;
}

function unverifiedLines({ unverified }: Findings): readonly string[] {
  const lines = [...unverified].flatMap(([reason, group]) => [
    `${reason}:`,
    indented(group.map(({ id }) => id).join(' ')),
  ]);
  return section('Unverified', lines);
}

function profileLine(summary: ProfileSummary, report: ConformanceReport): string {
  const counts = summary.declared ? `: ${countsText(summary.counts)}` : '';
  return `${summary.profile.padEnd(16)} ${profileState(summary, report)}${counts}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

function closing(report: ConformanceReport): readonly string[] {
  const order =
    report.shuffle === null ? [] : [`order of the checks: --shuffle ${report.shuffle} makes the same one again`];
  if (report.stop !== null)
    return [...order, `stopped: ${visibleLine(report.stop.message)}`, `hint: ${visibleLine(report.stop.hint)}`];
  return [
    ...order,
    `to repeat the generated requests: ${replayFlags(report.fuzz)}`,
    `${writeHeadline(report)} (${(report.durationMs / 1000).toFixed(1)} s)`,
  ];
}

import type { Verdict } from '../runner/verdict.ts';
import { evidenceText, verdictLine } from './evidence-text.ts';
import type { ConformanceReport, ProfileSummary, Result, VerdictCounts } from './report.ts';

/** The report for a terminal: what broke, with its evidence, then what is open, then the sums. */
export function textOf(report: ConformanceReport): string {
  const of = (verdict: Verdict) => report.results.filter((result) => result.verdict === verdict);
  const broken = of('fail').filter((result) => result.level === 'MUST');
  const advised = of('fail').filter((result) => result.level !== 'MUST');
  return [
    ...broken.flatMap((result) => ['', `VIOLATION ${evidenceText(result)}`]),
    ...of('harness-error').flatMap((result) => ['', `HARNESS ERROR ${evidenceText(result)}`]),
    ...section('Recommendations not followed', advised),
    ...unverifiedLines(report.stop === null ? of('unverified') : []),
    ...(report.leftBehind.length === 0 ? [] : ['', 'Left behind on the platform:', ...report.leftBehind.map(indented)]),
    '',
    ...(isWhole(report) ? [...report.profiles.map((profile) => profileLine(profile, report.results)), ''] : []),
    ...closing(report),
    '',
  ].join('\n');
}

/** One line for a result as it comes in. */
export function progressLine(result: Pick<Result, 'id' | 'level' | 'sentence' | 'verdict'>): string {
  return `${result.verdict.padEnd(14)} ${result.id.padEnd(8)} ${result.level.padEnd(6)} ${result.sentence}`;
}

function section(title: string, results: readonly Result[]): readonly string[] {
  if (results.length === 0) return [];
  return [
    '',
    `${title}:`,
    ...results.map((result) => indented(`${result.id} ${result.sentence} (${verdictLine(result)})`)),
  ];
}

/** By reason: one missing key can stand behind many requirements. */
function unverifiedLines(results: readonly Result[]): readonly string[] {
  if (results.length === 0) return [];
  const byReason = Map.groupBy(results, verdictLine);
  return [
    '',
    'Unverified:',
    ...[...byReason].flatMap(([reason, group]) => [
      indented(`${reason}:`),
      indented(indented(group.map(({ id }) => id).join(' '))),
    ]),
  ];
}

/** Of a run that was narrowed down or stopped, nothing is to be said by profile. */
function isWhole({ selection, stop }: ConformanceReport): boolean {
  return selection.only.length === 0 && stop === null;
}

function indented(line: string): string {
  return `  ${line}`;
}

function profileLine(summary: ProfileSummary, results: readonly Result[]): string {
  const { profile, declared, probe, conformant, counts } = summary;
  const name = profile.padEnd(16);
  if (!declared) return `${name} not declared${probe === 'offered' ? ', though its routes answer' : ''}`;
  const broken = results.some((row) => row.profile === profile && row.level === 'MUST' && row.verdict === 'fail');
  const state = conformant ? 'conformant' : broken ? 'violated' : 'not shown';
  return `${name} ${state}: ${countsText(counts)}`;
}

function countsText(counts: VerdictCounts): string {
  return Object.entries(counts)
    .filter(([verdict, count]) => count > 0 || verdict === 'pass')
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}

function closing(report: ConformanceReport): readonly string[] {
  const { stop, outcome, totals } = report;
  if (stop !== null) return [`stopped: ${stop.message}`, `hint: ${stop.hint}`];
  const musts = Object.values(totals.MUST).reduce((sum, count) => sum + count, 0);
  const took = `${(report.durationMs / 1000).toFixed(1)} s`;
  const sentences = {
    conformant: `conformant: ${totals.MUST.pass} of ${musts} MUSTs pass, none is broken`,
    violation: `not conformant: ${totals.MUST.fail} of ${musts} MUSTs broken`,
    incomplete: `incomplete: ${musts === 0 ? 'nothing ran' : `${totals.MUST.unverified} of ${musts} MUSTs unverified`}`,
    failed: 'no verdict: the suite or the target failed',
    'bad-configuration': 'no verdict: the configuration is bad',
  } as const;
  return [`${sentences[outcome]} (${took})`];
}

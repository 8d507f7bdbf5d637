import { findingsOf } from './findings.ts';
import { countOf } from './plural.ts';
import type { ConformanceReport } from './report.ts';

/** One sentence on what a run came to, the honest limits of it included. */
export function headlineOf(report: ConformanceReport): string {
  const { selection, baseline } = report;
  const limits = [
    ...(selection.only.length > 0 ? ['only what was named ran'] : []),
    ...(selection.skipped.length > 0 ? [`not run: ${selection.skipped.join(', ')}`] : []),
    ...(baseline === null ? [] : ['with a baseline']),
  ];
  return `${sentenceOf(report)}${limits.length === 0 ? '' : ` (${limits.join('; ')})`}`;
}

function sentenceOf(report: ConformanceReport): string {
  const { outcome, totals, stop, results } = report;
  if (stop !== null) return `no verdict: ${stop.message}`;
  const musts = Object.values(totals.MUST).reduce((sum, count) => sum + count, 0);
  const { violations, known, baselineProblems, advice } = findingsOf(report);
  switch (outcome) {
    case 'conformant':
      return `conformant: ${totals.MUST.pass} of ${musts} MUSTs pass, none is broken`;
    case 'kept':
      return `kept: ${results.filter(({ verdict }) => verdict === 'pass').length} of ${results.length} requirements pass, none fails`;
    case 'not-followed':
      return `not followed: ${countOf(advice.length, 'recommendation')}, no MUST`;
    case 'baselined':
      return `known failures only: the baseline lists ${countOf(known.length, 'broken requirement')}, no other is broken`;
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
    ? `${countOf(unverified, 'requirement')} unverified`
    : 'nothing that ran applies to this platform';
}

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
  const { outcome, totals, stop } = report;
  if (stop !== null) return `no verdict: ${stop.message}`;
  const musts = Object.values(totals.MUST).reduce((sum, count) => sum + count, 0);
  const { violations, known, baselineProblems } = findingsOf(report);
  switch (outcome) {
    case 'conformant':
      return `conformant: ${totals.MUST.pass} of ${musts} MUSTs pass, none is broken`;
    case 'baselined':
      return `known failures only: the baseline lists ${countOf(known.length, 'broken requirement')}, no other is broken`;
    case 'violation':
      return `not conformant: ${violations.length} of ${musts} MUSTs broken`;
    case 'incomplete':
      return `incomplete: ${musts === 0 ? 'nothing ran' : `${totals.MUST.unverified} of ${musts} MUSTs unverified`}`;
    case 'failed':
      return 'no verdict: the suite or the target failed';
    case 'bad-configuration':
      return `no verdict: the baseline does not fit, ${baselineProblems.length} of its entries stale or expired`;
  }
}

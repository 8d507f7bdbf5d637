import type { ConformanceReport, ProfileSummary, VerdictCounts } from './report.ts';

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

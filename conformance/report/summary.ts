import { knownLine, requestText, responseText } from './evidence-text.ts';
import { type Findings, findingsOf } from './findings.ts';
import { headlineOf } from './headline.ts';
import { codeBlock, inlineCode } from './markdown.ts';
import { countsText, isWhole, profileState } from './profile-state.ts';
import type { ConformanceReport, Evidence, Result } from './report.ts';

/** CI systems cut a summary that is too long: exchanges are shown of the first findings only. */
const MOST_EXCHANGES = 10;

/** The report as Markdown, for the summary of a CI step or a comment: what is broken, and how to see it again. */
export function summaryOf(report: ConformanceReport): string {
  const found = findingsOf(report);
  const grave = [...found.violations, ...found.harnessErrors];
  return [
    '## rigkit conformance',
    `**${sentenceCase(report.stop === null ? headlineOf(report) : 'no verdict')}**`,
    ...(report.stop === null ? [] : [`${inlineCode(report.stop.message)}: ${inlineCode(report.stop.hint)}`]),
    targetLine(report),
    ...(isWhole(report) ? [profileTable(report)] : []),
    ...section('Violations', found.violations.map(finding)),
    ...section('Harness errors', found.harnessErrors.map(finding)),
    ...section('The baseline does not fit', found.baselineProblems.map(bullet)),
    ...section('Known failures', found.known.map(finding)),
    ...section('Recommendations not followed', found.advice.map(finding)),
    ...section('Unverified', unverified(found)),
    ...section(
      'Left behind on the platform',
      report.leftBehind.map((line) => bullet(inlineCode(line))),
    ),
    ...exchanges(grave),
  ]
    .join('\n\n')
    .concat('\n');
}

function targetLine({ target, startedAt, runId, suite }: ConformanceReport): string {
  const proxy = target.proxy === null ? '' : ` and ${inlineCode(target.proxy)}`;
  return `${inlineCode(target.controlPlane)}${proxy}, ${startedAt}, run ${runId}, suite ${suite.version}`;
}

function profileTable(report: ConformanceReport): string {
  const rows = report.profiles.map((summary) => {
    const counts = summary.declared ? countsText(summary.counts) : '';
    return `| ${summary.profile} | ${profileState(summary, report)} | ${counts} |`;
  });
  return ['| profile | state | verdicts |', '| --- | --- | --- |', ...rows].join('\n');
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.join('\n')];
}

function bullet(line: string): string {
  return `- ${line}`;
}

function finding(result: Result): string {
  const { id, level, operation, verdict, expected, actual, reason, baselined, rerun } = result;
  const facts =
    verdict === 'fail'
      ? [`expected ${inlineCode(expected ?? '')}`, `actual ${inlineCode(actual ?? '')}`]
      : [inlineCode(reason ?? '')];
  const known = baselined === null ? [] : [`known: ${inlineCode(knownLine(baselined))}`];
  const lines = [...facts, ...known, `again: \`${rerun}\``];
  return [
    `- **${id}** ${level} \`${operation}\`: ${sentence(result.sentence)}`,
    ...lines.map((line) => `  - ${line}`),
  ].join('\n');
}

/** The contract's own words; outside of its code spans, an angle bracket is no element. */
function sentence(text: string): string {
  return text
    .split('`')
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;')),
    )
    .join('`');
}

function unverified({ unverified }: Findings): readonly string[] {
  return [...unverified].map(([reason, results]) =>
    bullet(`${inlineCode(reason)}: ${results.map(({ id }) => id).join(' ')}`),
  );
}

function exchanges(results: readonly Result[]): readonly string[] {
  const shown = results.flatMap(({ id, evidence }) => (evidence === null ? [] : [exchange(id, evidence)]));
  if (shown.length === 0) return [];
  const left = shown.length - MOST_EXCHANGES;
  return [
    '### Exchanges',
    ...shown.slice(0, MOST_EXCHANGES),
    ...(left > 0 ? [`${left} more stand in report.html.`] : []),
  ];
}

function exchange(id: string, evidence: Evidence): string {
  const blocks = [requestText(evidence), responseText(evidence), evidence.curl].map(codeBlock);
  return [`<details><summary>${id}</summary>`, ...blocks, '</details>'].join('\n\n');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

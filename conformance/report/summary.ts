import { knownLine, requestText, responseText } from './evidence-text.ts';
import { countsText, type Findings, isWhole, profileState, sortFindings, writeHeadline } from './findings.ts';
import type { ConformanceReport, Evidence, Result } from './report.ts';
import { visible, visibleLine } from './visible.ts';

/** CI systems cut a summary that is too long: calls are shown of the first findings only. */
const MOST_EXCHANGES = 10;

/** The report as Markdown, for the summary of a CI step or a comment: what is broken, and how to see it again. */
export function renderSummary(report: ConformanceReport): string {
  const found = sortFindings(report);
  const grave = [...found.violations, ...found.harnessErrors];
  return [
    '## rigkit conformance',
    `**${sentenceCase(report.stop === null ? writeHeadline(report) : 'no verdict')}**`,
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
    ...calls(grave),
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

function calls(results: readonly Result[]): readonly string[] {
  const shown = results.flatMap(({ id, evidence }) => (evidence === null ? [] : [call(id, evidence)]));
  if (shown.length === 0) return [];
  const left = shown.length - MOST_EXCHANGES;
  return [
    '### Requests and responses',
    ...shown.slice(0, MOST_EXCHANGES),
    ...(left > 0 ? [`${left} more stand in report.html.`] : []),
  ];
}

function call(id: string, evidence: Evidence): string {
  const blocks = [requestText(evidence), responseText(evidence), evidence.curl].map(codeBlock);
  return [`<details><summary>${id}</summary>`, ...blocks, '</details>'].join('\n\n');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A text of the platform's as inline code, which is the one form in which Markdown reads nothing into it: no element, no
 * link, no mention. The fence is longer than any run of backticks inside.
 */
export function inlineCode(text: string): string {
  const line = visibleLine(text);
  if (line.trim() === '') return '(empty)';
  const fence = fenceFor(line, 1);
  // One space on either side is taken off again, so that a backtick at the edge is not taken for the fence.
  return `${fence} ${line} ${fence}`;
}

/** The same for texts of several lines. It begins and ends a paragraph of its own. */
export function codeBlock(text: string): string {
  const shown = visible(text);
  const fence = fenceFor(shown, 3);
  return `${fence}text\n${shown}\n${fence}`;
}

function fenceFor(text: string, shortest: number): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  return '`'.repeat(Math.max(shortest, ...runs.map((length) => length + 1)));
}

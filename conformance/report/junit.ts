import { profiles } from '../platform/config.ts';
import { baselineProblem } from '../run/baseline.ts';
import { evidenceText, verdictLine } from './evidence-text.ts';
import { type Weight, weigh } from './findings.ts';
import { type Markup, markup } from './markup.ts';
import type { ConformanceReport, Result } from './report.ts';

/** A test case as JUnit counts it. */
interface Case {
  readonly weight: Weight;
  readonly durationMs: number;
  readonly xml: Markup;
}

/**
 * The report as JUnit XML, a test suite per profile. A broken MUST is a `<failure>`, a harness error an `<error>`. What
 * decides nothing (a broken SHOULD or MAY, a known failure, unverified, not applicable) is `<skipped>`, with its story in
 * `system-out`. An entry of the baseline that does not fit any more is a failure in a suite of its own.
 */
export function renderJunit(report: ConformanceReport): string {
  const suites: readonly (readonly [string, readonly Case[]])[] = [
    ...profiles.map((profile) => [profile, collectCases(report, profile)] as const),
    ['baseline', (report.baseline ?? []).map(baselineCase)],
  ];
  const filled = suites.filter(([, cases]) => cases.length > 0);
  const sums = renderSums(filled.flatMap(([, cases]) => cases));
  const root = markup`<testsuites name="rigkit conformance" ${sums}>
${filled.map(([name, cases]) => renderSuite(name, cases, report.startedAt))}</testsuites>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}`;
}

function renderSuite(name: string, cases: readonly Case[], startedAt: string): Markup {
  // JUnit's timestamps carry no zone.
  const timestamp = startedAt.slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  return markup`<testsuite name="${name}" timestamp="${timestamp}" ${renderSums(cases)}>
${cases.map(({ xml }) => xml)}</testsuite>
`;
}

function renderSums(cases: readonly Case[]): Markup {
  const count = (weight: Weight) => cases.filter((one) => one.weight === weight).length;
  const time = seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return markup`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('nothing')}" time="${time}"`;
}

function collectCases({ results }: ConformanceReport, profile: Result['profile']): readonly Case[] {
  return results.filter((result) => result.profile === profile).map(toCase);
}

function toCase(result: Result): Case {
  const weight = weigh(result);
  const { id, level, sentence, profile, durationMs } = result;
  const xml = markup`<testcase classname="rigkit.conformance.${profile}" name="${id} ${level} ${sentence}" time="${seconds(durationMs)}">${renderStory(result, weight)}</testcase>
`;
  return { weight, durationMs, xml };
}

function renderStory(result: Result, weight: Weight): Markup | null {
  if (weight === 'pass') return null;
  const message = verdictLine(result);
  const text = evidenceText(result);
  if (weight === 'failure') return markup`<failure type="violation" message="${message}">${text}</failure>`;
  if (weight === 'error') return markup`<error type="harness-error" message="${message}">${text}</error>`;
  return markup`<skipped/><system-out>${text}</system-out>`;
}

function baselineCase(use: NonNullable<ConformanceReport['baseline']>[number]): Case {
  const problem = baselineProblem(use);
  const failure = problem === undefined ? null : markup`<failure type="${use.state}" message="${problem}"></failure>`;
  const xml = markup`<testcase classname="rigkit.conformance.baseline" name="${use.id} is a known failure">${failure}</testcase>
`;
  return { weight: problem === undefined ? 'pass' : 'failure', durationMs: 0, xml };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

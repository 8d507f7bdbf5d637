import junit, { type Builder, type TestSuite } from 'junit-report-builder';
import { baselineProblem } from '../runner/baseline.ts';
import { profiles } from '../runner/profiles.ts';
import { evidenceText, verdictLine } from './evidence-text.ts';
import type { ConformanceReport, Result } from './report.ts';

// The module exports the builder itself; its types describe a namespace that has the builder as `default`.
const builder = junit as unknown as Builder;

/**
 * The report as JUnit XML, a test suite per profile. A broken MUST is a `<failure>`, a harness error an `<error>`. What
 * decides nothing (a broken SHOULD or MAY, a known failure, unverified, not applicable) is `<skipped>`, with its story in
 * `system-out`. An entry of the baseline that does not fit any more is a failure in a suite of its own.
 */
export function junitOf(report: ConformanceReport): string {
  const root = builder.newBuilder().name('rigkit conformance');
  for (const profile of profiles) {
    const results = report.results.filter((result) => result.profile === profile);
    if (results.length === 0) continue;
    const suite = root.testSuite().name(profile).timestamp(new Date(report.startedAt));
    suite.time(seconds(results.reduce((sum, result) => sum + result.durationMs, 0)));
    for (const result of results) addCase(suite, result);
  }
  addBaseline(root, report);
  return root.build();
}

function addBaseline(root: Builder, { baseline, startedAt }: ConformanceReport): void {
  if (baseline === null || baseline.length === 0) return;
  const suite = root.testSuite().name('baseline').timestamp(new Date(startedAt));
  for (const use of baseline) {
    const testCase = suite.testCase().className('rigkit.conformance.baseline').name(`${use.id} is a known failure`);
    const problem = baselineProblem(use);
    if (problem !== undefined) testCase.failure(problem, use.state);
  }
}

function addCase(suite: TestSuite, result: Result): void {
  const testCase = suite
    .testCase()
    .className(`rigkit.conformance.${result.profile}`)
    .name(`${result.id} ${result.level} ${result.sentence}`)
    .time(seconds(result.durationMs));
  if (result.verdict === 'pass') return;
  const text = evidenceText(result);
  if (result.verdict === 'fail' && result.level === 'MUST' && result.baselined === null) {
    testCase.failure(verdictLine(result), 'violation').stacktrace(text);
  } else if (result.verdict === 'harness-error') {
    testCase.error(verdictLine(result), 'harness-error', text);
  } else {
    testCase.skipped().standardOutput(text);
  }
}

function seconds(ms: number): number {
  return ms / 1000;
}

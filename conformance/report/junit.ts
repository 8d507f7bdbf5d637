import junit, { type Builder, type TestSuite } from 'junit-report-builder';
import { profiles } from '../runner/profiles.ts';
import { evidenceText, verdictLine } from './evidence-text.ts';
import type { ConformanceReport, Result } from './report.ts';

// The module exports the builder itself; its types describe a namespace that has the builder as `default`.
const builder = junit as unknown as Builder;

/**
 * The report as JUnit XML, a test suite per profile. A broken MUST is a `<failure>`, a harness error an `<error>`. What
 * decides nothing (a broken SHOULD or MAY, unverified, not applicable) is `<skipped>`, with its story in `system-out`.
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
  return root.build();
}

function addCase(suite: TestSuite, result: Result): void {
  const testCase = suite
    .testCase()
    .className(`rigkit.conformance.${result.profile}`)
    .name(`${result.id} ${result.level} ${result.sentence}`)
    .time(seconds(result.durationMs));
  if (result.verdict === 'pass') return;
  const text = printable(evidenceText(result));
  if (result.verdict === 'fail' && result.level === 'MUST') {
    testCase.failure(printable(verdictLine(result)), 'violation').stacktrace(text);
  } else if (result.verdict === 'harness-error') {
    testCase.error(printable(verdictLine(result)), 'harness-error', text);
  } else {
    testCase.skipped().standardOutput(text);
  }
}

function seconds(ms: number): number {
  return ms / 1000;
}

/** XML 1.0 has no control characters, not even escaped ones. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

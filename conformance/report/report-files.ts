import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, describeIssue } from '../platform/config.ts';
import { readJson } from '../platform/load-config.ts';
import type { FailureRow } from '../run/baseline.ts';
import { renderBadge } from './badge.ts';
import { renderHtml } from './html/page.ts';
import { renderJunit } from './junit.ts';
import { type ConformanceReport, REPORT_SCHEMA_VERSION } from './report.ts';
import { renderSummary } from './summary.ts';
import { visibleJson } from './visible.ts';

/** The report as JSON: the one that every other is made from. */
export function renderJson(report: ConformanceReport): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}

/** The files of a report, by name, each with what makes it. */
const writers: Readonly<Record<string, (report: ConformanceReport) => string>> = {
  'report.json': renderJson,
  'report.html': renderHtml,
  'junit.xml': renderJunit,
  'summary.md': renderSummary,
  'badge.svg': renderBadge,
};

/** Their names. */
export const reportFiles: readonly string[] = Object.keys(writers);

/** Writes every form of the report into a folder, which is made where it is missing. Answers the paths. */
export async function writeReports(report: ConformanceReport, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Object.entries(writers).map(async ([name, write]) => {
      const path = join(folder, name);
      await writeFile(path, write(report));
      return path;
    }),
  );
}

/** As much of a report as a baseline is made of. Fields that are not named here may come and go. */
const failures = z.object({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION, `expected ${REPORT_SCHEMA_VERSION}`),
  stop: z.null('expected null: the run did not come to its end'),
  results: z.array(
    z.object({
      id: z.string(),
      level: z.enum(['MUST', 'SHOULD', 'MAY']),
      verdict: z.enum(['pass', 'fail', 'not-applicable', 'unverified', 'harness-error']),
      baselined: z.object({ reason: z.string(), expires: z.string() }).nullable(),
    }),
  ),
});

/** The results in a `report.json`. Throws a `ConfigError` where it is none, or the report of a run that was stopped. */
export async function readResults(file: string): Promise<readonly FailureRow[]> {
  const report = failures.safeParse(await readJson(file, 'give the report.json of a run'));
  if (report.success) return report.data.results;
  const problems = report.error.issues.flatMap(describeIssue).slice(0, 3).join('; ');
  throw new ConfigError(`${file} is no report that a baseline can be made of: ${problems}`, 'run the suite again');
}

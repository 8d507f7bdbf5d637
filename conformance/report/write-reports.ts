import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { badgeOf } from './badge.ts';
import { htmlOf } from './html/page.ts';
import { junitOf } from './junit.ts';
import type { ConformanceReport } from './report.ts';
import { summaryOf } from './summary.ts';
import { visibleJson } from './visible.ts';

/** The report as JSON: the one that every other is made from. */
export function jsonOf(report: ConformanceReport): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}

/** The files of a report, by name, each with what makes it. */
const writers: Readonly<Record<string, (report: ConformanceReport) => string>> = {
  'report.json': jsonOf,
  'report.html': htmlOf,
  'junit.xml': junitOf,
  'summary.md': summaryOf,
  'badge.svg': badgeOf,
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

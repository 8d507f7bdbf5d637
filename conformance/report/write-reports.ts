import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { junitOf } from './junit.ts';
import type { ConformanceReport } from './report.ts';

/** The report as JSON: the one that every other is made from. */
export function jsonOf(report: ConformanceReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Writes `report.json` and `junit.xml` into a folder, which is made where it is missing. Answers the paths. */
export async function writeReports(report: ConformanceReport, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const files = [
    [join(folder, 'report.json'), jsonOf(report)],
    [join(folder, 'junit.xml'), junitOf(report)],
  ] as const;
  await Promise.all(files.map(([path, text]) => writeFile(path, text)));
  return files.map(([path]) => path);
}

import { z } from 'zod';
import { ConfigError, problemsOf } from '../platform/config.ts';
import { readJson } from '../platform/read-json.ts';
import type { FailureRow } from '../run/baseline.ts';
import { REPORT_SCHEMA_VERSION } from './report.ts';

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
  const problems = report.error.issues.flatMap(problemsOf).slice(0, 3).join('; ');
  throw new ConfigError(`${file} is no report that a baseline can be made of: ${problems}`, 'run the suite again');
}

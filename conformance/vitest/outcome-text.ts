import { evidenceText, knownLine, verdictLine } from '../report/evidence-text.ts';
import type { Result } from '../report/report.ts';
import { weightOf } from '../report/weight.ts';

/** What fails the test of a result, with its evidence; undefined where nothing does. */
export function failureOf(result: Result): Error | undefined {
  const weight = weightOf(result);
  if (weight === 'failure') return tellingError('Violation', evidenceText(result));
  if (weight === 'error') return tellingError('HarnessError', evidenceText(result));
  return undefined;
}

/** Why the test of a result decides nothing; undefined where it passes or fails. */
export function skipNoteOf(result: Result): string | undefined {
  if (weightOf(result) !== 'nothing') return undefined;
  if (result.baselined !== null) return `known failure: ${knownLine(result.baselined)}`;
  const what = result.verdict === 'fail' ? `${result.level} not followed` : result.verdict;
  return `${what}: ${verdictLine(result)}`;
}

/** Without a stack: what failed is the platform, and no line of code here says where. */
function tellingError(name: string, text: string): Error {
  const error = new Error(text);
  error.name = name;
  error.stack = `${name}: ${text}`;
  return error;
}

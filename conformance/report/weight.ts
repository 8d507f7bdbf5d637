import type { Result } from './report.ts';

/**
 * What a result is to a test framework. `failure`: a broken MUST that no baseline excuses. `error`: the suite or the
 * network failed. `nothing`: it decides nothing, and is skipped with its story: a broken SHOULD or MAY, a known failure,
 * unverified, not applicable.
 */
export type Weight = 'pass' | 'failure' | 'error' | 'nothing';

export function weightOf({ verdict, level, baselined }: Result): Weight {
  if (verdict === 'pass') return 'pass';
  if (verdict === 'harness-error') return 'error';
  return verdict === 'fail' && level === 'MUST' && baselined === null ? 'failure' : 'nothing';
}

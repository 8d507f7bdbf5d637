import type { BaselineEntry } from '../runner/baseline.ts';
import type { Requirement } from '../runner/catalogue.ts';
import type { Judged } from '../runner/run.ts';
import type { Secrets } from '../runner/secrets.ts';
import { evidenceOf } from './evidence.ts';
import type { Result } from './report.ts';
import { shorten } from './shorten.ts';

const SHOWN_CHARACTERS = 600;

/** A verdict as a report shows it; `excuse` is the entry of the baseline that its failure is known by. */
export function resultOf(
  requirement: Requirement,
  { judgement, durationMs }: Judged,
  excuse: BaselineEntry | undefined,
  secrets: Secrets,
): Result {
  const shown = (text: string | undefined) =>
    text === undefined ? null : shorten(secrets.redact(text), SHOWN_CHARACTERS);
  return {
    id: requirement.id,
    level: requirement.level,
    profile: requirement.profile,
    sentence: requirement.sentence,
    operation: `${requirement.method.toUpperCase()} ${requirement.path}`,
    verdict: judgement.verdict,
    durationMs: Math.round(durationMs),
    reason: shown(judgement.reason),
    expected: shown(judgement.expected),
    actual: shown(judgement.actual),
    baselined: excuse === undefined ? null : { reason: excuse.reason, expires: excuse.expires },
    evidence: judgement.evidence === undefined ? null : evidenceOf(judgement.evidence, secrets),
    rerun: `rigkit conformance --only ${requirement.id}`,
  };
}

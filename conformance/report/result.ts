import { isFuzzed, type Requirement } from '../checks/catalogue.ts';
import type { Secrets } from '../http/secrets.ts';
import type { Fuzz } from '../platform/context.ts';
import type { BaselineEntry } from '../run/baseline.ts';
import type { Judged } from '../run/open-run.ts';
import { evidenceOf } from './evidence.ts';
import { replayFlags } from './replay.ts';
import type { Result } from './report.ts';
import { examine, shorten } from './shorten.ts';

const SHOWN_CHARACTERS = 600;

export interface ResultSetting {
  /** The entry of the baseline that its failure is known by. */
  readonly excuse: BaselineEntry | undefined;
  readonly fuzz: Fuzz;
  readonly secrets: Secrets;
}

/** A verdict as a report shows it. */
export function resultOf(
  requirement: Requirement,
  { judgement, durationMs }: Judged,
  { excuse, fuzz, secrets }: ResultSetting,
): Result {
  const shown = (text: string | undefined) =>
    text === undefined ? null : shorten(examine(text, secrets), SHOWN_CHARACTERS);
  const rerun = `rigkit conformance --only ${requirement.id}`;
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
    rerun: isFuzzed(requirement) ? `${rerun} ${replayFlags(fuzz)}` : rerun,
  };
}

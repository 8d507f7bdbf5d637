import { controlPlaneDocument, managedProxyDocument } from '../../generated/bundles.ts';
import type { Requirement } from '../runner/catalogue.ts';
import type { Config } from '../runner/config.ts';
import { outcomeOf } from '../runner/outcome.ts';
import { type Profile, profiles } from '../runner/profiles.ts';
import type { Judged, Run } from '../runner/run.ts';
import type { Secrets } from '../runner/secrets.ts';
import { type Verdict, verdicts } from '../runner/verdict.ts';
import { evidenceOf } from './evidence.ts';
import {
  type ConformanceReport,
  type ProfileSummary,
  REPORT_SCHEMA_VERSION,
  type Result,
  type VerdictCounts,
} from './report.ts';
import { suiteVersion } from './suite-version.ts';

export interface ReportInput {
  readonly run: Run;
  readonly config: Config;
  /** All there are, selected or not. */
  readonly requirements: readonly Requirement[];
  readonly selection: ConformanceReport['selection'];
  readonly secrets: Secrets;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Makes the report of a run. Secrets end here: everything that the platform said passes the redaction. */
export function buildReport(input: ReportInput): ConformanceReport {
  const { run, config, requirements, selection, secrets } = input;
  const rows = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  const results = run.judged.flatMap((judged) => {
    const requirement = rows.get(judged.check.id);
    return requirement === undefined ? [] : [resultOf(requirement, judged, secrets)];
  });
  const stop = run.stop === undefined ? null : redactStop(run.stop, secrets);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    suite: { name: 'rigkit', version: suiteVersion() },
    contract: { controlPlane: controlPlaneDocument.info.version, managedProxy: managedProxyDocument.info.version },
    runId: run.runId,
    startedAt: input.startedAt.toISOString(),
    durationMs: Math.round(input.durationMs),
    target: { controlPlane: config.controlPlane.baseUrl, proxy: config.proxy?.baseUrl ?? null },
    selection,
    outcome: outcomeOf(results, run.stop),
    stop,
    profiles: profiles.map((profile) => summaryOf(profile, input, results)),
    totals: {
      MUST: countsOf(results.filter((result) => result.level === 'MUST')),
      SHOULD: countsOf(results.filter((result) => result.level === 'SHOULD')),
      MAY: countsOf(results.filter((result) => result.level === 'MAY')),
    },
    results,
    untestable: requirements.flatMap(({ id, untestable }) =>
      untestable === undefined ? [] : [{ id, reason: untestable }],
    ),
    leftBehind: run.leftBehind.map(secrets.redact),
  };
}

function resultOf(requirement: Requirement, { judgement, durationMs }: Judged, secrets: Secrets): Result {
  const redacted = (text: string | undefined) => (text === undefined ? null : secrets.redact(text));
  return {
    id: requirement.id,
    level: requirement.level,
    profile: requirement.profile,
    sentence: requirement.sentence,
    operation: `${requirement.method.toUpperCase()} ${requirement.path}`,
    verdict: judgement.verdict,
    durationMs: Math.round(durationMs),
    reason: redacted(judgement.reason),
    expected: redacted(judgement.expected),
    actual: redacted(judgement.actual),
    evidence: judgement.evidence === undefined ? null : evidenceOf(judgement.evidence, secrets),
    rerun: `rigkit conformance --only ${requirement.id}`,
  };
}

function summaryOf(profile: Profile, { run, selection }: ReportInput, results: readonly Result[]): ProfileSummary {
  const own = results.filter((result) => result.profile === profile);
  const declared = selection.profiles.includes(profile);
  const kept = own.every(
    ({ level, verdict }) => level !== 'MUST' || verdict === 'pass' || verdict === 'not-applicable',
  );
  const whole = run.stop === undefined && selection.only.length === 0;
  return {
    profile,
    declared,
    probe: declared ? null : (run.probes.get(profile) ?? 'unknown'),
    conformant: declared && whole && kept && own.some((result) => result.verdict === 'pass'),
    counts: countsOf(own),
  };
}

function countsOf(results: readonly Result[]): VerdictCounts {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  return Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as VerdictCounts;
}

function redactStop(stop: NonNullable<Run['stop']>, secrets: Secrets): NonNullable<Run['stop']> {
  return { kind: stop.kind, message: secrets.redact(stop.message), hint: secrets.redact(stop.hint) };
}

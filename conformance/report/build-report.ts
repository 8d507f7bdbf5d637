import { controlPlaneDocument, managedProxyDocument } from '../../generated/bundles.ts';
import { isFuzzed, type Requirement } from '../checks/check.ts';
import type { Secrets } from '../http/secrets.ts';
import { type Config, type Profile, profiles } from '../platform/config.ts';
import type { Fuzz } from '../platform/run-state.ts';
import { type Baseline, type BaselineEntry, type BaselineUse, baselineProblem, useBaseline } from '../run/baseline.ts';
import { type Verdict, verdicts } from '../run/judge.ts';
import { decideOutcome } from '../run/outcome.ts';
import type { Judged, Run } from '../run/run.ts';
import { configDigest, contractDigest, suiteVersion } from './digests.ts';
import { examine, shorten, toEvidence } from './evidence.ts';
import { replayFlags } from './findings.ts';
import {
  type ConformanceReport,
  type ProfileSummary,
  REPORT_SCHEMA_VERSION,
  type Result,
  type VerdictCounts,
} from './report.ts';

export interface ReportInput {
  readonly run: Run;
  readonly config: Config;
  /** All there are, selected or not. */
  readonly requirements: readonly Requirement[];
  readonly selection: ConformanceReport['selection'];
  readonly fuzz: ConformanceReport['fuzz'];
  readonly shuffle: ConformanceReport['shuffle'];
  readonly baseline: Baseline | undefined;
  readonly secrets: Secrets;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Makes the report of a run. Secrets end here: everything that the platform said passes the redaction. */
export function buildReport(input: ReportInput): ConformanceReport {
  const { run, config, requirements, selection, secrets } = input;
  const baseline = baselineUses(input);
  const results = buildResults(input, baseline ?? []);
  const fits = (baseline ?? []).every((use) => baselineProblem(use) === undefined);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    suite: { name: 'rigkit', version: suiteVersion() },
    contract: {
      controlPlane: controlPlaneDocument.info.version,
      managedProxy: managedProxyDocument.info.version,
      sha256: contractDigest(),
    },
    configuration: { sha256: configDigest(config) },
    runId: run.runId,
    startedAt: input.startedAt.toISOString(),
    durationMs: Math.round(input.durationMs),
    target: {
      controlPlane: secrets.redact(config.controlPlane.baseUrl),
      proxy: config.proxy === undefined ? null : secrets.redact(config.proxy.baseUrl),
    },
    selection,
    fuzz: input.fuzz,
    shuffle: input.shuffle,
    baseline,
    outcome: decideOutcome(results, { stop: run.stop, baselineFits: fits, named: selection.only.length > 0 }),
    stop: run.stop === undefined ? null : redactStop(run.stop, secrets),
    profiles: profiles.map((profile) => summarizeProfile(profile, input, results)),
    totals: {
      MUST: countVerdicts(results.filter((result) => result.level === 'MUST')),
      SHOULD: countVerdicts(results.filter((result) => result.level === 'SHOULD')),
      MAY: countVerdicts(results.filter((result) => result.level === 'MAY')),
    },
    results,
    untestable: requirements.flatMap(({ id, untestable }) =>
      untestable === undefined ? [] : [{ id, reason: untestable }],
    ),
    leftBehind: run.leftBehind.map(secrets.redact),
  };
}

function baselineUses({ baseline, run, secrets, startedAt }: ReportInput): readonly BaselineUse[] | null {
  if (baseline === undefined) return null;
  const verdictsById = run.judged.map(({ check, judgement }) => ({ id: check.id, verdict: judgement.verdict }));
  const uses = useBaseline(baseline, verdictsById, startedAt);
  return uses.map((use) => ({ ...use, reason: secrets.redact(use.reason) }));
}

/** In the catalogue's order, in whichever the checks ran. */
function buildResults(
  { requirements, run, fuzz, secrets }: ReportInput,
  uses: readonly BaselineUse[],
): readonly Result[] {
  const judged = new Map(run.judged.map((one) => [one.check.id, one]));
  const excuses = new Map(uses.filter(({ state }) => state === 'excuses').map((use) => [use.id, use]));
  return requirements.flatMap((requirement) => {
    const own = judged.get(requirement.id);
    if (own === undefined) return [];
    return [buildResult(requirement, own, { excuse: excuses.get(requirement.id), fuzz, secrets })];
  });
}

function summarizeProfile(
  profile: Profile,
  { run, selection }: ReportInput,
  results: readonly Result[],
): ProfileSummary {
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
    counts: countVerdicts(own),
  };
}

function countVerdicts(results: readonly Result[]): VerdictCounts {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  return Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as VerdictCounts;
}

function redactStop(stop: NonNullable<Run['stop']>, secrets: Secrets): NonNullable<Run['stop']> {
  return { kind: stop.kind, message: secrets.redact(stop.message), hint: secrets.redact(stop.hint) };
}

const SHOWN_CHARACTERS = 600;

export interface ResultSetting {
  /** The entry of the baseline that its failure is known by. */
  readonly excuse: BaselineEntry | undefined;
  readonly fuzz: Fuzz;
  readonly secrets: Secrets;
}

/** A verdict as a report shows it. */
export function buildResult(
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
    evidence: judgement.evidence === undefined ? null : toEvidence(judgement.evidence, secrets),
    rerun: isFuzzed(requirement) ? `${rerun} ${replayFlags(fuzz)}` : rerun,
  };
}

import { controlPlaneDocument, managedProxyDocument } from '../../generated/bundles.ts';
import type { Requirement } from '../checks/catalogue.ts';
import type { Secrets } from '../http/secrets.ts';
import type { Config } from '../platform/config.ts';
import { type Profile, profiles } from '../platform/profiles.ts';
import { type Baseline, type BaselineUse, baselineProblem, usesOf } from '../run/baseline.ts';
import { type Verdict, verdicts } from '../run/judge.ts';
import type { Run } from '../run/open-run.ts';
import { outcomeOf } from '../run/outcome.ts';
import { configDigest } from './config-digest.ts';
import { contractDigest } from './contract-digest.ts';
import {
  type ConformanceReport,
  type ProfileSummary,
  REPORT_SCHEMA_VERSION,
  type Result,
  type VerdictCounts,
} from './report.ts';
import { resultOf } from './result.ts';
import { suiteVersion } from './suite-version.ts';

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
  const results = resultsOf(input, baseline ?? []);
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
    outcome: outcomeOf(results, { stop: run.stop, baselineFits: fits, named: selection.only.length > 0 }),
    stop: run.stop === undefined ? null : redactStop(run.stop, secrets),
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

function baselineUses({ baseline, run, secrets, startedAt }: ReportInput): readonly BaselineUse[] | null {
  if (baseline === undefined) return null;
  const verdictsById = run.judged.map(({ check, judgement }) => ({ id: check.id, verdict: judgement.verdict }));
  const uses = usesOf(baseline, verdictsById, startedAt);
  return uses.map((use) => ({ ...use, reason: secrets.redact(use.reason) }));
}

/** In the catalogue's order, in whichever the checks ran. */
function resultsOf({ requirements, run, fuzz, secrets }: ReportInput, uses: readonly BaselineUse[]): readonly Result[] {
  const judged = new Map(run.judged.map((one) => [one.check.id, one]));
  const excuses = new Map(uses.filter(({ state }) => state === 'excuses').map((use) => [use.id, use]));
  return requirements.flatMap((requirement) => {
    const own = judged.get(requirement.id);
    if (own === undefined) return [];
    return [resultOf(requirement, own, { excuse: excuses.get(requirement.id), fuzz, secrets })];
  });
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

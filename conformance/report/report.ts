import type { BaselineUse } from '../runner/baseline.ts';
import type { Header } from '../runner/exchange.ts';
import type { Level, Outcome, Stop } from '../runner/outcome.ts';
import type { Profile } from '../runner/profiles.ts';
import type { Verdict } from '../runner/verdict.ts';
import type { ContractDigest } from './contract-digest.ts';

/**
 * Raised when a field is renamed, removed or changes its meaning; added fields do not raise it. The schema of this
 * version is `spec/conformance-report/report.schema.json`.
 */
export const REPORT_SCHEMA_VERSION = 1;

/** What a run found. Every other report is made from this one, and no secret stands in it. */
export interface ConformanceReport {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly suite: { readonly name: 'rigkit'; readonly version: string };
  /** Versions of the contract that the platform was held to, and the digests of its documents. */
  readonly contract: { readonly controlPlane: string; readonly managedProxy: string; readonly sha256: ContractDigest };
  /** The digest of the configuration without its secrets. */
  readonly configuration: { readonly sha256: string };
  /** Part of the name of everything that the run created. */
  readonly runId: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly target: { readonly controlPlane: string; readonly proxy: string | null };
  readonly selection: ReportSelection;
  /** The known failures that the run was given; null: none were, which is what a certificate needs. */
  readonly baseline: readonly BaselineUse[] | null;
  readonly outcome: Outcome;
  /** Why the run ended before its checks were through. */
  readonly stop: Stop | null;
  readonly profiles: readonly ProfileSummary[];
  readonly totals: Readonly<Record<Level, VerdictCounts>>;
  /** In the catalogue's order. */
  readonly results: readonly Result[];
  /** Requirements that no check from outside can decide, with the reason. */
  readonly untestable: readonly { readonly id: string; readonly reason: string }[];
  /** What the run created or changed and could not undo. */
  readonly leftBehind: readonly string[];
}

/** What the run was asked for. */
export interface ReportSelection {
  readonly profiles: readonly Profile[];
  /** Ids, where the run was narrowed down to them; otherwise empty. */
  readonly only: readonly string[];
  /** Profiles that the configuration declares and this run left out. */
  readonly skipped: readonly Profile[];
}

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** How the platform does on one profile. */
export interface ProfileSummary {
  readonly profile: Profile;
  /** Whether the run held the platform to it. */
  readonly declared: boolean;
  /** For a profile that is not declared: whether its routes seem to be there. */
  readonly probe: 'offered' | 'absent' | 'unknown' | null;
  /** Declared, run as a whole, every MUST passed or does not apply. */
  readonly conformant: boolean;
  readonly counts: VerdictCounts;
}

/** The verdict on one requirement. */
export interface Result {
  readonly id: string;
  readonly level: Level;
  readonly profile: Profile;
  readonly sentence: string;
  /** Method and path as the contract writes them. */
  readonly operation: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** Why the verdict is neither pass nor fail; null otherwise. */
  readonly reason: string | null;
  /** Set with `fail`. */
  readonly expected: string | null;
  readonly actual: string | null;
  /** Set where the failure is a known one: why, and until when (the last day, UTC). */
  readonly baselined: { readonly reason: string; readonly expires: string } | null;
  /** The request and answer that show it, secrets replaced by their names. */
  readonly evidence: Evidence | null;
  /** The command line that runs this requirement alone. */
  readonly rerun: string;
}

/** An exchange without its secrets. */
export interface Evidence {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: string | null;
  };
  /** Null: no answer came. */
  readonly response: {
    readonly status: number;
    readonly headers: readonly Header[];
    readonly body: string;
    readonly durationMs: number;
  } | null;
  /** Sends the request again; secrets are the environment variables that hold them. */
  readonly curl: string;
}

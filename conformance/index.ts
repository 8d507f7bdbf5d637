import { catalogue, type Requirement } from './checks/check.ts';
import { checks } from './checks/index.ts';
import type { ConformanceConfig } from './platform/config.ts';
import type { ConformanceReport } from './report/report.ts';
import { type ConformanceOptions, runSuite } from './suite.ts';

/**
 * Holds a platform to the contract, over HTTP: every requirement of the declared profiles, each with its verdict and its
 * evidence. Rejects with a `ConfigError` when the configuration cannot be used; whatever the platform does is in the
 * report, see `exitCodeOf`.
 */
export function runConformance(
  config: ConformanceConfig,
  options: ConformanceOptions = {},
): Promise<ConformanceReport> {
  return runSuite(config, checks, options);
}

/** Every requirement of the contract, those included that cannot be checked from outside (`untestable` says why). */
export function listRequirements(): readonly Requirement[] {
  return catalogue;
}

export type { Requirement } from './checks/check.ts';
export { type DoctorReport, doctor, doctorExitCode, type Finding, renderDoctorText } from './doctor.ts';
export type { Profile } from './platform/config.ts';
export { ConfigError, type ConformanceConfig, profiles } from './platform/config.ts';
export { type LoadedConfig, loadConfig } from './platform/load-config.ts';
export type { Stop } from './platform/target.ts';
export { renderBadge } from './report/badge.ts';
export type { Certificate } from './report/certificate/certificate.ts';
export {
  type Certification,
  certificateText,
  certify,
  type Verification,
  type VerifyOptions,
  verifyCertificate,
} from './report/certificate/certificate.ts';
export {
  createKeyPair,
  keyFingerprint,
  publicKeyText,
  readPrivateKey,
  readPublicKey,
} from './report/certificate/keys.ts';
export { renderHtml } from './report/html/page.ts';
export { renderJunit } from './report/junit.ts';
export type { ConformanceReport, Evidence, ProfileSummary, ReportSelection, Result } from './report/report.ts';
export { readResults, renderJson, reportFiles, writeReports } from './report/report-files.ts';
export { renderSummary } from './report/summary.ts';
export { progressLine, renderTerminalText } from './report/text.ts';
export { type Baseline, type BaselineEntry, type BaselineUse, loadBaseline, makeBaseline } from './run/baseline.ts';
export type { Verdict } from './run/judge.ts';
export { type ExitCode, type Outcome, toExitCode } from './run/outcome.ts';
export type { ConformanceOptions, Progress } from './suite.ts';

import { type KeyObject, randomInt } from 'node:crypto';
import { access, appendFile, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Baseline,
  type ConformanceReport,
  certificateText,
  certify,
  type LoadedConfig,
  loadBaseline,
  readPrivateKey,
  renderSummary,
  runConformance,
  toExitCode,
  writeReports,
} from '../../conformance/index.ts';
import { runInterruptibly } from '../command-line.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export interface RunFlags {
  readonly config?: string;
  readonly profile: readonly string[];
  readonly only: readonly string[];
  readonly seed?: number;
  readonly fuzzCases?: number;
  readonly baseline?: string;
  readonly reportDir?: string;
  readonly stepSummary?: boolean;
  readonly certify?: boolean;
  readonly key?: string;
  /** True: with a random seed. */
  readonly shuffle?: number | true;
  readonly json?: boolean;
}

/** The files that the flags name, read before anything is sent, so that a run does not end with a missing file. */
export interface Prepared {
  readonly baseline: Baseline | undefined;
  readonly key: KeyObject | undefined;
  /** The file that the summary is appended to. */
  readonly stepSummary: string | undefined;
}

/** Throws a `UsageError` or a `ConfigError` if flags exclude each other or a file cannot be used. */
export async function prepare(flags: RunFlags, env: NodeJS.ProcessEnv = process.env): Promise<Prepared> {
  if (flags.certify && flags.key === undefined)
    throw new UsageError('--certify: needs --key FILE; rigkit conformance keygen makes a key');
  if (flags.key !== undefined && !flags.certify) throw new UsageError('--key: needs --certify');
  if (flags.certify && flags.only.length > 0)
    throw new UsageError('--certify: only a full run is certified, without --only');
  if (flags.certify && flags.baseline !== undefined)
    throw new UsageError('--certify: a run with a baseline is not certified');
  const stepSummary = env.GITHUB_STEP_SUMMARY;
  if (flags.stepSummary && !stepSummary) {
    throw new UsageError('--step-summary: GITHUB_STEP_SUMMARY is not set; report-dir/summary.md has the same text');
  }
  if (flags.reportDir !== undefined) await makeWritable(flags.reportDir);
  return {
    baseline: flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline),
    key: flags.key === undefined ? undefined : await readPrivateKey(flags.key),
    stepSummary: flags.stepSummary ? stepSummary : undefined,
  };
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`--report-dir: cannot write to ${folder} (${(error as NodeJS.ErrnoException).code})`);
  }
}

const MOST_SEEDS = 1_000_000;

/** Runs the suite. A first Ctrl-C ends it and cleans up. */
export function runLoaded(
  { config, secretNames }: LoadedConfig,
  { profile, only, shuffle, seed, fuzzCases, json }: RunFlags,
  { baseline }: Prepared,
): Promise<ConformanceReport> {
  const order = shuffle === true ? randomInt(MOST_SEEDS) : shuffle;
  if (order !== undefined) process.stderr.write(`order of the checks: --shuffle ${order}\n`);
  const progress = createProgress(process.stderr);
  return runInterruptibly((signal) =>
    runConformance(config, {
      profiles: profile,
      only,
      ...(seed === undefined ? {} : { seed }),
      ...(fuzzCases === undefined ? {} : { fuzzCases }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(order === undefined ? {} : { shuffle: order }),
      signal,
      secretNames,
      onResult: (result) => {
        if (!json) progress.show(result);
      },
    }).finally(() => {
      if (!json) progress.end();
    }),
  );
}

/** Writes the files that the flags ask for. Returns the exit code. */
export async function deliver(report: ConformanceReport, flags: RunFlags, prepared: Prepared): Promise<number> {
  if (flags.reportDir !== undefined) await writeReports(report, flags.reportDir);
  if (prepared.stepSummary !== undefined) await appendFile(prepared.stepSummary, renderSummary(report));
  const exitCode = toExitCode(report);
  if (prepared.key === undefined) return exitCode;
  const certified = await writeCertificate(report, flags.reportDir ?? '.', prepared.key);
  // Conformant but not certified: a SHOULD or MAY is unverified.
  return certified || exitCode !== 0 ? exitCode : 4;
}

async function writeCertificate(report: ConformanceReport, folder: string, key: KeyObject): Promise<boolean> {
  const file = join(folder, 'certificate.json');
  const certification = certify(report, key);
  if (certification.kind === 'refused') {
    // The certificate of an earlier run would be taken for one of this run.
    await rm(file, { force: true });
    process.stderr.write(`rigkit: no certificate: ${certification.reason}\n`);
    return false;
  }
  await mkdir(folder, { recursive: true });
  await writeFile(file, certificateText(certification.certificate));
  process.stderr.write(`certificate: ${file}\n`);
  return true;
}

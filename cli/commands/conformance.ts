import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type ConformanceReport,
  doctor,
  doctorExitCodeOf,
  doctorTextOf,
  exitCodeOf,
  jsonOf,
  type LoadedConfig,
  listRequirements,
  loadConfig,
  progressLine,
  runConformance,
  textOf,
  writeReports,
} from '../../conformance/index.ts';
import { UsageError } from '../command-line.ts';

interface RunFlags {
  readonly config?: string;
  readonly profile: readonly string[];
  readonly only: readonly string[];
  readonly reportDir?: string;
  readonly json?: boolean;
}

const CONFIG_FLAG = '--config <file>';
const CONFIG_MEANING = 'what to test, see docs/conformance.md; default: the sandbox of this folder';

/** `rigkit conformance`: exit code 0 conformant, 1 violation, 2 bad configuration, 3 no target, 4 nothing proven. */
export function addConformance(program: Command): void {
  const conformance = program
    .command('conformance')
    .description('hold a platform to the contract, over HTTP')
    .option(CONFIG_FLAG, CONFIG_MEANING)
    .option('--profile <profile>', 'only this profile (repeatable)', collect, [])
    .option('--only <id>', 'only this requirement (repeatable)', collect, [])
    .option('--report-dir <folder>', 'write report.json and junit.xml there')
    .option('--json', 'print the report as JSON instead of text')
    .action(async (flags: RunFlags) => {
      const report = await runFromFile(flags);
      if (flags.reportDir !== undefined) await writeReports(report, flags.reportDir);
      process.stdout.write(flags.json ? jsonOf(report) : textOf(report));
      process.exitCode = exitCodeOf(report);
    });

  conformance
    .command('doctor')
    .description('check the set-up before a run')
    .option('--json', 'print JSON')
    .action(async (_: object, command: Command) => {
      const { config, json } = command.optsWithGlobals<RunFlags>();
      const loaded = await load(config);
      const found = await doctor(loaded.config, { secretNames: loaded.secretNames });
      process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : doctorTextOf(found));
      process.exitCode = doctorExitCodeOf(found);
    });

  conformance
    .command('list')
    .description('print every requirement of the contract')
    .option('--json', 'print JSON')
    .action((_: object, command: Command) => {
      const requirements = listRequirements();
      if (command.optsWithGlobals<RunFlags>().json) return console.log(JSON.stringify(requirements, null, 2));
      for (const { id, level, profile, sentence } of requirements) {
        console.log(`${id.padEnd(8)} ${level.padEnd(6)} ${profile.padEnd(15)} ${sentence}`);
      }
    });
}

async function runFromFile({ config, profile, only, json }: RunFlags): Promise<ConformanceReport> {
  const loaded = await load(config);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  return runConformance(loaded.config, {
    profiles: profile,
    only,
    signal: stopped.signal,
    secretNames: loaded.secretNames,
    onResult: (progress) => {
      if (!json) process.stderr.write(`${progressLine(progress)}\n`);
    },
  });
}

async function load(file: string | undefined): Promise<LoadedConfig> {
  const sandbox = join('.rigkit', 'conformance.json');
  if (file === undefined && !existsSync(sandbox)) {
    throw new UsageError('no configuration: say --config FILE, or start `rigkit sandbox` in this folder first');
  }
  return loadConfig(file ?? sandbox);
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

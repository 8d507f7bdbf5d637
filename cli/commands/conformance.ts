import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  ConfigError,
  doctor,
  doctorExitCode,
  type LoadedConfig,
  listRequirements,
  loadConfig,
  renderDoctorText,
  renderJson,
  renderTerminalText,
  reportFiles,
} from '../../conformance/index.ts';
import { runInterruptibly } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import { addBaseline } from './conformance-baseline.ts';
import { addCertificate } from './conformance-certificate.ts';
import { deliver, prepare, type RunFlags, runLoaded } from './conformance-run.ts';

const CONFIG_FLAG = '--config <file>';
const CONFIG_MEANING = 'what to test, see docs/conformance.md (default: the sandbox of this folder)';

/** `rigkit conformance`: exit code 0 conformant, 1 violation, 2 bad configuration, 3 no target, 4 nothing proven. */
export function addConformance(program: Command): void {
  const conformance = program
    .command('conformance')
    .description('test a platform against the contract, over HTTP')
    .option(CONFIG_FLAG, CONFIG_MEANING)
    .option('--profile <profile>', 'only this profile (repeatable)', collect, [])
    .option('--only <id>', 'only this requirement (repeatable)', collect, [])
    .option('--seed <number>', 'repeat the generated requests of an earlier run', wholeNumber)
    .option('--fuzz-cases <number>', 'generated requests for an operation with a body (default: 20)', wholeNumber)
    .option('--baseline <file>', 'known failures, which do not fail the run')
    .option('--report-dir <folder>', `write ${reportFiles.join(', ')} there`)
    .option('--step-summary', 'append the summary to $GITHUB_STEP_SUMMARY')
    .option('--certify', 'sign the result of a full run: certificate.json in --report-dir, or here')
    .option('--key <file>', 'the Ed25519 private key (PEM) that signs')
    .option('--shuffle [seed]', 'run the checks in a random order; its seed is printed', parseSeed)
    .option('--json', 'print the report as JSON instead of text')
    .action(async (flags: RunFlags) => {
      const prepared = await prepare(flags);
      const loaded = await load(flags.config);
      process.exitCode = await orFailed(async () => {
        const report = await runLoaded(loaded, flags, prepared);
        process.stdout.write(flags.json ? renderJson(report) : renderTerminalText(report));
        return deliver(report, flags, prepared);
      });
    });

  conformance
    .command('doctor')
    .description('check the set-up before a run')
    .option('--json', 'print JSON')
    .action(async (_: object, command: Command) => {
      const { config, json } = command.optsWithGlobals<RunFlags>();
      const loaded = await load(config);
      const { secretNames } = loaded;
      process.exitCode = await orFailed(async () => {
        const found = await runInterruptibly((signal) => doctor(loaded.config, { secretNames, signal }));
        process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : renderDoctorText(found));
        return doctorExitCode(found);
      });
    });

  conformance
    .command('list')
    .description('print every requirement of the contract')
    .option('--json', 'print JSON')
    .action((_: object, command: Command) => {
      const requirements = listRequirements();
      if (command.optsWithGlobals<RunFlags>().json) return console.log(JSON.stringify(requirements, null, 2));
      for (const { id, level, profile, sentence, untestable } of requirements) {
        const unchecked = untestable === undefined ? '' : ` (not checked: ${untestable})`;
        console.log(`${id.padEnd(8)} ${level.padEnd(6)} ${profile.padEnd(15)} ${sentence}${unchecked}`);
      }
    });

  addBaseline(conformance);
  addCertificate(conformance);
}

/** An unexpected error is a failure of the suite: exit code 3. Exit code 1 is for violations only. */
async function orFailed(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UsageError) throw error;
    console.error(`rigkit: the suite failed: ${error instanceof Error ? error.message : String(error)}`);
    return 3;
  }
}

async function load(file: string | undefined): Promise<LoadedConfig> {
  const sandbox = join('.rigkit', 'conformance.json');
  if (file === undefined && !existsSync(sandbox)) {
    throw new UsageError('no configuration: give --config FILE, or start `rigkit sandbox` in this folder first');
  }
  return loadConfig(file ?? sandbox);
}

function parseSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of up to nine digits');
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function wholeNumber(value: string): number {
  if (!/^\d{1,10}$/.test(value)) throw new InvalidArgumentError('expected a whole number');
  return Number(value);
}

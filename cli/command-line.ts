import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Command, CommanderError } from 'commander';
import { ConfigError as ConformanceConfigError } from '../conformance/platform/config.ts';
import { MissingEngine } from '../mocks/prism/missing-engine.ts';
import { ConfigError, type Flag, flags } from '../server/config.ts';
import { UsageError } from './usage-error.ts';

export { UsageError };

/** Values of flags as commander collects them, by camel-cased name. */
export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Gives `command` the flag of every setting that `wanted` names, or of all. */
export function addSettings(command: Command, wanted: (flag: Flag) => boolean = () => true): Command {
  for (const flag of flags.filter(wanted))
    command.option(`--${flag.name} <value>`, `${flag.meaning} [${flag.variable}]`);
  return command;
}

/** What was set by flag, under the names of the variables, as `loadConfig` takes it. */
export function readSettings(values: FlagValues): Record<string, string> {
  const given = flags.map((flag) => [flag.variable, values[camelCase(flag.name)]] as const);
  return Object.fromEntries(given.filter((pair): pair is [Flag['variable'], string] => typeof pair[1] === 'string'));
}

/** Runs the program and answers the exit code: 0 success, 2 bad input, 1 anything else that went wrong. */
export async function run(program: Command, argv: readonly string[]): Promise<number> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(`rigkit: ${errorLine(error)}`);
    return BAD_INPUT.some((kind) => error instanceof kind) ? 2 : 1;
  }
}

const BAD_INPUT = [UsageError, ConfigError, ConformanceConfigError, MissingEngine] as const;

function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'hint' in error ? `${error.message}; ${error.hint}` : error.message;
}

/**
 * Starts something, says so, and closes it on Ctrl-C or when the service manager asks. Listens for the signals before it
 * starts, so that one that comes early is not lost; a second one ends at once.
 */
export async function runUntilStopped<T extends { close(): Promise<void> }>(
  start: () => Promise<T>,
  announce: (running: T) => string,
): Promise<void> {
  const stopped = nextSignal();
  try {
    const running = await start();
    // What the log has to say of the start stands before it.
    await nextTurn();
    console.log(announce(running));
    await stopped.heard;
    nextSignal().heard.then(() => process.exit(130));
    await running.close();
  } finally {
    stopped.ignore();
  }
}

/**
 * Runs something that can be asked to end early: the first Ctrl-C aborts its signal and says so, a second one ends the
 * process at once.
 */
export async function runInterruptibly<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const first = nextSignal();
  let second: ReturnType<typeof nextSignal> | undefined;
  first.heard.then(() => {
    second = nextSignal();
    second.heard.then(() => process.exit(130));
    console.error('rigkit: interrupted; ends when all is cleaned up, or at once with a second Ctrl-C');
    interrupt.abort();
  });
  try {
    return await work(interrupt.signal);
  } finally {
    first.ignore();
    second?.ignore();
  }
}

function nextSignal(): { readonly heard: Promise<void>; ignore(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ignore = () => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
  const hear = () => {
    ignore();
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return { heard: promise, ignore };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

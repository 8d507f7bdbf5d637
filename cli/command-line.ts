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

/** The settings given as flags, by the names of their variables, for `loadConfig`. */
export function readSettings(values: FlagValues): Record<string, string> {
  const given = flags.map((flag) => [flag.variable, values[camelCase(flag.name)]] as const);
  return Object.fromEntries(given.filter((pair): pair is [Flag['variable'], string] => typeof pair[1] === 'string'));
}

/** Runs the program. Returns the exit code: 0 success, 2 bad input, 1 any other failure. */
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
 * Starts something, prints `announce`, and closes it after SIGINT or SIGTERM. Listens for the signals before the start, so
 * that an early one is not lost. A second signal ends the process at once.
 */
export async function runUntilStopped<T extends { close(): Promise<void> }>(
  start: () => Promise<T>,
  announce: (running: T) => string,
): Promise<void> {
  const stopped = nextSignal();
  try {
    const running = await start();
    // Log lines of the start come first.
    await nextTurn();
    console.log(announce(running));
    await stopped.heard;
    nextSignal().heard.then(() => process.exit(130));
    await running.close();
  } finally {
    stopped.ignore();
  }
}

/** Runs something that can end early: the first Ctrl-C aborts its signal, a second one ends the process at once. */
export async function runInterruptibly<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const first = nextSignal();
  let second: ReturnType<typeof nextSignal> | undefined;
  first.heard.then(() => {
    second = nextSignal();
    second.heard.then(() => process.exit(130));
    console.error('rigkit: interrupted; cleaning up. A second Ctrl-C ends at once');
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

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HANGS_MS } from './wait.ts';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that are started a hundred times are compiled once. What a test starts hands its cache on. */
const COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'rigkit-test-compile-cache');

/** The environment of a user: this Node first on the PATH, and none of our own settings. */
function environment(extra: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(RIGKIT|RIGBOX|VITEST|OPENAI|ANTHROPIC)_/.test(name),
  );
  const own = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_COMPILE_CACHE: COMPILE_CACHE };
  return { ...Object.fromEntries(inherited), ...own, ...extra };
}

/** Runs a program to its end. A non-zero exit is an answer, not an error. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(
      file,
      [...args],
      { cwd: options.cwd, env: environment(options.env), timeout: HANGS_MS, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

export interface Running {
  readonly pid: number;
  /** Everything it wrote so far, both streams together. */
  output(): string;
  /** Asks it to end (SIGTERM), waits, and answers the exit code; a process that hangs is killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a server and resolves when it has printed `ready`; rejects with its output when it ends before that. */
export async function start(
  file: string,
  args: readonly string[],
  ready: RegExp,
  options: RunOptions = {},
): Promise<Running> {
  const child = spawn(file, [...args], { cwd: options.cwd, env: environment(options.env), stdio: 'pipe' });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => fail('did not get ready in time'), HANGS_MS);
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${file} ${args.join(' ')} ${why}:\n${output}`));
    };
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (!ready.test(output)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
  return { pid: child.pid ?? -1, output: () => output, stop: (signal) => stop(child, signal ?? 'SIGTERM') };
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    const patience = setTimeout(() => child.kill('SIGKILL'), HANGS_MS);
    child.once('exit', (code) => {
      clearTimeout(patience);
      resolve(code);
    });
    child.kill(signal);
  });
}

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const LAST_CORE = availableParallelism() - 1;

/** The Linux tool that binds a process to a core. Without it, or with one core, the system chooses. */
const canPin = LAST_CORE > 0 && spawnSync('taskset', ['--version']).status === 0;

/** Starts a process on the last core, and keeps it there with all its threads. For `fork`. */
export const ON_LAST_CORE = canPin
  ? { execPath: 'taskset', execArgv: ['--cpu-list', String(LAST_CORE), process.execPath] }
  : {};

/** For the time of `run`, keeps this process, which is the load, off the last core; who it starts inherits that. */
export async function offLastCore<T>(run: () => Promise<T>): Promise<T> {
  stayOn(`0-${LAST_CORE - 1}`);
  try {
    return await run();
  } finally {
    stayOn(`0-${LAST_CORE}`);
  }
}

function stayOn(cores: string): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(process.pid)]);
}

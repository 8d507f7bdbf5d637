import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A machine, and on Linux the container in it: a process id means something else in another one. */
export const MACHINE = [hostname(), processNamespace()].join(' ');

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Whether this place has such a process. Signal 0 asks, and does nothing; a process that may not be asked is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

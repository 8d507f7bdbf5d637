import { setTimeout as sleep } from 'node:timers/promises';
import { Unverified } from '../../http/errors.ts';

const PAUSE_MS = 20;
const DEFAULT_LIMIT_MS = 5_000;

/** Waits until something holds that the check builds on. */
export async function until(holds: () => Promise<boolean>, what: string, limitMs = DEFAULT_LIMIT_MS): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Unverified(`waited ${limitMs / 1000} s in vain for ${what}`);
    await sleep(PAUSE_MS);
  }
}

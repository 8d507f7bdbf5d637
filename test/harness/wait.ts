import { setTimeout as sleep } from 'node:timers/promises';

/**
 * After so long, a thing hangs. No test relies on being faster: a machine that is busy with other work takes ten times as long
 * for what is right.
 */
export const HANGS_MS = 240_000;

/** Resolves when `condition` holds. Rejects with what `complaint` says when it hangs. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  complaint: () => string = () => 'what was waited for did not happen',
): Promise<void> {
  const deadline = performance.now() + HANGS_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(complaint());
    await sleep(2);
  }
}

import { type Judged, openRun, type Run, type RunOptions } from './open-run.ts';

/** Judges all checks of a run in their order; `onResult` hears of those that did run. */
export async function run(options: RunOptions, onResult: (judged: Judged) => void = () => {}): Promise<Run> {
  const opened = await openRun(options);
  let ended: Run;
  try {
    for (const check of options.checks) {
      const stopped = opened.stop !== undefined;
      const judged = await opened.judge(check);
      if (!stopped) onResult(judged);
    }
  } finally {
    ended = await opened.end();
  }
  return ended;
}

/** What is to be undone, last first. Failures are noted for the report; they fail no requirement. */
export interface CleanUp {
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes everything; what fails or is not done when `signal` aborts is named in `leftBehind`. */
  run(signal: AbortSignal): Promise<void>;
  readonly leftBehind: readonly string[];
}

/** An empty list of things to undo. */
export function createCleanUp(): CleanUp {
  const waiting: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  const leftBehind: string[] = [];

  async function run(signal: AbortSignal): Promise<void> {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      if (signal.aborted) {
        leftBehind.push(`${entry.what}: no time left`);
        continue;
      }
      try {
        await entry.undo();
      } catch (error) {
        leftBehind.push(`${entry.what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return { add: (what, undo) => waiting.push({ what, undo }), run, leftBehind };
}

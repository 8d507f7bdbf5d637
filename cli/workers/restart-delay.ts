const FIRST_MS = 100;
const LONGEST_MS = 30_000;
/** A worker that lived this long was sound: what ended it has nothing to do with what ended those before it. */
const SOUND_AFTER_MS = 60_000;

/** How long to wait before a worker is replaced, when so many in a row before it died young. */
export function restartDelayMs(diedYoung: number): number {
  return Math.min(FIRST_MS * 2 ** diedYoung, LONGEST_MS);
}

export function isYoung(livedMs: number): boolean {
  return livedMs < SOUND_AFTER_MS;
}

import type { Seams } from '../reference-platform.ts';

/** A platform with one mutation: a row of the kill matrix. */
export interface BrokenPlatform extends Seams {
  /** The requirement that has to turn red. */
  readonly breaks: string;
  /** What the platform does, as the end of "a platform that ...". */
  readonly how: string;
  /** Requirements that turn red with it, each with the reason in plain words. Most mutations can do without. */
  readonly also?: Readonly<Record<string, string>>;
  /** Requirements of which nothing can be known on this platform (unverified), each with the reason. */
  readonly hides?: Readonly<Record<string, string>>;
}

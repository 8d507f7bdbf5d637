import type { Settings } from './settings.ts';

export interface PartReport {
  /** How much was done, for people. */
  readonly counts: string;
}

/** One part of the soak. It throws when what it watches over does not hold. */
export type Part = (settings: Settings) => Promise<PartReport>;

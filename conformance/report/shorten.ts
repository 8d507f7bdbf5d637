import type { Secrets } from '../http/secrets.ts';

/** A text of the platform without its secrets. */
export interface Examined {
  readonly hidden: string;
  /** False: the text is longer than what was searched. */
  readonly whole: boolean;
}

/** A platform that answers megabytes must not hold up the report: what stands behind is neither searched nor shown. */
export const EXAMINED_CHARACTERS = 32_768;
/** Longer than any writing of a secret: one that is cut where the search ends is not found there. */
const UNCERTAIN_CHARACTERS = 2_048;

/** Hides the secrets of a text, as far as a report can need it. */
export function examine(text: string, secrets: Secrets): Examined {
  if (text.length <= EXAMINED_CHARACTERS) return { hidden: secrets.redact(text), whole: true };
  const hidden = secrets.redact(text.slice(0, EXAMINED_CHARACTERS));
  return { hidden: hidden.slice(0, -UNCERTAIN_CHARACTERS), whole: false };
}

/** A text that is not longer than it helps. Its secrets are hidden already: a cut through one would leave a part of it. */
export function shorten({ hidden, whole }: Examined, most: number): string {
  if (whole && hidden.length <= most) return hidden;
  return `${hidden.slice(0, most)}… (${whole ? hidden.length : `over ${EXAMINED_CHARACTERS}`} characters)`;
}

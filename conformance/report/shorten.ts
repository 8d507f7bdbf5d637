/**
 * A text that is not longer than it helps. Only for texts whose secrets are hidden already: a cut through a secret would
 * leave a part of it that no search finds.
 */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

/**
 * What a platform said, as it may be shown. Characters that steer a terminal, reverse the reading direction, hide, or
 * that XML forbids are written out, such as `\u{1b}`: a report says what was there, and does not obey it.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, (character) => (LAYOUT.has(character) ? character : code(character)));
}

/** The same in one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\n\t]/g, code);
}

/** JSON text with such characters as the escapes that JSON itself has for them: the value is the same. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (character) => (LAYOUT.has(character) ? character : escapes(character)));
}

/** Controls, formats, lone surrogates, separators of lines and paragraphs, and what is no character. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;
const LAYOUT = new Set(['\n', '\t']);

function code(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function escapes(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

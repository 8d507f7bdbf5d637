import { visible, visibleLine } from './visible.ts';

/**
 * A text of the platform's as inline code, which is the one form in which Markdown reads nothing into it: no element, no
 * link, no mention. The fence is longer than any run of backticks inside.
 */
export function inlineCode(text: string): string {
  const line = visibleLine(text);
  if (line.trim() === '') return '(empty)';
  const fence = fenceFor(line, 1);
  // One space on either side is taken off again, so that a backtick at the edge is not taken for the fence.
  return `${fence} ${line} ${fence}`;
}

/** The same for texts of several lines. It begins and ends a paragraph of its own. */
export function codeBlock(text: string): string {
  const shown = visible(text);
  const fence = fenceFor(shown, 3);
  return `${fence}text\n${shown}\n${fence}`;
}

function fenceFor(text: string, shortest: number): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  return '`'.repeat(Math.max(shortest, ...runs.map((length) => length + 1)));
}

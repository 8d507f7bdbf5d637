import { type Content, type Markup, markup } from '../markup.ts';
import type { Result } from '../report.ts';

/** How a thing is meant: it is said in words and by a sign wherever it is shown by a colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'idle';

const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', warn: '!', idle: '–' };

/** The sign of a tone, which is decoration: the words beside it say the same. */
export function sign(tone: Tone): Markup {
  return markup`<span aria-hidden="true">${SIGNS[tone]}</span>`;
}

export function chip(tone: Tone, words: string): Markup {
  return markup`<span class="chip ${tone}">${sign(tone)} ${words}</span>`;
}

/** The verdict on a requirement, in words. */
export function verdictChip({ verdict, level, baselined }: Result): Markup {
  if (verdict === 'pass') return chip('good', 'pass');
  if (verdict === 'fail' && baselined !== null) return chip('warn', 'known failure');
  if (verdict === 'fail') return level === 'MUST' ? chip('bad', 'fail') : chip('warn', 'not followed');
  if (verdict === 'unverified') return chip('warn', 'unverified');
  if (verdict === 'harness-error') return chip('bad', 'harness error');
  return chip('idle', 'not applicable');
}

/** A sentence of the contract, in which what stands between backticks is code. */
export function sentence(text: string): Markup {
  const pieces = text.split('`').map((piece, index) => (index % 2 === 1 ? markup`<code>${piece}</code>` : piece));
  return markup`${pieces}`;
}

/** The id of a requirement, as a link to its row among all. */
export function linkTo(id: string): Markup {
  return markup`<a href="#${id}">${id}</a>`;
}

/** A text of any length; what does not fit is scrolled to, with the keyboard too. */
export function block(title: string, text: string): Markup {
  return markup`<div><h4>${title}</h4><pre tabindex="0" role="group" aria-label="${title}">${text}</pre></div>`;
}

/** What is folded away until it is asked for. */
export function folded(summary: Content, content: Content, open = false): Markup {
  return open
    ? markup`<details open="open"><summary>${summary}</summary>${content}</details>`
    : markup`<details><summary>${summary}</summary>${content}</details>`;
}

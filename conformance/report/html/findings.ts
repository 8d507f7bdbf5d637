import { knownLine, requestText, responseBody, responseHeaders, statusLine, verdictLine } from '../evidence-text.ts';
import { type Findings, sortFindings } from '../findings.ts';
import { type Content, type Markup, markup } from '../markup.ts';
import type { ConformanceReport, Evidence, Result } from '../report.ts';

/** With more findings than this, the calls stand behind a click. */
const MOST_OPEN = 12;

interface Chapter {
  /** What a link to it names. */
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly contents: readonly Content[];
}

/** What a person has to act on, the gravest first; nothing where nothing is broken or open. */
export function findings(report: ConformanceReport): Markup {
  const sections = toChapters(report).map(
    ({ id, title, contents }) => markup`<section id="${id}"><h2>${title}</h2>
${contents}</section>
`,
  );
  return markup`${sections}`;
}

/** Links to all of it, with the counts. */
export function renderContents(report: ConformanceReport): Markup {
  const links = toChapters(report).map(
    ({ id, title, count }) => markup`<li><a href="#${id}">${title}</a> ${count}</li>`,
  );
  return markup`<nav aria-label="Contents"><ul>${links}<li><a href="#requirements">Every requirement</a> ${report.results.length}</li></ul></nav>`;
}

function toChapters(report: ConformanceReport): readonly Chapter[] {
  const found = sortFindings(report);
  const open = found.violations.length + found.harnessErrors.length <= MOST_OPEN;
  const unverifiedCount = [...found.unverified.values()].flat().length;
  const chapter = (id: string, title: string, contents: readonly Content[], count = contents.length): Chapter => ({
    id,
    title,
    count,
    contents,
  });
  return [
    chapter(
      'violations',
      'Violations',
      found.violations.map((result) => finding(result, open)),
    ),
    chapter(
      'harness-errors',
      'Harness errors',
      found.harnessErrors.map((result) => finding(result, open)),
    ),
    chapter('baseline', 'The baseline does not fit', bullets(found.baselineProblems), found.baselineProblems.length),
    chapter(
      'known',
      'Known failures',
      found.known.map((result) => finding(result, false)),
    ),
    chapter(
      'advice',
      'Recommendations not followed',
      found.advice.map((result) => finding(result, false)),
    ),
    chapter('unverified', 'Unverified', unverified(found), unverifiedCount),
    chapter('left-behind', 'Left behind on the platform', bullets(report.leftBehind), report.leftBehind.length),
  ].filter(({ contents }) => contents.length > 0);
}

function bullets(lines: readonly Content[]): readonly Markup[] {
  if (lines.length === 0) return [];
  return [markup`<ul class="card">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`];
}

function finding(result: Result, open: boolean): Markup {
  const { id, level, operation, evidence, baselined } = result;
  const grave = level === 'MUST' && baselined === null;
  return markup`<article class="card${grave ? ' broken' : ''}">
<h3>${linkTo(id)} ${sentence(result.sentence)}</h3>
<p>${verdictChip(result)} <span class="level">${level}</span> <code>${operation}</code></p>
<dl class="said">${said(result)}</dl>
${evidence === null ? block('See it again', result.rerun) : call(evidence, result.rerun, open)}
</article>
`;
}

function said(result: Result): readonly Markup[] {
  const { verdict, expected, actual, baselined } = result;
  const rows: readonly (readonly [string, string | null])[] =
    verdict === 'fail'
      ? [
          ['Expected', expected],
          ['Actual', actual],
          ['Known', baselined === null ? null : knownLine(baselined)],
        ]
      : [['Reason', verdictLine(result)]];
  return rows.map(([name, text]) => (text === null ? markup`` : markup`<dt>${name}</dt><dd>${text}</dd>`));
}

function call(evidence: Evidence, rerun: string, open: boolean): Markup {
  const headers = responseHeaders(evidence);
  const body = responseBody(evidence);
  const answer = [statusLine(evidence), ...(body === '' ? [] : ['', body])].join('\n');
  const request = block('Request', requestText(evidence));
  const response = markup`<div>${block('Answer', answer)}${headers === '' ? null : folded('Headers of the answer', block('Headers', headers))}</div>`;
  const again = block('See it again', `${evidence.curl}\n\n${rerun}`);
  return folded('The call', markup`<div class="pair">${request}${response}</div>${again}`, open);
}

function unverified({ unverified }: Findings): readonly Markup[] {
  const lines = [...unverified].map(
    ([reason, results]) => markup`${sentence(reason)}: ${results.map(({ id }) => markup`${linkTo(id)} `)}`,
  );
  return bullets(lines);
}

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

import { verdictLine } from '../evidence-text.ts';
import { type Markup, markup } from '../markup.ts';
import { countOf } from '../plural.ts';
import type { ConformanceReport, ProfileSummary, Result } from '../report.ts';
import { sentence, verdictChip } from './pieces.ts';

/** Every requirement that the run was about, by profile, and those that no run can decide. */
export function everyRequirement(report: ConformanceReport): Markup {
  return markup`<section id="requirements"><h2>Every requirement</h2>
${report.profiles.map((summary) => profileSection(summary, report))}${untestable(report)}</section>
`;
}

function profileSection({ profile, conformant }: ProfileSummary, { results }: ConformanceReport): Markup | null {
  const own = results.filter((result) => result.profile === profile);
  if (own.length === 0) return null;
  const head = markup`<summary><h3>${profile}</h3> <span class="quiet">${countOf(own.length, 'requirement')}</span></summary>`;
  const table = markup`<table class="rows"><thead><tr><th scope="col">Id</th><th scope="col">Level</th><th scope="col">Verdict</th><th scope="col">Requirement</th></tr></thead>
<tbody>${own.map(row)}</tbody></table>`;
  // What is as it should be is folded up; a link to one of its rows unfolds it.
  return conformant
    ? markup`<details class="frame">${head}${table}</details>
`
    : markup`<details class="frame" open="open">${head}${table}</details>
`;
}

function row(result: Result): Markup {
  const { id, level, verdict, operation } = result;
  const why = verdict === 'pass' ? null : markup`<br/><span class="quiet">${sentence(verdictLine(result))}</span>`;
  return markup`<tr id="${id}"><th scope="row">${id}</th><td><span class="level">${level}</span></td><td>${verdictChip(result)}</td><td>${sentence(result.sentence)}<br/><code>${operation}</code>${why}</td></tr>
`;
}

function untestable(report: ConformanceReport): Markup | null {
  if (report.untestable.length === 0) return null;
  const rows = report.untestable.map(({ id, reason }) => markup`<li>${id}: ${sentence(reason)}</li>`);
  return markup`<h3>Not checked</h3><ul>${rows}</ul>`;
}

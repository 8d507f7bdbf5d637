import { createHash } from 'node:crypto';
import { verdictLine } from '../evidence-text.ts';
import { countNoun, countsText, isWhole, profileState, replayFlags, sortFindings, writeHeadline } from '../findings.ts';
import { type Markup, markup } from '../markup.ts';
import type { ConformanceReport, ProfileSummary, Result } from '../report.ts';
import { chip, findings, renderContents, sentence, sign, type Tone, verdictChip } from './findings.ts';
import { style } from './style.ts';

/** Allows the page its own style and nothing else: no script, no image, no address that is loaded. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
const STYLE: Markup = { markup: `<style>${style}</style>` };

/**
 * The report as a page for people: what it came to, what is broken with its evidence, then every requirement. It is one
 * file without scripts, well-formed as XML too.
 */
export function renderHtml(report: ConformanceReport): string {
  const { contract, configuration, schemaVersion } = report;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${writeHeadline(report)} – rigkit conformance</title>
${STYLE}
</head>
<body>
<main>
<header>
<h1>Conformance report</h1>
${banner(report)}
${facts(report)}
</header>
<section><h2>Summary</h2>
${profileTable(report)}
${sums(report)}
${renderContents(report)}
</section>
${findings(report)}
${everyRequirement(report)}
</main>
<footer>
<p>Made from report.json, schema version ${schemaVersion}. Secrets are replaced by their names.</p>
<dl class="facts">
<dt>control-plane.json</dt><dd>SHA-256 <code>${contract.sha256.controlPlane}</code></dd>
<dt>managed-proxy.json</dt><dd>SHA-256 <code>${contract.sha256.managedProxy}</code></dd>
<dt>Configuration</dt><dd>without secrets, SHA-256 <code>${configuration.sha256}</code></dd>
</dl>
</footer>
</body>
</html>
`.markup;
}

const TONES: Readonly<Record<ConformanceReport['outcome'], Tone>> = {
  conformant: 'good',
  kept: 'idle',
  baselined: 'warn',
  violation: 'bad',
  'not-followed': 'warn',
  incomplete: 'warn',
  failed: 'bad',
  'bad-configuration': 'bad',
};

/** What the run came to, in one sentence, and what to do where it did not end. */
export function banner(report: ConformanceReport): Markup {
  const { outcome, stop, selection, baseline } = report;
  const whole = selection.only.length === 0 && selection.skipped.length === 0 && baseline === null;
  const tone = outcome === 'conformant' && !whole ? 'idle' : TONES[outcome];
  const headline = writeHeadline(report);
  const hint = stop === null ? null : markup`<p>${stop.hint}</p>`;
  return markup`<div class="banner ${tone}">${sign(tone)} ${headline.charAt(0).toUpperCase()}${headline.slice(1)}${hint}</div>`;
}

/** What was tested, when, and against what. */
export function facts({
  target,
  startedAt,
  durationMs,
  runId,
  suite,
  contract,
  selection,
  fuzz,
  shuffle,
}: ConformanceReport): Markup {
  const contracts = `control plane ${contract.controlPlane}, managed proxy ${contract.managedProxy}`;
  const seconds = (durationMs / 1000).toFixed(1);
  return markup`<dl class="facts">
<dt>Control plane</dt><dd><code>${target.controlPlane}</code></dd>
${target.proxy === null ? null : markup`<dt>AI proxy</dt><dd><code>${target.proxy}</code></dd>`}
<dt>Run</dt><dd><time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time>, took ${seconds} s, id <code>${runId}</code></dd>
<dt>Contract</dt><dd>${contracts}</dd>
<dt>Suite</dt><dd>${suite.name} ${suite.version}</dd>
<dt>Generated requests</dt><dd><code>${replayFlags(fuzz)}</code></dd>
${shuffle === null ? null : markup`<dt>Order of the checks</dt><dd><code>--shuffle ${String(shuffle)}</code></dd>`}
${selection.only.length === 0 ? null : markup`<dt>Only</dt><dd>${selection.only.join(', ')}</dd>`}
</dl>`;
}

/** How many requirements of each level have which verdict. */
export function sums({ totals }: ConformanceReport): Markup {
  const rows = Object.entries(totals).map(
    ([
      level,
      counts,
    ]) => markup`<tr><th scope="row">${level}</th><td>${counts.pass}</td><td>${counts.fail}</td><td>${counts['not-applicable']}</td><td>${counts.unverified}</td><td>${counts['harness-error']}</td></tr>
`,
  );
  return markup`<div class="frame"><table class="sums"><thead><tr><th scope="col">Level</th><th scope="col">Pass</th><th scope="col">Fail</th><th scope="col">Not applicable</th><th scope="col">Unverified</th><th scope="col">Harness error</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A row for every profile that there is; nothing where it would say nothing. */
export function profileTable(report: ConformanceReport): Markup | null {
  if (!isWhole(report)) return null;
  const rows = report.profiles.map((summary) => {
    const counts = summary.declared ? countsText(summary.counts) : null;
    return markup`<tr><th scope="row">${summary.profile}</th><td>${chip(profileTone(summary, report), profileState(summary, report))}</td><td>${counts}</td></tr>
`;
  });
  return markup`<div class="frame"><table class="rows"><thead><tr><th scope="col">Profile</th><th scope="col">State</th><th scope="col">Verdicts</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function profileTone({ profile, declared, conformant }: ProfileSummary, report: ConformanceReport): Tone {
  if (!declared) return 'idle';
  if (conformant) return 'good';
  const { violations } = sortFindings(report);
  return violations.some((result) => result.profile === profile) ? 'bad' : 'warn';
}

/** Every requirement that the run was about, by profile, and those that no run can decide. */
export function everyRequirement(report: ConformanceReport): Markup {
  return markup`<section id="requirements"><h2>Every requirement</h2>
${report.profiles.map((summary) => profileSection(summary, report))}${untestable(report)}</section>
`;
}

function profileSection({ profile, conformant }: ProfileSummary, { results }: ConformanceReport): Markup | null {
  const own = results.filter((result) => result.profile === profile);
  if (own.length === 0) return null;
  const head = markup`<summary><h3>${profile}</h3> <span class="quiet">${countNoun(own.length, 'requirement')}</span></summary>`;
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

import { findingsOf } from '../findings.ts';
import { headlineOf } from '../headline.ts';
import { type Markup, markup } from '../markup.ts';
import { countsText, isWhole, profileState } from '../profile-state.ts';
import { replayFlags } from '../replay.ts';
import type { ConformanceReport, ProfileSummary } from '../report.ts';
import { chip, sign, type Tone } from './pieces.ts';

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
  const headline = headlineOf(report);
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
  const { violations } = findingsOf(report);
  return violations.some((result) => result.profile === profile) ? 'bad' : 'warn';
}

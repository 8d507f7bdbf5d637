import { countNoun, sortFindings } from './findings.ts';
import { markup } from './markup.ts';

import type { ConformanceReport } from './report.ts';

interface Badge {
  readonly words: string;
  /** White on it has a contrast of at least 4.5. */
  readonly colour: string;
}

export const badgeColours = {
  label: '#3d4450',
  good: '#1a7f37',
  bad: '#b3261e',
  warn: '#8a5a00',
  idle: '#5d6675',
} as const;

/**
 * The verdict as an SVG badge. It is green only for a whole run in which every declared profile is conformant: a run
 * that was narrowed down, that a baseline excused, or that left something unverified says so in its place.
 */
export function renderBadge(report: ConformanceReport): string {
  const { words, colour } = badgeFor(report);
  const label = 'contract';
  const left = measureWidth(label);
  const right = measureWidth(words);
  const width = left + right;
  const spoken = `${label}: ${words} (${report.selection.profiles.join(', ')})`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${spoken}">
<title>${spoken}</title>
<rect width="${width}" height="20" rx="3" fill="${colour}"/>
<path d="M3 0h${left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="${badgeColours.label}"/>
<g fill="#ffffff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-anchor="middle">
<text x="${left / 2}" y="14" textLength="${left - 2 * PADDING}">${label}</text>
<text x="${left + right / 2}" y="14" textLength="${right - 2 * PADDING}">${words}</text>
</g>
</svg>
`.markup;
}

function badgeFor(report: ConformanceReport): Badge {
  const { outcome, selection, baseline, profiles } = report;
  const { violations, known } = sortFindings(report);
  if (outcome === 'violation') return { words: countNoun(violations.length, 'violation'), colour: badgeColours.bad };
  if (outcome === 'failed' || outcome === 'bad-configuration')
    return { words: 'no verdict', colour: badgeColours.idle };
  if (known.length > 0) return { words: countNoun(known.length, 'known failure'), colour: badgeColours.warn };
  if (outcome === 'not-followed') return { words: 'not followed', colour: badgeColours.warn };
  if (outcome === 'kept') return { words: 'partial run', colour: badgeColours.idle };
  if (outcome !== 'conformant') return { words: 'unverified', colour: badgeColours.warn };
  if (selection.only.length > 0 || selection.skipped.length > 0)
    return { words: 'partial run', colour: badgeColours.idle };
  if (baseline !== null) return { words: 'with a baseline', colour: badgeColours.idle };
  const whole = profiles.every(({ declared, conformant }) => !declared || conformant);
  return whole
    ? { words: 'conformant', colour: badgeColours.good }
    : { words: 'unverified', colour: badgeColours.warn };
}

const PADDING = 6;

/** In pixels, near enough for the usual fonts; `textLength` makes it true in any other. */
function measureWidth(words: string): number {
  const text = Array.from(words).reduce((sum, letter) => sum + letterWidth(letter), 0);
  return Math.round(text) + 2 * PADDING;
}

function letterWidth(letter: string): number {
  if ('ijl'.includes(letter)) return 3;
  if ('frt '.includes(letter)) return 4.2;
  if ('mw'.includes(letter)) return 9.8;
  return 6.8;
}

import { describe, expect, it } from 'vitest';
import { contrast } from '../fixtures/contrast.ts';
import { parseTree } from '../fixtures/markup-tree.ts';
import { makeReport, makeResult } from '../fixtures/reports.ts';
import { badgeColours, renderBadge } from './badge.ts';
import type { ConformanceReport, ProfileSummary } from './report.ts';

const counts = { pass: 1, fail: 0, 'not-applicable': 0, unverified: 0, 'harness-error': 0 };
const profile = (conformant: boolean): ProfileSummary => ({
  profile: 'control-plane',
  declared: true,
  probe: null,
  conformant,
  counts,
});
const selection: ConformanceReport['selection'] = { profiles: ['control-plane'], only: [], skipped: [] };
const broken = (id: string) => makeResult(id, 'fail');
const known = makeResult('TST-009', 'fail', { baselined: { reason: 'x', expires: '2026-12-31' } });

const badge = (given: Partial<ConformanceReport>, results = [makeResult('TST-001', 'pass')]) =>
  renderBadge(makeReport(results, { profiles: [profile(true)], selection, ...given }));

describe('the badge', () => {
  it('is green for a whole run of a conformant platform, and for nothing else', () => {
    expect(badge({})).toContain('>conformant</text>');
    expect(badge({})).toContain(badgeColours.good);
  });

  it.each<[string, Partial<ConformanceReport>, Parameters<typeof badge>[1], string]>([
    ['a violation', { outcome: 'violation' }, [broken('TST-001')], '1 violation'],
    [
      'violations beside a known failure',
      { outcome: 'violation' },
      [broken('TST-001'), broken('TST-002'), known],
      '2 violations',
    ],
    [
      'a violation in a run that was narrowed down',
      { outcome: 'violation', selection: { ...selection, only: ['TST-001'] } },
      [broken('TST-001')],
      '1 violation',
    ],
    ['known failures', { outcome: 'baselined', baseline: [] }, [known], '1 known failure'],
    ['an empty baseline', { baseline: [] }, undefined, 'with a baseline'],
    ['named requirements that are kept', { outcome: 'kept' }, undefined, 'partial run'],
    ['a named recommendation that is not followed', { outcome: 'not-followed' }, undefined, 'not followed'],
    ['a run of named requirements', { selection: { ...selection, only: ['TST-001'] } }, undefined, 'partial run'],
    [
      'a run of fewer profiles than declared',
      { selection: { ...selection, skipped: ['byok'] } },
      undefined,
      'partial run',
    ],
    ['unverified MUSTs', { outcome: 'incomplete' }, undefined, 'unverified'],
    ['a declared profile of which nothing was shown', { profiles: [profile(false)] }, undefined, 'unverified'],
    ['a failed run', { outcome: 'failed' }, undefined, 'no verdict'],
    ['a baseline that does not fit', { outcome: 'bad-configuration' }, undefined, 'no verdict'],
  ])('is not green for %s', (_, given, results, words) => {
    const image = badge(given, results);
    expect(image).toContain(`>${words}</text>`);
    expect(image).not.toContain(badgeColours.good);
  });

  it('is a well-formed image that says the same to who cannot see it, profiles included', () => {
    const { elements, attributes } = parseTree(badge({}));
    expect(new Set(elements)).toEqual(new Set(['svg', 'title', 'rect', 'path', 'g', 'text']));
    expect(attributes).toContain('role=img');
    expect(attributes).toContain('aria-label=contract: conformant (control-plane)');
  });

  it.each(Object.entries(badgeColours))('has enough contrast on %s', (_, colour) => {
    expect(contrast('#ffffff', colour)).toBeGreaterThanOrEqual(4.5);
  });
});

import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, UNSHOWN } from '../../fixtures/hostile.ts';
import { parseTree } from '../../fixtures/markup-tree.ts';
import { makeReport } from '../../fixtures/reports.ts';
import { reportSaying, stoppedSaying } from '../../fixtures/saying.ts';
import type { ConformanceReport } from '../report.ts';
import { renderHtml } from './page.ts';

const ELEMENTS = new Set(
  `html head meta title style body main header footer section nav article details summary h1 h2 h3 h4 p a ul li dl dt dd
   div span code pre table thead tbody tr th td time br`.split(/\s+/),
);

describe('the HTML report', () => {
  it.each(HOSTILE_TEXTS)('stays the page that it is when the platform says %j', (text) => {
    for (const report of [reportSaying(text), stoppedSaying(text)]) {
      const page = renderHtml(report);
      const { elements, attributes } = parseTree(page);
      expect(elements.filter((name) => !ELEMENTS.has(name))).toEqual([]);
      expect(attributes.filter((attribute) => /^(on|src|style|action)/i.test(attribute))).toEqual([]);
      expect(attributes.filter((attribute) => /^href=(?!#[A-Z]{3}-\d{3}$|#[a-z-]+$)/.test(attribute))).toEqual([]);
      expect(page).not.toMatch(UNSHOWN);
    }
  });

  it('has the same elements whatever the platform says', () => {
    const shapes = HOSTILE_TEXTS.map((text) =>
      parseTree(renderHtml(reportSaying(text))).elements.filter((name) => name !== 'code'),
    );
    expect(new Set(shapes.map(String)).size).toBe(1);
  });

  it('shows what it was given, as text', () => {
    expect(parseTree(renderHtml(reportSaying('<script>alert(1)</script>'))).text).toContain(
      '<script>alert(1)</script>',
    );
  });

  it('tells the flags that make the generated requests and an order of chance again', () => {
    const { text } = parseTree(renderHtml(makeReport([], { fuzz: { seed: 12, cases: 3 }, shuffle: 0 })));
    expect(text).toContain('--seed 12 --fuzz-cases 3');
    expect(text).toContain('--shuffle 0');
    expect(parseTree(renderHtml(makeReport([]))).text).not.toContain('--shuffle');
  });

  it('loads nothing and runs nothing, and says so to the browser', () => {
    const page = renderHtml(reportSaying('x'));
    expect(parseTree(page).elements).not.toContain('script');
    expect(parseTree(page).attributes).toContainEqual(
      expect.stringMatching(/^content=default-src 'none'; style-src 'sha256-/),
    );
    expect(page).not.toMatch(/url\(|@import|<link|<img/);
  });

  it('puts violations first, then what is open, then every requirement', () => {
    const { text } = parseTree(renderHtml(reportSaying('x')));
    const titles = [
      'Summary',
      'Violations',
      'Harness errors',
      'The baseline does not fit',
      'Known failures',
      'Recommendations not followed',
      'Unverified',
      'Left behind on the platform',
      'Every requirement',
    ];
    const places = titles.map((title) => text.lastIndexOf(title));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('leaves no level of headings out', () => {
    const levels = [...renderHtml(reportSaying('x')).matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
  });

  it('says every verdict in words, not by colour alone', () => {
    const { text } = parseTree(renderHtml(reportSaying('x')));
    for (const words of ['fail', 'harness error', 'unverified', 'not followed', 'known failure']) {
      expect(text).toContain(words);
    }
  });

  it('links every finding to its row', () => {
    const { attributes } = parseTree(renderHtml(reportSaying('x')));
    const targets = attributes.filter((attribute) => attribute.startsWith('href=#')).map((link) => link.slice(6));
    expect(targets.filter((id) => !attributes.includes(`id=${id}`))).toEqual([]);
    expect(targets).toContain('TST-001');
  });

  it('says nothing by profile of a run of named requirements, or of one that was stopped', () => {
    const selection = { profiles: ['byok'], only: ['TST-001'], skipped: [] } as const;
    const stop = { kind: 'target', message: 'm', hint: 'h' } as const;
    expect(renderHtml(makeReport([]))).toContain('>Profile</th>');
    for (const given of [{ selection }, { stop }])
      expect(renderHtml(makeReport([], given))).not.toContain('>Profile</th>');
  });

  it('is not green for a run that was narrowed down or had a baseline', () => {
    const banner = (given: Partial<ConformanceReport>) =>
      /class="banner (\w+)"/.exec(renderHtml(makeReport([], given)))?.[1];
    expect(banner({})).toBe('good');
    expect(banner({ selection: { profiles: ['byok'], only: ['TST-001'], skipped: [] } })).toBe('idle');
    expect(banner({ selection: { profiles: ['byok'], only: [], skipped: ['subjects'] } })).toBe('idle');
    expect(banner({ baseline: [] })).toBe('idle');
  });
});

import { describe, expect, it } from 'vitest';
import { catalogue } from '../checks/check.ts';
import { HOSTILE_TEXTS, UNSHOWN } from '../fixtures/hostile.ts';
import { readProse } from '../fixtures/markdown-prose.ts';
import { makeReport, makeResult } from '../fixtures/reports.ts';
import { reportSaying, stoppedSaying } from '../fixtures/saying.ts';
import { codeBlock, inlineCode, renderSummary } from './summary.ts';
import { visible } from './visible.ts';

const harmless = 'HARMLESS';

describe('the Markdown summary', () => {
  it.each(HOSTILE_TEXTS)('has no markup but its own when the platform says %j', (text) => {
    for (const saying of [reportSaying, stoppedSaying]) {
      const summary = renderSummary(saying(text));
      expect(summary).not.toMatch(UNSHOWN);
      expect(readProse(summary)).toBe(readProse(renderSummary(saying(harmless))));
    }
  });

  it('tells of a violation the sentence, expected against actual, the call and the way to see it again', () => {
    const summary = renderSummary(makeReport([makeResult('AIC-012', 'fail')], { outcome: 'violation' }));
    for (const part of [
      '**Not conformant: 1 of 0 MUSTs broken**',
      '- **AIC-012** MUST `PUT /workspaces/{id}/ai-config`: The platform keeps AIC-012.',
      'expected ` status 400 `',
      'actual ` status 200 `',
      '`rigkit conformance --only AIC-012`',
      '<details><summary>AIC-012</summary>',
      'PUT https://staging.example/api/v1/workspaces/ws-1/ai-config',
    ]) {
      expect(summary).toContain(part);
    }
  });

  it('keeps short with many violations: it names all and shows the calls of ten', () => {
    const results = Array.from({ length: 200 }, (_, index) => {
      const id = `TST-${String(index).padStart(3, '0')}`;
      const { evidence } = makeResult(id, 'fail');
      const body = 'x'.repeat(4_000);
      const long = evidence?.response && { ...evidence, response: { ...evidence.response, body } };
      return makeResult(id, 'fail', { evidence: long ?? null, actual: 'y'.repeat(600) });
    });
    const summary = renderSummary(makeReport(results, { outcome: 'violation' }));
    expect(summary.match(/<details>/g)).toHaveLength(10);
    expect(summary).toContain('**TST-199**');
    expect(summary).toContain('190 more stand in report.html.');
    expect(summary.length).toBeLessThan(500_000);
  });

  it('shows the sentences of the contract, angle brackets included, as they read', () => {
    const sentence = 'A header `Bearer <key>` with <amount> & more.';
    const summary = renderSummary(makeReport([makeResult('AIC-001', 'fail', { sentence })]));
    expect(summary).toContain('A header `Bearer <key>` with &lt;amount> &amp; more.');
  });

  it('can take every sentence of the catalogue', () => {
    expect(catalogue.filter(({ sentence }) => (sentence.match(/`/g) ?? []).length % 2 === 1)).toEqual([]);
  });
});

describe('a text of the platform in Markdown', () => {
  it.each([...HOSTILE_TEXTS, '`', '``', '```\n~~~', 'a`', '`a', ' ', ''])('is code and nothing else: %j', (text) => {
    expect(readProse(`before ${inlineCode(text)} after`)).toMatch(/^before (\(empty\) |) ?after$/);
    expect(readProse(`before\n\n${codeBlock(text)}\n\nafter`)).toBe('before\nafter');
  });

  it('stands in the code as it is', () => {
    expect(inlineCode('a `b` c')).toBe('`` a `b` c ``');
    expect(codeBlock('```js\n```')).toBe('````text\n```js\n```\n````');
    expect(codeBlock(visible('a\r\nb'))).toBe('```text\na\nb\n```');
  });
});

import { describe, expect, it } from 'vitest';
import { type Path, withValueAt } from '../fixtures/json-edits.ts';
import { schemaProblems } from '../fixtures/report-schema.ts';
import { makeReport, makeResult } from '../fixtures/reports.ts';
import { profiles } from '../platform/config.ts';
import { verdicts } from '../run/judge.ts';
import type { ConformanceReport } from './report.ts';

const whole = makeReport(
  verdicts.map((verdict, index) => makeResult(`TST-00${index}`, verdict)),
  {
    shuffle: 4,
    baseline: [{ id: 'TST-001', reason: 'known', expires: '2026-12-31', state: 'excuses' }],
    stop: { kind: 'target', message: 'gone', hint: 'start it' },
    selection: { profiles: ['control-plane'], only: ['TST-001'], skipped: ['byok'] },
    untestable: [{ id: 'TST-009', reason: 'nobody can see it' }],
    leftBehind: ['workspace ws-1'],
  },
);

describe('the published schema of the report', () => {
  it('describes every field of a report in which everything occurs', () => {
    expect(schemaProblems(whole)).toEqual([]);
  });

  it.each(profiles)('knows the profile %s', (profile) => {
    const selection: ConformanceReport['selection'] = { profiles: [profile], only: [], skipped: [] };
    expect(schemaProblems(makeReport([makeResult('TST-001', 'pass', { profile })], { selection }))).toEqual([]);
  });

  it.each([
    'conformant',
    'kept',
    'baselined',
    'violation',
    'not-followed',
    'bad-configuration',
    'failed',
    'incomplete',
  ] as const)('knows the outcome %s', (outcome) => expect(schemaProblems(makeReport([], { outcome }))).toEqual([]));

  it.each<[string, Path, unknown]>([
    ['a field that it does not describe', ['verdict'], 'pass'],
    ['a field of a result that it does not describe', ['results', 0, 'note'], 'x'],
    ['a missing field', ['configuration'], undefined],
    ['a missing field of a result', ['results', 0, 'rerun'], undefined],
    ['another version', ['schemaVersion'], 2],
    ['a verdict that there is not', ['results', 0, 'verdict'], 'ok'],
    ['half a header', ['results', 1, 'evidence', 'request', 'headers', 0], ['x-name']],
    ['a status that is none', ['results', 1, 'evidence', 'response', 'status'], 20],
    ['a day that there is not', ['baseline', 0, 'expires'], '2026-02-30'],
    ['a digest that is none', ['configuration', 'sha256'], 'abc'],
    ['half a millisecond', ['durationMs'], 0.5],
    ['an order of no seed', ['shuffle'], 'random'],
  ])('objects to %s', (_, path, value) => {
    expect(schemaProblems(withValueAt(whole, path, value))).not.toEqual([]);
  });
});

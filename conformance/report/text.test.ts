import { describe, expect, it } from 'vitest';
import { reportOf, resultOf } from '../fixtures/reports.ts';
import { progressLine, textOf } from './text.ts';

const counts = { pass: 3, fail: 0, 'not-applicable': 0, unverified: 0, 'harness-error': 0 };

describe('the report on a terminal', () => {
  it('tells of a violation all that is needed to mend it', () => {
    const text = textOf(reportOf([resultOf('AIC-012', 'fail')], { outcome: 'violation' }));
    for (const part of ['VIOLATION AIC-012', 'expected: status 400', 'replay:   curl', '--only AIC-012']) {
      expect(text).toContain(part);
    }
  });

  it('says what keeps requirements unverified, once for all that lack the same', () => {
    const lacking = ['OAI-001', 'OAI-002'].map((id) => resultOf(id, 'unverified', { reason: 'no `proxy`' }));
    expect(textOf(reportOf(lacking))).toContain('  no `proxy`:\n    OAI-001 OAI-002\n');
  });

  it('says why the run stopped and what to do, instead of listing what did not run', () => {
    const stop = { kind: 'target', message: 'the target does not answer', hint: 'start it' } as const;
    const text = textOf(reportOf([resultOf('AIC-001', 'unverified')], { stop, outcome: 'failed' }));
    expect(text).toContain('stopped: the target does not answer\nhint: start it');
    expect(text).not.toContain('AIC-001');
  });

  it('names what was left behind', () => {
    expect(textOf(reportOf([], { leftBehind: ['workspace ws-1: DELETE answered 500'] }))).toContain('ws-1: DELETE');
  });

  it('ends with one sentence on the MUSTs', () => {
    const totals = { MUST: counts, SHOULD: counts, MAY: counts };
    expect(textOf(reportOf([], { totals })).trimEnd().split('\n').at(-1)).toBe(
      'conformant: 3 of 3 MUSTs pass, none is broken (1.2 s)',
    );
  });

  it('shows progress in one line', () => {
    expect(progressLine(resultOf('AIC-001', 'pass'))).toBe(
      'pass           AIC-001  MUST   The platform keeps AIC-001.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, UNSHOWN } from '../fixtures/hostile.ts';
import { makeReport, makeResult } from '../fixtures/reports.ts';
import { reportSaying, stoppedSaying } from '../fixtures/saying.ts';
import type { Verdict } from '../run/judge.ts';
import type { Level, Outcome } from '../run/outcome.ts';
import { progressLine, renderTerminalText } from './text.ts';

const counts = { pass: 3, fail: 0, 'not-applicable': 0, unverified: 0, 'harness-error': 0 };

describe('the report on a terminal', () => {
  it('tells of a violation all that is needed to mend it', () => {
    const text = renderTerminalText(makeReport([makeResult('AIC-012', 'fail')], { outcome: 'violation' }));
    for (const part of ['VIOLATION AIC-012', 'expected: status 400', 'replay:   curl', '--only AIC-012']) {
      expect(text).toContain(part);
    }
  });

  it('says what keeps requirements unverified, once for all that lack the same', () => {
    const lacking = ['OAI-001', 'OAI-002'].map((id) => makeResult(id, 'unverified', { reason: 'no `proxy`' }));
    expect(renderTerminalText(makeReport(lacking))).toContain('  no `proxy`:\n    OAI-001 OAI-002\n');
  });

  it('says why the run stopped and what to do, instead of listing what did not run', () => {
    const stop = { kind: 'target', message: 'the target does not answer', hint: 'start it' } as const;
    const text = renderTerminalText(makeReport([makeResult('AIC-001', 'unverified')], { stop, outcome: 'failed' }));
    expect(text).toContain('stopped: the target does not answer\nhint: start it');
    expect(text).not.toContain('AIC-001');
  });

  it('names what was left behind', () => {
    expect(renderTerminalText(makeReport([], { leftBehind: ['workspace ws-1: DELETE answered 500'] }))).toContain(
      'ws-1: DELETE',
    );
  });

  it('tells the flags that make the generated requests again', () => {
    const text = renderTerminalText(makeReport([], { fuzz: { seed: 4_000_000_000, cases: 3 } }));
    expect(text).toContain('to repeat the generated requests: --seed 4000000000 --fuzz-cases 3');
  });

  it('tells the flag that makes an order of chance again, also of a run that stopped', () => {
    const stop = { kind: 'target', message: 'gone', hint: 'start it' } as const;
    for (const given of [{ shuffle: 0 }, { shuffle: 0, stop }]) {
      expect(renderTerminalText(makeReport([], given))).toContain(
        'order of the checks: --shuffle 0 makes the same one again\n',
      );
    }
    expect(renderTerminalText(makeReport([]))).not.toContain('--shuffle');
  });

  it('ends with one sentence on the MUSTs', () => {
    const totals = { MUST: counts, SHOULD: counts, MAY: counts };
    expect(renderTerminalText(makeReport([], { totals })).trimEnd().split('\n').at(-1)).toBe(
      'conformant: 3 of 3 MUSTs pass, none is broken (1.2 s)',
    );
  });

  it('shows progress in one line', () => {
    expect(progressLine(makeResult('AIC-001', 'pass'))).toBe(
      'pass           AIC-001  MUST   The platform keeps AIC-001.',
    );
  });

  it('tells known failures, with the reason and the day, apart from violations', () => {
    const known = makeResult('AIC-013', 'fail', { baselined: { reason: 'PLAT-1', expires: '2026-12-31' } });
    const text = renderTerminalText(makeReport([known], { outcome: 'baselined', baseline: [] }));
    expect(text).toContain('Known failures:\n  AIC-013 The platform keeps AIC-013. PLAT-1 (until 2026-12-31)');
    expect(text).not.toContain('VIOLATION');
    expect(text.trimEnd().split('\n').at(-1)).toMatch(
      /^known failures only: .*1 broken requirement, .*\(with a baseline\)/,
    );
  });

  it('has a clear line for every entry of the baseline that does not fit', () => {
    const baseline = [{ id: 'AIC-013', reason: 'x', expires: '2026-12-31', state: 'stale' }] as const;
    const text = renderTerminalText(makeReport([], { outcome: 'bad-configuration', baseline }));
    expect(text).toContain('The baseline does not fit:\n  AIC-013 is stale');
  });

  it('says of a run that was narrowed down that it was', () => {
    const selection = { profiles: ['byok'], only: ['AIC-001'], skipped: ['subjects'] } as const;
    expect(renderTerminalText(makeReport([], { selection }))).toContain('(only the named ones ran; not run: subjects)');
  });

  it.each<[string, Verdict, Level, Outcome, string]>([
    ['passes', 'pass', 'MUST', 'kept', 'kept: 1 of 1 requirements pass'],
    ['fails and is no MUST', 'fail', 'SHOULD', 'not-followed', 'not followed: 1 recommendation, no MUST'],
    ['is unverified', 'unverified', 'SHOULD', 'incomplete', 'incomplete: 1 requirement unverified'],
    ['does not apply', 'not-applicable', 'MAY', 'incomplete', 'incomplete: nothing that ran applies'],
  ])('claims no conformance where what was named %s', (_, verdict, level, outcome, words) => {
    const selection = { profiles: [], only: ['AIC-001'], skipped: [] };
    const last = renderTerminalText(makeReport([makeResult('AIC-001', verdict, { level })], { selection, outcome }))
      .trimEnd()
      .split('\n')
      .at(-1);
    expect(last).toContain(words);
    expect(last).toContain('(only the named ones ran)');
    expect(last).not.toContain('conformant');
  });

  it.each(HOSTILE_TEXTS)('steers no terminal, and adds no line of its own, with %j', (text) => {
    const withSpaces = reportSaying(text);
    expect(renderTerminalText(withSpaces)).not.toMatch(UNSHOWN);
    expect(renderTerminalText(stoppedSaying(text))).not.toMatch(UNSHOWN);
    const verdicts = renderTerminalText(
      makeReport([makeResult('TST-001', 'fail', { actual: text, evidence: null })]),
    ).split('\n');
    expect(verdicts.filter((line) => line.startsWith('actual:'))).toHaveLength(1);
    expect(verdicts.filter((line) => /^(VERDICT|::)/.test(line))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Stop } from '../platform/target.ts';
import type { Verdict } from './judge.ts';
import { decideOutcome, type Level, type RunFacts, toExitCode } from './outcome.ts';

type Row = readonly [Level, Verdict];

const stopped = (kind: Stop['kind']): Stop => ({ kind, message: 'm', hint: 'h' });

const FACTS: RunFacts = { stop: undefined, baselineFits: true, named: false };

function outcome(rows: readonly Row[], facts: Partial<RunFacts> = {}) {
  const judged = rows.map(([level, verdict]) => ({ level, verdict }));
  return decideOutcome(judged, { ...FACTS, ...facts });
}

const codeFor = (rows: readonly Row[], facts?: Partial<RunFacts>) => toExitCode({ outcome: outcome(rows, facts) });

describe('the exit code of a run', () => {
  it.each<[string, readonly Row[], number]>([
    ['every MUST passes', [['MUST', 'pass']], 0],
    [
      'a SHOULD and a MAY are broken',
      [
        ['MUST', 'pass'],
        ['SHOULD', 'fail'],
        ['MAY', 'fail'],
      ],
      0,
    ],
    [
      'a SHOULD is unverified',
      [
        ['MUST', 'pass'],
        ['SHOULD', 'unverified'],
      ],
      0,
    ],
    [
      'a MUST does not apply',
      [
        ['MUST', 'pass'],
        ['MUST', 'not-applicable'],
      ],
      0,
    ],
    [
      'a MUST is broken',
      [
        ['MUST', 'pass'],
        ['MUST', 'fail'],
      ],
      1,
    ],
    [
      'a MUST is broken and another unverified',
      [
        ['MUST', 'fail'],
        ['MUST', 'unverified'],
      ],
      1,
    ],
    [
      'a MUST is broken and the harness failed elsewhere',
      [
        ['MUST', 'fail'],
        ['SHOULD', 'harness-error'],
      ],
      1,
    ],
    [
      'the harness failed',
      [
        ['MUST', 'pass'],
        ['SHOULD', 'harness-error'],
      ],
      3,
    ],
    [
      'a MUST is unverified',
      [
        ['MUST', 'pass'],
        ['MUST', 'unverified'],
      ],
      4,
    ],
    ['nothing ran', [], 4],
    ['nothing applied', [['MUST', 'not-applicable']], 4],
    ['nothing could be judged', [['SHOULD', 'unverified']], 4],
  ])('when %s', (_, rows, expected) => {
    expect(codeFor(rows)).toBe(expected);
  });

  it.each<[Stop['kind'], number]>([
    ['configuration', 2],
    ['target', 3],
    ['interrupted', 3],
  ])('when it was stopped by %s, whatever it found before', (kind, expected) => {
    expect(codeFor([['MUST', 'pass']], { stop: stopped(kind) })).toBe(expected);
    expect(codeFor([['MUST', 'fail']], { stop: stopped(kind) })).toBe(expected);
  });
});

describe('the outcome of a run of named requirements', () => {
  it.each<[string, readonly Row[], string, number]>([
    ['a MUST passes', [['MUST', 'pass']], 'kept', 0],
    ['a SHOULD passes', [['SHOULD', 'pass']], 'kept', 0],
    ['a SHOULD fails', [['SHOULD', 'fail']], 'not-followed', 1],
    [
      'a MAY fails beside a MUST that passes',
      [
        ['MUST', 'pass'],
        ['MAY', 'fail'],
      ],
      'not-followed',
      1,
    ],
    [
      'a MUST fails beside a SHOULD',
      [
        ['SHOULD', 'fail'],
        ['MUST', 'fail'],
      ],
      'violation',
      1,
    ],
    [
      'a SHOULD is unverified',
      [
        ['MUST', 'pass'],
        ['SHOULD', 'unverified'],
      ],
      'incomplete',
      4,
    ],
    ['the only one does not apply', [['SHOULD', 'not-applicable']], 'incomplete', 4],
    ['the harness failed', [['SHOULD', 'harness-error']], 'failed', 3],
  ])('when %s', (_, rows, expected, code) => {
    expect(outcome(rows, { named: true })).toBe(expected);
    expect(codeFor(rows, { named: true })).toBe(code);
  });
});

describe('the outcome of a run with a baseline', () => {
  const excused = { level: 'MUST', verdict: 'fail', baselined: {} } as const;
  const broken = { level: 'MUST', verdict: 'fail', baselined: null } as const;
  const row = (verdict: Verdict) => ({ level: 'MUST', verdict, baselined: null }) as const;

  it.each<[string, Parameters<typeof decideOutcome>[0], boolean, string, number]>([
    ['every broken MUST is known', [row('pass'), excused], true, 'baselined', 0],
    ['it lists nothing', [row('pass')], true, 'conformant', 0],
    ['another MUST is broken', [excused, broken], true, 'violation', 1],
    ['another MUST is broken and an entry is stale', [excused, broken], false, 'violation', 1],
    ['an entry is stale', [row('pass'), excused], false, 'bad-configuration', 2],
    ['another MUST is unverified', [excused, row('unverified')], true, 'incomplete', 4],
    ['the harness failed', [excused, row('harness-error')], true, 'failed', 3],
  ])('when %s', (_, rows, fits, outcome, code) => {
    const found = decideOutcome(rows, { ...FACTS, baselineFits: fits });
    expect(found).toBe(outcome);
    expect(toExitCode({ outcome: found })).toBe(code);
  });
});

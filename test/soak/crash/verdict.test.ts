import { describe, expect, it } from 'vitest';
import type { HoldOnDisk } from './holds-on-disk.ts';
import { findLosses, type ObservedAttempt } from './verdict.ts';

const attempt: ObservedAttempt = { tag: 'a', isRefused: false, costMicro: 7n, isAnswered: true, timesForwarded: 1 };
const settled: HoldOnDisk = { id: '1', subject: 'a', state: 'settled', entries: 1n, chargedMicro: 7n };
const uncertain: HoldOnDisk = { ...settled, state: 'uncertain', entries: 0n, chargedMicro: 0n };
const released: HoldOnDisk = { ...uncertain, state: 'released' };
const cutOff: ObservedAttempt = { ...attempt, isAnswered: false };
const refused: ObservedAttempt = { ...attempt, isRefused: true };
const unforwarded: ObservedAttempt = { ...cutOff, timesForwarded: 0 };

describe('a call around a crash', () => {
  it.each<readonly [string, ObservedAttempt, readonly HoldOnDisk[]]>([
    ['that was answered and charged', attempt, [settled]],
    ['that was cut off and charged', cutOff, [settled]],
    ['that was cut off and is uncertain', cutOff, [uncertain]],
    ['that was refused and let off', refused, [released]],
    ['that never left, without a hold', unforwarded, []],
    ['that never left, with a hold', unforwarded, [uncertain]],
  ])('%s is in order', (_case, given, holds) => {
    expect(findLosses([given], holds)).toEqual([]);
  });

  it.each<readonly [string, ObservedAttempt, readonly HoldOnDisk[], string]>([
    ['that was forwarded twice', { ...attempt, timesForwarded: 2 }, [settled], 'forwarded 2 times'],
    ['that has two holds', attempt, [settled, { ...uncertain, id: '2' }], '2 holds'],
    ['that was forwarded without a hold', cutOff, [], 'without a hold'],
    ['that is charged twice', attempt, [{ ...settled, entries: 2n, chargedMicro: 14n }], 'charged 14 in 2 entries'],
    ['that is charged too little', attempt, [{ ...settled, chargedMicro: 6n }], 'charged 6'],
    ['that is charged, and was refused', refused, [settled], 'was refused'],
    ['that is charged, and never left', unforwarded, [settled], 'never forwarded'],
    ['that is let off, and cost something', cutOff, [released], 'let off'],
    ['that was answered, and is uncertain', attempt, [uncertain], 'answered to its end'],
    ['whose hold was not found', cutOff, [{ ...uncertain, state: 'held' }], 'held by a process that is gone'],
    ['uncertain that has an entry', cutOff, [{ ...uncertain, entries: 1n }], '1 ledger entries'],
  ])('%s is a loss', (_case, given, holds, complaint) => {
    expect(findLosses([given], holds)).toEqual([expect.stringContaining(complaint)]);
  });
});

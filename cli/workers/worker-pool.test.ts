import { describe, expect, it } from 'vitest';
import { isYoung, restartDelayMs } from './worker-pool.ts';

describe('the wait before a worker is replaced', () => {
  it('doubles with every one that died young, up to half a minute', () => {
    expect([0, 1, 2, 8, 9, 1000].map(restartDelayMs)).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  });

  it('takes a worker for sound that lived for a minute', () => {
    expect([isYoung(59_999), isYoung(60_000)]).toEqual([true, false]);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { BASE36, newAccountId, newApiKeyId, newRequestId, newWorkspaceId, randomText } from './ids.ts';

describe('ids', () => {
  afterEach(() => vi.useRealTimers());

  it('have the form that the contract shows', () => {
    expect(newWorkspaceId()).toMatch(/^ws-[0-9a-z]{8}$/);
    expect(newAccountId()).toMatch(/^acct-[0-9a-z]{12}$/);
    expect(newRequestId()).toMatch(/^req-[0-9a-z]{24}$/);
    expect(newApiKeyId()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('of requests sort behind every one of an earlier millisecond', () => {
    vi.useFakeTimers();
    const ids = [0, 1, 35, 36, Date.UTC(2026, 0), Date.UTC(2060, 0), Date.UTC(4999, 0)].map((at) => {
      vi.setSystemTime(at);
      return newRequestId();
    });
    expect(ids.toSorted()).toEqual(ids);
  });

  it('use every symbol about as often as any other', () => {
    const counts = Map.groupBy(randomText(BASE36, 360_000), (symbol) => symbol);
    expect(counts.size).toBe(36);
    // 10,000 expected, with a standard deviation of 99: six of them are out of chance's reach, and well below an eighth.
    for (const [, seen] of counts) expect(Math.abs(seen.length - 10_000)).toBeLessThan(600);
  });
});

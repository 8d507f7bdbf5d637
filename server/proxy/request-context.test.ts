import { afterEach, describe, expect, it, vi } from 'vitest';
import { newRequestId } from './request-context.ts';

describe("the proxy's own request id", () => {
  afterEach(() => vi.useRealTimers());

  it('is a UUID of version 7', () => {
    expect(newRequestId()).toMatch(/^req_[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('sorts behind every one of an earlier millisecond, and never comes twice', () => {
    vi.useFakeTimers();
    const ids = [0, 1, 1, 15, 4096, Date.UTC(2026, 0), Date.UTC(9999, 0)].map((at) => {
      vi.setSystemTime(at);
      return newRequestId();
    });
    const sorted = ids.toSorted();
    expect([sorted[0], ...sorted.slice(3)]).toEqual([ids[0], ...ids.slice(3)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { describe, expect, it } from 'vitest';
import { kept } from './judge.ts';

const MEGABYTES = `${'x'.repeat(4 * 1024 * 1024)}\ud800`;
const request = { method: 'GET', url: 'https://x/', headers: [], body: undefined };
const answering = (text: string) => ({ request, response: { status: 200, headers: [], text, durationMs: 1 } });

describe('a judgement as it is kept', () => {
  it('holds no more of what the platform said than a report can need', () => {
    const long = kept({ verdict: 'fail', expected: MEGABYTES, actual: MEGABYTES, evidence: answering(MEGABYTES) });
    const reason = kept({ verdict: 'unverified', reason: MEGABYTES }).reason;
    for (const text of [long.expected, long.actual, long.evidence?.response?.text, reason]) {
      expect(text?.length).toBe(65_536);
    }
  });

  it('is the same where it is short, and gains no field', () => {
    for (const judgement of [
      { verdict: 'pass' } as const,
      { verdict: 'fail', expected: 'a', actual: 'b\ud800', evidence: answering('{}') } as const,
      { verdict: 'harness-error', reason: 'r', evidence: { request, response: undefined } } as const,
    ]) {
      expect(kept(judgement)).toEqual(judgement);
      expect(Object.keys(kept(judgement)).sort()).toEqual(Object.keys(judgement).sort());
    }
  });
});

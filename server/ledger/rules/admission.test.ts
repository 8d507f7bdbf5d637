import { describe, expect, it } from 'vitest';
import { type AdmissionCase, judgeAdmission } from './admission.ts';
import type { SubjectLimit } from './subject-limits.ts';

const budget: SubjectLimit = { purpose: 'budget', windowSeconds: 60, unit: 'credits', amountMicro: 5n };
const rate: SubjectLimit = { purpose: 'rate', windowSeconds: 60, unit: 'requests', amount: 1 };
const call: AdmissionCase = {
  mode: 'managed',
  amountMicro: 4n,
  remainingMicro: 10n,
  limits: [],
  uses: new Map([[60, { requests: 3n, micro: 5n }]]),
};
const verdict = (change: Partial<AdmissionCase>) => judgeAdmission({ ...call, ...change });

describe('admission', () => {
  it('takes the last microcredit, and not one more', () => {
    expect(verdict({ remainingMicro: 4n })).toEqual({ kind: 'admit' });
    expect(verdict({ remainingMicro: 3n })).toEqual({ kind: 'insufficient_credits' });
    expect(verdict({ remainingMicro: -1n })).toEqual({ kind: 'insufficient_credits' });
  });

  it('lets byok, and a call that costs nothing, pass in debt', () => {
    expect(verdict({ mode: 'byok', amountMicro: 0n, remainingMicro: -9n })).toEqual({ kind: 'admit' });
    expect(verdict({ amountMicro: 0n, remainingMicro: -9n })).toEqual({ kind: 'admit' });
  });

  it("judges the account's credits, then the subject's budgets, then its rates", () => {
    const limits = [rate, budget];
    expect(verdict({ remainingMicro: 0n, limits })).toEqual({ kind: 'insufficient_credits' });
    expect(verdict({ limits })).toMatchObject({ kind: 'subject_over', exceeded: [{ limit: budget }] });
    expect(verdict({ limits: [rate] })).toMatchObject({ kind: 'subject_over', exceeded: [{ limit: rate }] });
  });

  it('holds byok to the limits of its subjects', () => {
    expect(verdict({ mode: 'byok', amountMicro: 0n, limits: [rate] })).toMatchObject({ kind: 'subject_over' });
  });
});

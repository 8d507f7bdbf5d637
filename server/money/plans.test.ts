import { expect, it } from 'vitest';
import { MONTHLY_CREDITS_MICRO, monthlyGrantMicro } from './plans.ts';

it('plans grant 250 and 2,000 credits a month', () => {
  expect(MONTHLY_CREDITS_MICRO).toEqual({ free: 250_000_000n, pro: 2_000_000_000n });
});

it("a plan gives way to the account's own monthly credits, zero included", () => {
  expect(monthlyGrantMicro({ plan: 'pro', monthlyCreditsMicro: null })).toBe(2_000_000_000n);
  expect(monthlyGrantMicro({ plan: 'pro', monthlyCreditsMicro: 0n })).toBe(0n);
});

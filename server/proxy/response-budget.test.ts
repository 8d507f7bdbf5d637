import { expect, it } from 'vitest';
import { createResponseBudget } from './response-budget.ts';

const KIB = 1024;

/** A share beyond what does not count, and whether it has been given what it asked for. */
function open(budget: ReturnType<typeof createResponseBudget>, accountId: string) {
  const share = budget(accountId);
  expect(share.take(64 * KIB)).toBeUndefined();
  return {
    release: share.release,
    take(bytes: number) {
      const state = { isGiven: false };
      const waits = share.take(bytes);
      if (waits === undefined) state.isGiven = true;
      else void waits.then(() => Object.assign(state, { isGiven: true }));
      return state;
    },
  };
}

it('lets an account wait that has its part, and another go on', async () => {
  const budget = createResponseBudget({ totalBytes: 20, accountBytes: 6 });
  const [first, second, other] = [open(budget, 'a'), open(budget, 'a'), open(budget, 'b')];
  expect([first.take(5).isGiven, other.take(6).isGiven]).toEqual([true, true]);
  const waiting = second.take(2);
  expect([waiting.isGiven, first.take(1).isGiven]).toEqual([false, true]);
  first.release();
  await Promise.resolve();
  expect(waiting.isGiven).toBe(true);
});

it('has one that goes on when all is taken, so that all come to their end', async () => {
  const budget = createResponseBudget({ totalBytes: 10, accountBytes: 10 });
  const shares = ['a', 'b', 'c'].map((accountId) => open(budget, accountId));
  expect(shares.map((share) => share.take(3).isGiven)).toEqual([true, true, true]);
  const waiting = shares.map((share) => share.take(4));
  for (const [index, share] of shares.entries()) {
    await Promise.resolve();
    expect(waiting[index]?.isGiven).toBe(true);
    share.release();
  }
});

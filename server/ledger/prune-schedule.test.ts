import { describe, expect, it } from 'vitest';
import { createPruneSchedule } from './prune-schedule.ts';

describe('the time to throw old minutes away', () => {
  it('comes with the first call of an account, and then an hour later', () => {
    const isDue = createPruneSchedule();
    expect([0, 1, 59, 60, 61, 119, 120].filter((minute) => isDue('ada', minute))).toEqual([0, 60, 120]);
  });

  it('comes to each account by its own clock', () => {
    const isDue = createPruneSchedule();
    expect([isDue('ada', 1_000_000), isDue('bob', 0), isDue('bob', 60), isDue('ada', 1_000_001)]).toEqual([
      ...[true, true, true, false],
    ]);
  });

  it('is remembered of so many accounts and no more: the one that was pruned longest ago is forgotten', () => {
    const isDue = createPruneSchedule(2);
    const names = ['ada', 'bob', 'ada', 'cyd', 'ada', 'bob'];
    const minutes = [0, 1, 60, 61, 62, 63];
    const due = names.filter((name, index) => isDue(name, minutes[index] ?? 0));
    // Bob is due within the hour because cyd took his place; ada, who was pruned after him, is not.
    expect(due).toEqual(['ada', 'bob', 'ada', 'cyd', 'bob']);
  });
});

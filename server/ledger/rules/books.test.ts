import { describe, expect, it } from 'vitest';
import type { HoldBooks } from '../audit.ts';
import { createBooksJudge } from './books.ts';

const account = { accountId: 'acct', ledgerMicro: 10n, remainingMicro: 7n, openHoldsMicro: 3n };
const settled: HoldBooks = {
  holdId: 'hold',
  accountId: 'acct',
  mode: 'managed',
  state: 'settled',
  month: '2025-03',
  amountMicro: 8n,
  boundMicro: 6n,
  costMicro: 5n,
  charges: 1,
  chargedMicro: -5n,
  chargesElsewhere: 0,
  reconciled: null,
};
const month = { accountId: 'acct', month: '2025-03', remainingMicro: 7n, grantedMicro: 20n, adjustedMicro: -8n };
const uncharged = { costMicro: 0n, charges: 0, chargedMicro: 0n } as const;
const totals = { requests: 2, inputTokens: 3, outputTokens: 4, costMicro: 5n };
const usage = { accountId: 'acct', workspaceId: 'ws', period: '2025-03-15', counted: totals, settled: totals };

function judged(tell: (judge: ReturnType<typeof createBooksJudge>) => void) {
  const judge = createBooksJudge();
  tell(judge);
  return judge.report();
}

describe('books are in order', () => {
  it('when all sums agree', () => {
    const report = judged((judge) => {
      judge.account(account);
      judge.month(month);
      judge.hold(settled);
      judge.usage(usage);
    });
    expect(report).toEqual({
      checked: { balance: 1, credits: 1, charge: 1, usage: 1, reconciliation: 0 },
      accounts: [account],
      violations: [],
    });
  });

  const fine: readonly [string, Partial<HoldBooks>][] = [
    ['a hold that is held', { ...uncharged, state: 'held' }],
    ['an uncertain one', { ...uncharged, state: 'uncertain' }],
    ['a released one', { ...uncharged, state: 'released' }],
    ['one that was settled in byok', { ...uncharged, mode: 'byok' }],
    ['one that was settled for nothing', { costMicro: 0n, chargedMicro: 0n }],
    ['one that an operator settled', { reconciled: { decision: 'settle', costMicro: 5n } }],
    [
      'one that an operator released',
      { ...uncharged, state: 'released', reconciled: { decision: 'release', costMicro: null } },
    ],
  ];
  it.each(fine)('with %s', (_, change) => {
    expect(judged((judge) => judge.hold({ ...settled, ...change })).violations).toEqual([]);
  });
});

describe('books are out of order', () => {
  it.each([
    ['a microcredit too many', { remainingMicro: 8n }],
    ['a hold that was forgotten', { openHoldsMicro: 0n }],
    ['a ledger that says less', { ledgerMicro: 9n }],
  ])('with %s', (_, change) => {
    expect(judged((judge) => judge.account({ ...account, ...change })).violations).toMatchObject([
      { rule: 'balance', accountId: 'acct', holdId: null },
    ]);
  });

  it.each<readonly [string, readonly Partial<HoldBooks>[], string]>([
    ['than the month was granted', [{ costMicro: 6n }], 'taken, 6, are more than its grant 20 and adjustments -8'],
    ['with what is still reserved', [{}, { ...uncharged, state: 'uncertain', boundMicro: 1n }], 'taken, 6,'],
  ])('with more credits %s', (_, changes, words) => {
    const { violations } = judged((judge) => {
      judge.month(month);
      for (const change of changes) judge.hold({ ...settled, ...change, chargedMicro: -(change.costMicro ?? 5n) });
    });
    const [violation] = violations.filter(({ rule }) => rule === 'credits');
    expect(violation).toMatchObject({ accountId: 'acct', holdId: null });
    expect(violation?.sentence).toContain(words);
  });

  it.each<readonly [string, Partial<HoldBooks>]>([
    ['a hold of an earlier month', { month: '2025-02' }],
    ['a hold that was released', { ...uncharged, state: 'released' }],
    ['a hold of another account', { accountId: 'other' }],
  ])('but takes no credits of the month with %s', (_, change) => {
    const { violations } = judged((judge) => {
      judge.month({ ...month, remainingMicro: 12n });
      judge.hold({ ...settled, ...change });
    });
    expect(violations.filter(({ rule }) => rule === 'credits')).toEqual([]);
  });

  const faults: readonly [string, Partial<HoldBooks>, string][] = [
    [
      'a settled call that nobody was charged for',
      { charges: 0, chargedMicro: 0n },
      '0 ledger entries charge it, not 1',
    ],
    ['a call that was charged twice', { charges: 2, chargedMicro: -10n }, '2 ledger entries charge it, not 1'],
    [
      'a charge for a released hold',
      { state: 'released', costMicro: 0n },
      'released hold hold of account acct: 1 ledger',
    ],
    [
      'a charge for a hold that is still open',
      { state: 'uncertain', costMicro: 0n },
      '1 ledger entries charge it, not 0',
    ],
    ['a charge in byok', { mode: 'byok', costMicro: 0n }, '1 ledger entries charge it, not 0'],
    ['another charge than the cost', { chargedMicro: -4n }, 'its cost is 5, and the ledger charges 4'],
    ['a cost of an open hold', { ...uncharged, state: 'held', costMicro: 5n }, 'it has a cost of 5'],
    ['a cost in byok', { ...uncharged, mode: 'byok', costMicro: 5n }, 'it is byok and has a cost of 5'],
    ['a cost below zero', { costMicro: -5n, chargedMicro: 5n }, 'below zero'],
    ['a hold that has grown', { boundMicro: 9n }, 'it reserves 9, more than the 8 it was placed with'],
    ['a charge to somebody else', { chargesElsewhere: 1 }, 'in the books of another account'],
  ];
  it.each(faults)('with %s', (_, change, words) => {
    const { violations } = judged((judge) => judge.hold({ ...settled, ...change }));
    expect(violations).toMatchObject([{ rule: 'charge', accountId: 'acct', holdId: 'hold' }]);
    expect(violations[0]?.sentence).toContain(words);
  });

  const undone: readonly [string, Partial<HoldBooks>][] = [
    ['settled otherwise than decided', { reconciled: { decision: 'settle', costMicro: 4n } }],
    ['settled although its release was decided', { reconciled: { decision: 'release', costMicro: null } }],
    [
      'open although its release was decided',
      { ...uncharged, state: 'uncertain', reconciled: { decision: 'release', costMicro: null } },
    ],
  ];
  it.each(undone)('with a hold that is %s', (_, change) => {
    const { violations, checked } = judged((judge) => judge.hold({ ...settled, ...change }));
    expect(violations).toMatchObject([{ rule: 'reconciliation', holdId: 'hold' }]);
    expect(checked.reconciliation).toBe(1);
  });

  it('with a charge for nothing', () => {
    const entry = { accountId: 'acct', kind: 'charge', amountMicro: -5n, holdId: 'gone', note: null, at: 1 } as const;
    const [violation] = judged((judge) => judge.strayCharge(entry)).violations;
    expect(violation).toMatchObject({ rule: 'charge', holdId: 'gone' });
    expect(violation?.sentence).toBe('account acct: the ledger charges 5 for hold gone, which does not exist');
  });

  it.each(['requests', 'inputTokens', 'outputTokens', 'costMicro'] as const)('with %s miscounted', (count) => {
    const counted = { ...totals, [count]: count === 'costMicro' ? 9n : 9 };
    const [violation] = judged((judge) => judge.usage({ ...usage, counted })).violations;
    expect(violation).toMatchObject({ rule: 'usage', accountId: 'acct' });
    expect(violation?.sentence).toContain(`2025-03-15: ${count} 9 instead of ${totals[count]}`);
  });
});

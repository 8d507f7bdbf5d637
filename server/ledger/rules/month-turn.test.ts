import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeHeld, turnMonths, unusedMicro } from './month-turn.ts';

const at = (text: string) => Date.parse(text);

describe('the turn of the month', () => {
  it('does nothing within the month, nor when the clock steps back over it', () => {
    const state = { remainingMicro: 7n, month: '2025-03' };
    expect(turnMonths(state, 10n, at('2025-03-31T23:59:59.999Z'))).toBeUndefined();
    expect(turnMonths(state, 10n, at('2025-02-28T00:00:00Z'))).toBeUndefined();
  });

  it('lets what is unused expire, then grants', () => {
    const start = at('2025-04-01T00:00:00Z');
    expect(turnMonths({ remainingMicro: 7n, month: '2025-03' }, 10n, start)).toEqual({
      remainingMicro: 10n,
      month: '2025-04',
      entries: [
        { kind: 'expiry', amountMicro: -7n, at: start },
        { kind: 'grant', amountMicro: 10n, at: start },
      ],
      debts: [],
    });
  });

  it('carries a debt over, and the grant pays it', () => {
    const turn = turnMonths({ remainingMicro: -4n, month: '2025-03' }, 10n, at('2025-04-09T00:00:00Z'));
    expect(turn).toMatchObject({
      remainingMicro: 6n,
      entries: [{ kind: 'grant', amountMicro: 10n }],
      debts: [{ month: '2025-04', debtMicro: 4n }],
    });
  });

  it('pays a large debt month by month even when nobody looked', () => {
    const turn = turnMonths({ remainingMicro: -25n, month: '2024-11' }, 10n, at('2025-01-15T00:00:00Z'));
    expect(turn).toMatchObject({ remainingMicro: -5n, month: '2025-01' });
  });

  it('does not depend on who looked when, and books what it changes', () => {
    const months = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.bigInt(-500n, 500n), fc.bigInt(0n, 60n), months, months, (remainingMicro, grant, early, late) => {
        const moment = (months: number) => Date.UTC(2025, months, 15);
        const start = { remainingMicro, month: '2025-01' };
        const direct = turnMonths(start, grant, moment(early + late)) ?? { ...start, entries: [] };
        const looked = turnMonths(start, grant, moment(early)) ?? start;
        const inSteps = turnMonths(looked, grant, moment(early + late)) ?? looked;
        expect(inSteps.remainingMicro).toBe(direct.remainingMicro);
        expect(inSteps.month).toBe(direct.month);
        const booked = direct.entries.reduce((sum, entry) => sum + entry.amountMicro, 0n);
        expect(remainingMicro + booked).toBe(direct.remainingMicro);
      }),
    );
  });
});

describe('what is freed of a hold', () => {
  it('is back in the balance within its month, and where the clock of the account has stepped back', () => {
    expect(freeHeld(7n, '2025-03', '2025-03', [])).toEqual({ backMicro: 7n, expiredMicro: 0n });
    expect(freeHeld(7n, '2025-04', '2025-03', [])).toEqual({ backMicro: 7n, expiredMicro: 0n });
  });

  it.each([
    ['all of it, where the month ended without a debt', '2025-04', [], 0n],
    ['all but the debt that the month carried over', '2025-04', [5n], 5n],
    ['nothing, where the debt was larger', '2025-04', [9n], 7n],
    ['all but what every month since has carried on', '2025-06', [9n, 6n, 2n], 2n],
    ['all of it, where a month since has paid the debt', '2025-06', [9n, 6n], 0n],
    ['all of it, over the turn of a year', '2026-03', [], 0n],
  ])('expires later: %s', (_, month, debts, backMicro) => {
    expect(freeHeld(7n, '2025-03', month, debts)).toEqual({ backMicro, expiredMicro: 7n - backMicro });
  });

  it('is what the cost of its call leaves, and never less than nothing', () => {
    expect([unusedMicro(7n, 3n), unusedMicro(7n, 7n), unusedMicro(7n, 9n)]).toEqual([4n, 0n, 0n]);
  });
});

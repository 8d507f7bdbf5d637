import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turnMonths } from './month-turn.ts';

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
    });
  });

  it('carries a debt over, and the grant pays it', () => {
    const turn = turnMonths({ remainingMicro: -4n, month: '2025-03' }, 10n, at('2025-04-09T00:00:00Z'));
    expect(turn).toMatchObject({ remainingMicro: 6n, entries: [{ kind: 'grant', amountMicro: 10n }] });
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

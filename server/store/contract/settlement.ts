import { describe, expect, it } from 'vitest';
import { balancedRemainder, type Cast, callOf, type NewSite, NOW, tokens, useStage } from './stage.ts';

export function describeSettlement(newSite: NewSite): void {
  describe('settlement', () => {
    const stage = useStage(newSite);
    const usage = tokens(30, 20);
    const held = async (cast: Cast, amountMicro: bigint, mode: 'managed' | 'byok' = 'managed') => {
      const holdId = stage.name('hold');
      expect((await stage.store.admit(callOf(cast, holdId, amountMicro, { mode }))).kind).toBe('admitted');
      return holdId;
    };
    const charges = async (accountId: string) =>
      (await stage.store.ledger(accountId)).filter((entry) => entry.kind === 'charge');

    it('charges the cost and gives the rest of the hold back', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      const outcome = await stage.store.settle({ holdId, costMicro: 2n, usage, at: NOW + 1 });
      expect(outcome).toEqual({ kind: 'settled', costMicro: 2n, remainingMicro: 8n });
      expect(await charges(cast.accountId)).toEqual([
        { accountId: cast.accountId, kind: 'charge', amountMicro: -2n, holdId, note: null, at: NOW + 1 },
      ]);
      expect((await stage.store.openHolds()).some((open) => open.holdId === holdId)).toBe(false);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(8n);
    });

    it('leaves one ledger entry after 100 replays, and says what was charged', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      const settle = (costMicro: bigint) => stage.store.settle({ holdId, costMicro, usage, at: NOW });
      await settle(2n);
      const replays = await Promise.all(Array.from({ length: 100 }, (_, index) => settle(BigInt(index))));
      for (const replay of replays) expect(replay).toEqual({ kind: 'already_closed', state: 'settled', costMicro: 2n });
      expect(await charges(cast.accountId)).toHaveLength(1);
      expect((await stage.store.usageOverview(cast.accountId, '2025-01-01')).daily).toMatchObject([{ requests: 1 }]);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(8n);
    });

    it('lets one of many concurrent settlements and releases win', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? stage.store.settle({ holdId, costMicro: 2n, usage, at: NOW })
            : stage.store.release(holdId, 'refused', NOW),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.kind !== 'already_closed')).toHaveLength(1);
      await balancedRemainder(stage.store, cast.accountId);
    });

    it('charges a cost above the hold in full, into debt, and refuses the next call', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      const outcome = await stage.store.settle({ holdId, costMicro: 25n, usage, at: NOW });
      expect(outcome).toEqual({ kind: 'settled', costMicro: 25n, remainingMicro: -15n });
      expect((await stage.store.admit(callOf(cast, stage.name('hold'), 1n))).kind).toBe('insufficient_credits');
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(-15n);
    });

    it('books a call that the provider gave for nothing', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      const outcome = await stage.store.settle({ holdId, costMicro: 0n, usage, at: NOW });
      expect(outcome).toEqual({ kind: 'settled', costMicro: 0n, remainingMicro: 10n });
      expect(await charges(cast.accountId)).toMatchObject([{ amountMicro: 0n }]);
    });

    it('charges nothing in byok, and counts the call and its tokens', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n, 'byok');
      const outcome = await stage.store.settle({ holdId, costMicro: 3n, usage, at: NOW });
      expect(outcome).toEqual({ kind: 'settled', costMicro: 0n, remainingMicro: 10n });
      expect(await charges(cast.accountId)).toEqual([]);
      expect((await stage.store.usageOverview(cast.accountId, '2025-01-01')).daily).toEqual([
        { day: '2025-03-15', requests: 1, inputTokens: 30, outputTokens: 20, costMicro: 0n },
      ]);
    });

    it('still settles after the workspace is gone', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      await stage.store.deleteWorkspace(cast.accountId, cast.workspaceId, NOW);
      const outcome = await stage.store.settle({ holdId, costMicro: 2n, usage, at: NOW });
      expect(outcome).toMatchObject({ kind: 'settled', remainingMicro: 8n });
    });

    it('gives the whole hold back on release, once, and counts no usage', async () => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      expect(await stage.store.release(holdId, 'connection refused', NOW)).toEqual({ kind: 'done' });
      const replay = { kind: 'already_closed', state: 'released', costMicro: 0n };
      expect(await stage.store.release(holdId, 'again', NOW)).toEqual(replay);
      expect(await stage.store.settle({ holdId, costMicro: 2n, usage, at: NOW })).toEqual(replay);
      expect(await stage.store.markUncertain(holdId, 'late', NOW)).toEqual(replay);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(10n);
      expect(await stage.store.usageOverview(cast.accountId, '2025-01-01')).toEqual({ daily: [], byWorkspace: [] });
    });

    it('keeps the hold of an uncertain call with its reason, until it is settled or released', async () => {
      const cast = await stage.cast(20n);
      const [spent, unspent] = [await held(cast, 6n), await held(cast, 7n)];
      for (const holdId of [spent, unspent]) {
        expect(await stage.store.markUncertain(holdId, 'timeout', NOW)).toEqual({ kind: 'done' });
      }
      expect(await stage.store.markUncertain(spent, 'again', NOW)).toMatchObject({ state: 'uncertain' });
      const open = (await stage.store.openHolds()).filter((hold) => hold.accountId === cast.accountId);
      expect(open.map(({ state, reason, amountMicro }) => ({ state, reason, amountMicro }))).toEqual([
        { state: 'uncertain', reason: 'timeout', amountMicro: 6n },
        { state: 'uncertain', reason: 'timeout', amountMicro: 7n },
      ]);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(7n);
      await stage.store.settle({ holdId: spent, costMicro: 5n, usage, at: NOW });
      await stage.store.release(unspent, 'provider says: never arrived', NOW);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(15n);
    });

    it('knows no hold that was never placed', async () => {
      const unknown = { kind: 'unknown_hold' };
      expect(await stage.store.settle({ holdId: 'hold-nobody', costMicro: 2n, usage, at: NOW })).toEqual(unknown);
      expect(await stage.store.release('hold-nobody', '', NOW)).toEqual(unknown);
      expect(await stage.store.markUncertain('hold-nobody', '', NOW)).toEqual(unknown);
    });

    it.each([
      ['a cost below zero', -1n, usage],
      ['a fraction of a token', 1n, tokens(1.5, 2)],
    ])('refuses %s as a bug, and keeps the hold as it was', async (_, costMicro, faulty) => {
      const cast = await stage.cast(10n);
      const holdId = await held(cast, 6n);
      await expect(stage.store.settle({ holdId, costMicro, usage: faulty, at: NOW })).rejects.toThrow();
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(4n);
      expect(await charges(cast.accountId)).toEqual([]);
      expect(await stage.store.settle({ holdId, costMicro: 1n, usage, at: NOW })).toMatchObject({ kind: 'settled' });
    });
  });
}

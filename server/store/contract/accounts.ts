import { describe, expect, it } from 'vitest';
import { NO_DEFAULTS } from '../../domain/ai-config.ts';
import { balancedRemainder, callOf, type NewSite, NOW, tokens, useStage } from './stage.ts';

const nextMonth = Date.UTC(2025, 3, 2);

export function describeAccounts(newSite: NewSite): void {
  describe('accounts', () => {
    const stage = useStage(newSite);
    const terms = (id: string) => ({ id, name: 'Ann', plan: 'free', monthlyCreditsMicro: null }) as const;

    it("grants the plan's credits at once, and books them", async () => {
      const id = stage.name('acct');
      const account = await stage.store.createAccount(terms(id), NOW);
      expect(account).toEqual({ ...terms(id), aiDefaults: NO_DEFAULTS, createdAt: NOW });
      expect(await stage.store.credits(id, NOW)).toEqual({ remainingMicro: 250_000_000n, totalMicro: 250_000_000n });
      expect(await stage.store.ledger(id)).toEqual([
        { accountId: id, kind: 'grant', amountMicro: 250_000_000n, holdId: null, note: null, at: NOW },
      ]);
    });

    it("grants the account's own credits in place of the plan's, even none", async () => {
      const { accountId } = await stage.cast(0n);
      expect(await stage.store.credits(accountId, NOW)).toEqual({ remainingMicro: 0n, totalMicro: 0n });
    });

    it('keeps amounts beyond the integers of a float', async () => {
      const { accountId } = await stage.cast(2n ** 60n + 1n);
      expect((await stage.store.credits(accountId, NOW)).remainingMicro).toBe(2n ** 60n + 1n);
    });

    it('refuses an id that exists, and grants nothing twice', async () => {
      const { accountId } = await stage.cast(7n);
      await expect(stage.store.createAccount(terms(accountId), NOW)).rejects.toThrow(accountId);
      expect(await stage.store.ledger(accountId)).toHaveLength(1);
    });

    it('lists accounts oldest first, and finds them by id', async () => {
      const [young, old] = [stage.name('acct'), stage.name('acct')];
      await stage.store.createAccount(terms(young), NOW + 2);
      await stage.store.createAccount(terms(old), NOW + 1);
      const listed = (await stage.store.listAccounts()).map((account) => account.id);
      expect(listed.filter((id) => id === young || id === old)).toEqual([old, young]);
      expect((await stage.store.getAccount(old))?.id).toBe(old);
      expect(await stage.store.getAccount('acct-nobody')).toBeUndefined();
    });

    it('keeps the defaults that a patch leaves out, and clears what is null', async () => {
      const { accountId } = await stage.cast(0n);
      await stage.store.updateAiDefaults(accountId, { mode: 'byok', provider: 'google', model: 'gemini-2.5-pro' }, NOW);
      const { aiDefaults } = await stage.store.updateAiDefaults(accountId, { mode: null }, NOW);
      expect(aiDefaults).toEqual({ ...aiDefaults, mode: null, provider: 'google', modelProvider: 'google' });
      expect(await stage.store.updateAiDefaults(accountId, {}, NOW)).toEqual(await stage.store.getAccount(accountId));
    });

    it('books what an operator adjusts, into debt too', async () => {
      const { accountId } = await stage.cast(10n);
      expect(await stage.store.adjustCredits(accountId, -15n, 'chargeback', NOW)).toEqual({
        remainingMicro: -5n,
        totalMicro: 10n,
      });
      expect((await stage.store.ledger(accountId)).at(-1)).toMatchObject({ kind: 'adjustment', note: 'chargeback' });
      expect(await balancedRemainder(stage.store, accountId)).toBe(-5n);
    });

    it('throws for an account that does not exist', async () => {
      await expect(stage.store.credits('acct-nobody', NOW)).rejects.toThrow('acct-nobody');
      await expect(stage.store.updateAiDefaults('acct-nobody', {}, NOW)).rejects.toThrow('acct-nobody');
      await expect(stage.store.adjustCredits('acct-nobody', 1n, '', NOW)).rejects.toThrow('acct-nobody');
    });
  });

  describe('the turn of the month', () => {
    const stage = useStage(newSite);

    it('lets what is unused expire and grants anew, once, however many look', async () => {
      const { accountId } = await stage.cast(10n);
      await stage.store.adjustCredits(accountId, -3n, '', NOW);
      const looks = Array.from({ length: 20 }, () => stage.store.credits(accountId, nextMonth));
      expect(new Set((await Promise.all(looks)).map((credits) => credits.remainingMicro))).toEqual(new Set([10n]));
      expect((await stage.store.ledger(accountId)).slice(2)).toEqual([
        { accountId, kind: 'expiry', amountMicro: -7n, holdId: null, note: null, at: Date.UTC(2025, 3, 1) },
        { accountId, kind: 'grant', amountMicro: 10n, holdId: null, note: null, at: Date.UTC(2025, 3, 1) },
      ]);
    });

    it('carries a debt over', async () => {
      const { accountId } = await stage.cast(10n);
      await stage.store.adjustCredits(accountId, -14n, '', NOW);
      expect(await stage.store.credits(accountId, nextMonth)).toEqual({ remainingMicro: 6n, totalMicro: 10n });
    });

    it('keeps open holds, whose unused part comes back in the new month', async () => {
      const cast = await stage.cast(10n);
      const hold = stage.name('hold');
      await stage.store.admit(callOf(cast, hold, 4n));
      expect((await stage.store.credits(cast.accountId, nextMonth)).remainingMicro).toBe(10n);
      const settled = await stage.store.settle({ holdId: hold, costMicro: 1n, usage: tokens(1, 1), at: nextMonth });
      expect(settled).toMatchObject({ kind: 'settled', remainingMicro: 13n });
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(13n);
    });

    it.each([
      ['admit', 0n],
      ['settle', 10n],
      ['release', 14n],
      ['adjust', 10n],
    ] as const)('is made by %s before anything else', async (what, remainingMicro) => {
      const { store } = stage;
      const cast = await stage.cast(10n);
      const holdId = stage.name('hold');
      const at = nextMonth;
      await store.admit(callOf(cast, holdId, 4n));
      if (what === 'admit') await store.admit(callOf(cast, stage.name('hold'), 10n, { at }));
      if (what === 'settle') await store.settle({ holdId, costMicro: 4n, usage: tokens(1, 1), at });
      if (what === 'release') await store.release(holdId, 'refused', at);
      if (what === 'adjust') await store.adjustCredits(cast.accountId, 0n, '', at);
      expect(await balancedRemainder(store, cast.accountId)).toBe(remainingMicro);
      expect((await store.ledger(cast.accountId))[1]).toMatchObject({ kind: 'expiry', amountMicro: -6n });
    });

    it('does not go back when a clock does', async () => {
      const { accountId } = await stage.cast(10n);
      await stage.store.credits(accountId, nextMonth);
      await stage.store.adjustCredits(accountId, -3n, '', NOW);
      expect(await stage.store.credits(accountId, NOW)).toEqual({ remainingMicro: 7n, totalMicro: 10n });
    });
  });
}

import { describe, expect, it } from 'vitest';
import { balancedRemainder, callOf, type NewSite, NOW, useStage, workspaceOf } from './stage.ts';

export function describeAdmission(newSite: NewSite): void {
  describe('admission', () => {
    const stage = useStage(newSite);

    it('takes the hold off what can be spent, and lists it as open', async () => {
      const cast = await stage.cast(10n);
      const hold = stage.name('hold');
      expect(await stage.store.admit(callOf(cast, hold, 4n))).toEqual({ kind: 'admitted', remainingMicro: 6n });
      expect(await stage.store.credits(cast.accountId, NOW)).toEqual({ remainingMicro: 6n, totalMicro: 10n });
      const { accountId, workspaceId } = cast;
      expect((await stage.store.openHolds()).find((open) => open.holdId === hold)).toEqual({
        ...{ holdId: hold, accountId, workspaceId, state: 'held', amountMicro: 4n, createdAt: NOW, reason: null },
        ...{ provider: 'openai', model: 'gpt-4o-mini' },
      });
      expect(await balancedRemainder(stage.store, accountId)).toBe(6n);
    });

    it('admits exactly 7 of 50 concurrent calls on credit for 7', async () => {
      const cast = await stage.cast(7n * 5n + 4n);
      const calls = Array.from({ length: 50 }, () => stage.store.admit(callOf(cast, stage.name('hold'), 5n)));
      const outcomes = await Promise.all(calls);
      expect(outcomes.filter((outcome) => outcome.kind === 'admitted')).toHaveLength(7);
      expect(outcomes.filter((outcome) => outcome.kind === 'insufficient_credits')).toHaveLength(43);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(4n);
    });

    it('never shrinks a hold to what is left', async () => {
      const cast = await stage.cast(10n);
      expect(await stage.store.admit(callOf(cast, stage.name('hold'), 11n))).toEqual({
        kind: 'insufficient_credits',
        remainingMicro: 10n,
        requiredMicro: 11n,
      });
      expect(await stage.store.admit(callOf(cast, stage.name('hold'), 10n))).toMatchObject({ kind: 'admitted' });
    });

    it('counts the holds of all workspaces of the account', async () => {
      const cast = await stage.cast(10n);
      const second = { ...cast, workspaceId: stage.name('ws') };
      const { createWorkspace, admit } = stage.store;
      await createWorkspace(workspaceOf(cast.accountId, second.workspaceId), NOW);
      await admit(callOf(cast, stage.name('hold'), 6n));
      expect((await admit(callOf(second, stage.name('hold'), 5n))).kind).toBe('insufficient_credits');
    });

    it('holds nothing in byok, which passes in debt as well', async () => {
      const cast = await stage.cast(0n);
      await stage.store.adjustCredits(cast.accountId, -5n, '', NOW);
      const byok = callOf(cast, stage.name('hold'), 9n, { mode: 'byok' });
      expect(await stage.store.admit(byok)).toEqual({ kind: 'admitted', remainingMicro: -5n });
      expect((await stage.store.admit(callOf(cast, stage.name('hold'), 1n))).kind).toBe('insufficient_credits');
    });

    it('refuses a workspace that is unknown, deleted, or not of the account', async () => {
      const mine = await stage.cast(10n);
      const other = await stage.cast(10n);
      const gone = await stage.cast(10n);
      await stage.store.deleteWorkspace(gone.accountId, gone.workspaceId, NOW);
      const strangers = [
        { ...mine, workspaceId: 'ws-nobody' },
        { ...mine, workspaceId: other.workspaceId },
        { ...mine, accountId: 'acct-nobody' },
        gone,
      ];
      for (const stranger of strangers) {
        const outcome = await stage.store.admit(callOf(stranger, stage.name('hold'), 1n));
        expect(outcome).toEqual({ kind: 'unknown_workspace' });
      }
    });

    it('holds once when the same hold or idempotency key comes again, at the same time too', async () => {
      const cast = await stage.cast(10n);
      const hold = stage.name('hold');
      const call = callOf(cast, hold, 4n, { idempotencyKey: 'once' });
      const outcomes = await Promise.all([
        stage.store.admit(call),
        stage.store.admit(call),
        stage.store.admit({ ...call, holdId: stage.name('hold') }),
      ]);
      expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual([
        'admitted',
        'duplicate_request',
        'duplicate_request',
      ]);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(6n);
    });

    it('says what became of the call that came before', async () => {
      const cast = await stage.cast(10n);
      const call = callOf(cast, stage.name('hold'), 4n, { idempotencyKey: 'once' });
      await stage.store.admit(call);
      await stage.store.markUncertain(call.holdId, 'timeout', NOW);
      expect(await stage.store.admit({ ...call, holdId: stage.name('hold') })).toEqual({
        kind: 'duplicate_request',
        holdId: call.holdId,
        state: 'uncertain',
      });
    });

    it('keeps the idempotency keys of workspaces apart, and frees the key of a released call', async () => {
      const [one, two] = [await stage.cast(10n), await stage.cast(10n)];
      const first = callOf(one, stage.name('hold'), 4n, { idempotencyKey: 'k' });
      await stage.store.admit(first);
      const elsewhere = callOf(two, stage.name('hold'), 4n, { idempotencyKey: 'k' });
      expect((await stage.store.admit(elsewhere)).kind).toBe('admitted');
      await stage.store.release(first.holdId, 'connection refused', NOW);
      expect((await stage.store.admit({ ...first, holdId: stage.name('hold') })).kind).toBe('admitted');
    });

    it('refuses an amount below zero as a bug, and nothing else that arrived with it', async () => {
      const cast = await stage.cast(10n);
      const bug = stage.store.admit(callOf(cast, stage.name('hold'), -1n));
      const sound = stage.store.admit(callOf(cast, stage.name('hold'), 1n));
      await expect(bug).rejects.toThrow(RangeError);
      expect(await sound).toEqual({ kind: 'admitted', remainingMicro: 9n });
    });
  });
}

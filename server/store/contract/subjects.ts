import { describe, expect, it } from 'vitest';
import type { SubjectLimit } from '../../domain/subject-limits.ts';
import {
  balancedRemainder,
  type Cast,
  callOf,
  type NewSite,
  NOW,
  SECOND,
  tokens,
  useStage,
  workspaceOf,
} from './stage.ts';

const credits = (amountMicro: bigint, windowSeconds = 60): SubjectLimit => ({
  purpose: 'budget',
  windowSeconds,
  unit: 'credits',
  amountMicro,
});
const requests = (amount: number, windowSeconds = 60): SubjectLimit => ({
  purpose: 'rate',
  windowSeconds,
  unit: 'requests',
  amount,
});

export function describeSubjects(newSite: NewSite): void {
  describe('subjects', () => {
    const stage = useStage(newSite);
    const call = (
      cast: Cast,
      limits: readonly SubjectLimit[],
      change: { at?: number; micro?: bigint; name?: string },
    ) => {
      const { at = NOW, micro = 4n, name = 'alice' } = change;
      return stage.store.admit(callOf(cast, stage.name('hold'), micro, { at, subject: { name, limits } }));
    };
    const settle = (holdId: string, costMicro: bigint, at = NOW) =>
      stage.store.settle({ holdId, costMicro, usage: tokens(30, 20), at });

    it('are admitted within a budget exactly, however many calls come at once', async () => {
      const cast = await stage.cast(1000n);
      const outcomes = await Promise.all(Array.from({ length: 30 }, () => call(cast, [credits(30n)], {})));
      expect(outcomes.filter((outcome) => outcome.kind === 'admitted')).toHaveLength(7);
      expect(outcomes.filter((outcome) => outcome.kind === 'subject_refused')).toHaveLength(23);
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(1000n - 28n);
    });

    it('learn the limit, what they used, and when it resets', async () => {
      const cast = await stage.cast(1000n);
      await call(cast, [], { at: NOW - 50 * SECOND });
      await call(cast, [], { at: NOW - 20 * SECOND });
      expect(await call(cast, [requests(2)], {})).toEqual({
        kind: 'subject_refused',
        refusal: { limit: requests(2), used: 2n, resetsAt: NOW + 10 * SECOND },
      });
      expect(await call(cast, [credits(8n)], {})).toEqual({
        kind: 'subject_refused',
        refusal: { limit: credits(8n), used: 8n, resetsAt: NOW + 10 * SECOND },
      });
      expect((await call(cast, [requests(2)], { at: NOW + 10 * SECOND })).kind).toBe('admitted');
    });

    it('are refused for the limit that lasts longest among several', async () => {
      const cast = await stage.cast(1000n);
      await call(cast, [], {});
      expect(await call(cast, [requests(1, 60), requests(1, 3600), requests(9, 7200)], {})).toMatchObject({
        refusal: { limit: requests(1, 3600), resetsAt: NOW + 3600 * SECOND },
      });
    });

    it('use their budget by what calls cost once that is known', async () => {
      const cast = await stage.cast(1000n);
      const holdId = stage.name('hold');
      await stage.store.admit(callOf(cast, holdId, 20n, { subject: { name: 'alice', limits: [] } }));
      expect((await call(cast, [credits(10n)], {})).kind).toBe('subject_refused');
      await settle(holdId, 6n);
      expect((await call(cast, [credits(10n)], {})).kind).toBe('admitted');
      expect(await call(cast, [credits(10n)], {})).toMatchObject({ refusal: { used: 10n } });
    });

    it('do not use up a limit with calls that were released', async () => {
      const cast = await stage.cast(1000n);
      const holdId = stage.name('hold');
      await stage.store.admit(callOf(cast, holdId, 4n, { subject: { name: 'alice', limits: [] } }));
      await stage.store.release(holdId, 'refused', NOW);
      expect((await call(cast, [requests(1)], {})).kind).toBe('admitted');
    });

    it('are counted apart, by name and by account', async () => {
      const [mine, other] = [await stage.cast(1000n), await stage.cast(1000n)];
      await call(mine, [], {});
      expect((await call(mine, [requests(1)], { name: 'bob' })).kind).toBe('admitted');
      expect((await call(other, [requests(1)], {})).kind).toBe('admitted');
      expect((await call(mine, [requests(1)], {})).kind).toBe('subject_refused');
    });

    it('are counted over all workspaces of the account', async () => {
      const cast = await stage.cast(1000n);
      const second = stage.name('ws');
      await stage.store.createWorkspace(workspaceOf(cast.accountId, second), NOW);
      await call(cast, [], {});
      expect((await call({ ...cast, workspaceId: second }, [requests(1)], {})).kind).toBe('subject_refused');
    });

    it("meet the account's credits first, and hold nothing when they are refused", async () => {
      const cast = await stage.cast(5n);
      await call(cast, [], {});
      expect((await call(cast, [requests(1)], {})).kind).toBe('insufficient_credits');
      expect((await call(cast, [requests(1)], { micro: 1n })).kind).toBe('subject_refused');
      expect(await balancedRemainder(stage.store, cast.accountId)).toBe(1n);
    });

    it('obey their limits in byok as well', async () => {
      const cast = await stage.cast(0n);
      const subject = { name: 'alice', limits: [requests(1)] };
      const byok = () => stage.store.admit(callOf(cast, stage.name('hold'), 0n, { mode: 'byok', subject }));
      expect([(await byok()).kind, (await byok()).kind]).toEqual(['admitted', 'subject_refused']);
    });

    it('report settled calls in a rolling window that ends now', async () => {
      const cast = await stage.cast(1000n);
      const times = [NOW - 60 * SECOND, NOW - 60 * SECOND + 1, NOW, NOW + 1];
      for (const at of times) {
        const holdId = stage.name('hold');
        await stage.store.admit(callOf(cast, holdId, 9n, { at, subject: { name: 'alice', limits: [] } }));
        await settle(holdId, 3n, at);
      }
      await call(cast, [], {});
      expect(await stage.store.subjectUsage(cast.accountId, 'alice', 60, NOW)).toEqual({
        requests: 2,
        inputTokens: 60,
        outputTokens: 40,
        costMicro: 6n,
      });
      const nothing = { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n };
      expect(await stage.store.subjectUsage(cast.accountId, 'bob', 60, NOW)).toEqual(nothing);
      expect(await stage.store.subjectUsage('acct-nobody', 'alice', 60, NOW)).toEqual(nothing);
    });
  });
}

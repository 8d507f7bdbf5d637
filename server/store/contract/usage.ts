import { describe, expect, it } from 'vitest';
import { type Cast, callOf, DAY, MINUTE, type NewSite, NOW, tokens, useStage, workspaceOf } from './stage.ts';

export function describeUsage(newSite: NewSite): void {
  describe('usage', () => {
    const stage = useStage(newSite);
    const use = async (cast: Cast, costMicro: bigint, at: number) => {
      const holdId = stage.name('hold');
      await stage.store.admit(callOf(cast, holdId, costMicro, { at }));
      await stage.store.settle({ holdId, costMicro, usage: tokens(3, 2), at });
    };
    const once = (costMicro: bigint) => ({ requests: 1, inputTokens: 3, outputTokens: 2, costMicro });

    it('is listed by day and by workspace, and the sums agree', async () => {
      const cast = await stage.cast(1000n);
      const second = { ...cast, workspaceId: stage.name('ws') };
      await stage.store.createWorkspace(workspaceOf(cast.accountId, second.workspaceId), NOW);
      await use(cast, 1n, NOW - DAY);
      await use(cast, 2n, NOW);
      await use(second, 4n, NOW);
      await use(await stage.cast(1000n), 100n, NOW);
      expect(await stage.store.usageOverview(cast.accountId, '2025-03-14')).toEqual({
        daily: [
          { day: '2025-03-14', ...once(1n) },
          { day: '2025-03-15', requests: 2, inputTokens: 6, outputTokens: 4, costMicro: 6n },
        ],
        byWorkspace: [
          {
            workspaceId: cast.workspaceId,
            workspaceName: `name of ${cast.workspaceId}`,
            ...{ requests: 2, inputTokens: 6, outputTokens: 4, costMicro: 3n },
          },
          { workspaceId: second.workspaceId, workspaceName: `name of ${second.workspaceId}`, ...once(4n) },
        ],
      });
    });

    it('leaves out the days before the window', async () => {
      const cast = await stage.cast(1000n);
      await use(cast, 1n, NOW - DAY);
      await use(cast, 2n, NOW);
      const overview = await stage.store.usageOverview(cast.accountId, '2025-03-15');
      expect(overview.daily).toEqual([{ day: '2025-03-15', ...once(2n) }]);
      expect(overview.byWorkspace).toMatchObject([once(2n)]);
    });

    it('falls on the day, UTC, on which it is settled', async () => {
      const cast = await stage.cast(1000n);
      await use(cast, 1n, Date.UTC(2025, 2, 14, 23, 59, 59, 999));
      await use(cast, 2n, Date.UTC(2025, 2, 15));
      const { daily } = await stage.store.usageOverview(cast.accountId, '2025-03-01');
      expect(daily.map(({ day, costMicro }) => [day, costMicro])).toEqual([
        ['2025-03-14', 1n],
        ['2025-03-15', 2n],
      ]);
    });

    it('keeps the row of a workspace that was deleted', async () => {
      const cast = await stage.cast(1000n);
      await use(cast, 1n, NOW);
      const before = await stage.store.usageOverview(cast.accountId, '2025-03-01');
      await stage.store.deleteWorkspace(cast.accountId, cast.workspaceId, NOW);
      expect(await stage.store.usageOverview(cast.accountId, '2025-03-01')).toEqual(before);
    });

    it('is cut into buckets, start inclusive and end exclusive', async () => {
      const cast = await stage.cast(1000n);
      const from = NOW - 30 * 1000;
      const times = [from - 1, from, from + 5 * MINUTE - 1, from + 5 * MINUTE, from + 15 * MINUTE, from + 20 * MINUTE];
      for (const [index, at] of times.entries()) await use(cast, 2n ** BigInt(index), at);
      const window = { accountId: cast.accountId, from, to: from + 20 * MINUTE, stepSeconds: 300 };
      expect(await stage.store.usageSeries(window)).toEqual([
        { from, requests: 2, inputTokens: 6, outputTokens: 4, costMicro: 6n },
        { from: from + 5 * MINUTE, ...once(8n) },
        { from: from + 15 * MINUTE, ...once(16n) },
      ]);
    });

    it('is cut for one workspace, or for the whole account', async () => {
      const cast = await stage.cast(1000n);
      const second = { ...cast, workspaceId: stage.name('ws') };
      await stage.store.createWorkspace(workspaceOf(cast.accountId, second.workspaceId), NOW);
      await use(cast, 1n, NOW);
      await use(second, 2n, NOW);
      const from = NOW - 30 * 1000;
      const window = { from, to: from + MINUTE, stepSeconds: 60 };
      const series = (scope: { accountId: string; workspaceId?: string }) =>
        stage.store.usageSeries({ ...window, ...scope });
      expect(await series({ accountId: cast.accountId })).toMatchObject([{ costMicro: 3n }]);
      expect(await series(second)).toEqual([{ from, ...once(2n) }]);
      expect(await series({ ...second, accountId: 'acct-nobody' })).toEqual([]);
    });

    it('is kept by the minute for eight days, give or take an hour, and by the day for good', async () => {
      const cast = await stage.cast(1000n);
      const later = NOW + 180 * MINUTE;
      for (const [index, age] of [8 * DAY + 61 * MINUTE, 8 * DAY, MINUTE, 0].entries()) {
        await use(cast, 2n ** BigInt(index), later - age);
      }
      const from = later - 30 * 1000 - 9 * DAY;
      const window = { accountId: cast.accountId, from, to: from + 10 * DAY, stepSeconds: 60 };
      const series = await stage.store.usageSeries(window);
      expect(series.map(({ costMicro }) => costMicro)).toEqual([2n, 4n, 8n]);
      const { daily } = await stage.store.usageOverview(cast.accountId, '2025-01-01');
      expect(daily.reduce((sum, { costMicro }) => sum + costMicro, 0n)).toBe(15n);
    });
  });
}

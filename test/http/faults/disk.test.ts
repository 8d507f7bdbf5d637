import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSqliteStore } from '../../../server/store.ts';
import { expectExactBooks } from '../../harness/books.ts';
import { PLENTY } from '../../harness/proxy.ts';

/** A store on a file, and the hand on its connection that can tell the file to grow no more. */
async function openBounded(path: string) {
  const pragma = vi.spyOn(Database.prototype, 'pragma');
  const store = await openSqliteStore({ path });
  const [db] = pragma.mock.contexts as Database.Database[];
  pragma.mockRestore();
  if (db === undefined) throw new Error('the store has opened no database');
  const limitPages = (pages: number) => db.pragma(`max_page_count = ${pages}`);
  return { store, limitPages, pages: () => Number(db.pragma('page_count', { simple: true })) };
}

describe('a disk that is full', () => {
  it('refuses calls before they are forwarded, keeps what was written, and is used again when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rigkit-disk-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'full.sqlite');
    const { store, limitPages, pages } = await openBounded(path);
    onTestFinished(() => store.close());
    const at = Date.now();
    await store.createAccount({ id: 'a', name: 'a', plan: 'pro', monthlyCreditsMicro: PLENTY }, at);
    const machine = { ramMb: 512, vcpuCount: 1, diskSizeMb: 1024, image: 'base', templateId: null };
    await store.createWorkspace({ id: 'w', accountId: 'a', name: 'w', ...machine }, at);
    const call = {
      accountId: 'a',
      workspaceId: 'w',
      mode: 'managed',
      amountMicro: 5n,
      provider: 'openai',
      model: 'm',
      at,
    } as const;
    const admit = (number: number) => store.admit({ ...call, holdId: `hold-${number}` });
    const usage = {
      inputTokens: 1,
      cachedInputTokens: 0,
      cacheWrite5mTokens: 0,
      cacheWrite1hTokens: 0,
      outputTokens: 1,
    };

    limitPages(pages() + 2);
    const placed: string[] = [];
    let refused = 0;
    const reasons: unknown[] = [];
    for (let number = 0; refused < 20; number += 4) {
      const outcomes = await Promise.allSettled([0, 1, 2, 3].map((more) => admit(number + more)));
      outcomes.forEach((outcome, more) => {
        if (outcome.status === 'fulfilled') placed.push(`hold-${number + more}`);
        else {
          refused += 1;
          reasons.push(outcome.reason);
        }
      });
    }
    expect(placed.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatchObject({ code: 'SQLITE_FULL' });
    expect((await store.openHolds()).map(({ holdId }) => holdId).toSorted()).toEqual(placed.toSorted());
    await expectExactBooks(store);

    limitPages(1_000_000);
    for (const holdId of placed) await store.settle({ holdId, costMicro: 3n, usage, at });
    expect((await admit(1e6)).kind).toBe('admitted');
    expect((await store.credits('a', at)).remainingMicro).toBe(PLENTY - 3n * BigInt(placed.length) - 5n);
    await expectExactBooks(store);
  });
});

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../domain/store.ts';
import { createVault, sealingSecret } from '../../vault/sealing.ts';
import { callOf, castIn, type NewSite, NOW, type StoreSite, tokens } from './stage.ts';

/** Everything that a store tells about an account. */
async function tell(store: Store, accountId: string, workspaceId: string) {
  const from = NOW - 30 * 1000;
  return {
    account: await store.getAccount(accountId),
    workspace: await store.findWorkspace(workspaceId),
    credits: await store.credits(accountId, NOW),
    keys: await store.listApiKeys(accountId),
    overview: await store.usageOverview(accountId, '2025-01-01'),
    series: await store.usageSeries({ accountId, from, to: from + 60_000, stepSeconds: 60 }),
    subject: await store.subjectUsage(accountId, 'alice', 60, NOW),
    books: await store.books(),
    ledger: await store.ledger(accountId),
    holds: await store.openHolds(),
  };
}

export function describeDurability(newSite: NewSite): void {
  describe('what was written', () => {
    let site: StoreSite;
    beforeEach(async () => {
      site = await newSite();
    });
    afterEach(() => site.remove());

    it('is still there after closing and opening again', async () => {
      const before = await site.open();
      const cast = await castIn(before, 'one', 100n, NOW);
      const { accountId, workspaceId } = cast;
      const sealed = { keyId: 'k', nonce: randomBytes(12), ciphertext: randomBytes(20), tag: randomBytes(16) };
      await before.updateAiDefaults(accountId, { provider: 'google', model: 'gemini-2.5-pro' }, NOW);
      await before.updateAiConfig(accountId, workspaceId, { mode: 'byok', apiKey: sealed }, NOW);
      const apiKey = { id: 'key-1', accountId, workspaceId, name: 'n', prefix: 'rb_ws_1', hash: randomBytes(32) };
      await before.createApiKey({ ...apiKey, createdAt: NOW });
      await before.admit(callOf(cast, 'settled', 9n, { subject: { name: 'alice', limits: [] } }));
      await before.settle({ holdId: 'settled', costMicro: 5n, usage: tokens(3, 2), at: NOW });
      await before.admit(callOf(cast, 'open', 9n, { idempotencyKey: 'once' }));
      await before.markUncertain('open', 'timeout', NOW);
      const told = await tell(before, accountId, workspaceId);
      expect(told.credits.remainingMicro).toBe(86n);
      await before.close();

      const after = await site.open();
      try {
        expect(await tell(after, accountId, workspaceId)).toEqual(told);
        expect(await after.settle({ holdId: 'settled', costMicro: 5n, usage: tokens(3, 2), at: NOW })).toMatchObject({
          kind: 'already_closed',
        });
        expect(await after.admit(callOf(cast, 'again', 9n, { idempotencyKey: 'once' }))).toMatchObject({
          holdId: 'open',
        });
      } finally {
        await after.close();
      }
    });

    it('holds no provider key in the clear, neither open nor closed', async () => {
      const vault = createVault({ current: sealingSecret(randomBytes(32)) });
      const key = `sk-canary-${randomBytes(16).toString('hex')}`;
      const store = await site.open();
      const { accountId, workspaceId } = await castIn(store, 'one', 0n, NOW);
      const apiKey = vault.seal(workspaceId, key);
      await store.updateAiConfig(accountId, workspaceId, { mode: 'byok', apiKey }, NOW);
      const stored = (await store.findWorkspace(workspaceId))?.workspace.storedKey;
      expect(stored && vault.open(workspaceId, stored.sealed)).toBe(key);
      const whileOpen = await site.bytesAtRest();
      await store.close();
      for (const bytes of [Buffer.from(whileOpen), Buffer.from(await site.bytesAtRest())]) {
        expect(bytes.includes(Buffer.from(apiKey.ciphertext))).toBe(true);
        for (const form of ['utf8', 'base64', 'hex'] as const) {
          expect(bytes.includes(Buffer.from(key).toString(form).slice(0, 24))).toBe(false);
        }
      }
    });

    it('is written although the store is closed right after the call', async () => {
      const before = await site.open();
      const cast = await castIn(before, 'one', 100n, NOW);
      const admitted = before.admit(callOf(cast, 'late', 9n));
      await before.close();
      expect((await admitted).kind).toBe('admitted');
      const after = await site.open();
      expect((await after.openHolds()).map((hold) => hold.holdId)).toEqual(['late']);
      await after.close();
    });

    it('takes nothing more once the store is closed, which may be closed again', async () => {
      const store = await site.open();
      const cast = await castIn(store, 'one', 100n, NOW);
      await store.close();
      await store.close();
      await expect(store.admit(callOf(cast, 'late', 9n))).rejects.toThrow('closed');
      await expect(store.getAccount(cast.accountId)).rejects.toThrow();
    });
  });
}

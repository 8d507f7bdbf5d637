import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../domain/store.ts';
import { type NewSite, NOW, useStage } from './stage.ts';

export function describeApiKeys(newSite: NewSite): void {
  describe('API keys', () => {
    const stage = useStage(newSite);
    const keyOf = (accountId: string, workspaceId: string | null, createdAt = NOW): Omit<ApiKey, 'lastUsedAt'> => {
      const id = stage.name('key');
      const hash = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
      return { id, accountId, workspaceId, name: `name of ${id}`, prefix: `rb_${id}`, hash, createdAt };
    };

    it('are found by their prefix, with the hash byte for byte', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      for (const key of [keyOf(accountId, null), keyOf(accountId, workspaceId)]) {
        expect(await stage.store.createApiKey(key)).toEqual({ kind: 'created' });
        const found = await stage.store.findApiKey(key.prefix);
        expect(found).toEqual({ ...key, hash: found?.hash, lastUsedAt: null });
        expect([...(found?.hash ?? [])]).toEqual([...key.hash]);
      }
      expect(await stage.store.findApiKey('rb_nobody')).toBeUndefined();
    });

    it('are listed oldest first, with those of no other account', async () => {
      const mine = await stage.cast(0n);
      const other = await stage.cast(0n);
      const young = keyOf(mine.accountId, null, NOW + 2);
      const old = keyOf(mine.accountId, mine.workspaceId, NOW + 1);
      for (const key of [young, old, keyOf(other.accountId, null)]) await stage.store.createApiKey(key);
      const listed = await stage.store.listApiKeys(mine.accountId);
      expect(listed.map((key) => key.id)).toEqual([old.id, young.id]);
    });

    it('are refused for a workspace that is unknown, deleted or foreign', async () => {
      const mine = await stage.cast(0n);
      const other = await stage.cast(0n);
      const gone = await stage.cast(0n);
      await stage.store.deleteWorkspace(gone.accountId, gone.workspaceId, NOW);
      const outcomes = await Promise.all([
        stage.store.createApiKey(keyOf(mine.accountId, 'ws-nobody')),
        stage.store.createApiKey(keyOf(mine.accountId, other.workspaceId)),
        stage.store.createApiKey(keyOf(gone.accountId, gone.workspaceId)),
      ]);
      expect(outcomes).toEqual([{ kind: 'not_found' }, { kind: 'not_found' }, { kind: 'not_found' }]);
    });

    it('never share a prefix', async () => {
      const { accountId } = await stage.cast(0n);
      const key = keyOf(accountId, null);
      await stage.store.createApiKey(key);
      await expect(stage.store.createApiKey({ ...key, id: stage.name('key') })).rejects.toThrow();
    });

    it('end when they are deleted by their own account, and by no other', async () => {
      const mine = await stage.cast(0n);
      const other = await stage.cast(0n);
      const key = keyOf(mine.accountId, null);
      await stage.store.createApiKey(key);
      expect(await stage.store.deleteApiKey(other.accountId, key.id)).toBe(false);
      expect(await stage.store.findApiKey(key.prefix)).toBeDefined();
      expect(await stage.store.deleteApiKey(mine.accountId, key.id)).toBe(true);
      expect(await stage.store.findApiKey(key.prefix)).toBeUndefined();
      expect(await stage.store.deleteApiKey(mine.accountId, key.id)).toBe(false);
    });

    it('end with their workspace, which takes no key of the account along', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      const [ofAccount, ofWorkspace] = [keyOf(accountId, null), keyOf(accountId, workspaceId)];
      for (const key of [ofAccount, ofWorkspace]) await stage.store.createApiKey(key);
      await stage.store.deleteWorkspace(accountId, workspaceId, NOW);
      expect(await stage.store.findApiKey(ofWorkspace.prefix)).toBeUndefined();
      expect((await stage.store.listApiKeys(accountId)).map((key) => key.id)).toEqual([ofAccount.id]);
    });

    it('remember their latest use, and ignore the use of a key that is gone', async () => {
      const { accountId } = await stage.cast(0n);
      const key = keyOf(accountId, null);
      await stage.store.createApiKey(key);
      await stage.store.touchApiKey(key.id, NOW + 9);
      await stage.store.touchApiKey(key.id, NOW + 3);
      await stage.store.touchApiKey('key-nobody', NOW);
      expect((await stage.store.findApiKey(key.prefix))?.lastUsedAt).toBe(NOW + 9);
    });
  });
}

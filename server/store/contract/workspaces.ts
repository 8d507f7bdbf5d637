import { describe, expect, it } from 'vitest';
import { NO_OVERRIDES, type SealedKey } from '../../domain/ai-config.ts';
import { type NewSite, NOW, useStage, workspaceOf } from './stage.ts';

const sealed = (keyId: string): SealedKey => ({
  keyId,
  nonce: Uint8Array.from({ length: 12 }, (_, index) => index),
  ciphertext: Uint8Array.of(255, 0, 128),
  tag: new Uint8Array(16).fill(7),
});

/** Engines give bytes in classes of their own: compared as plain ones. */
const plain = ({ keyId, nonce, ciphertext, tag }: SealedKey) => ({
  keyId,
  nonce: [...nonce],
  ciphertext: [...ciphertext],
  tag: [...tag],
});

export function describeWorkspaces(newSite: NewSite): void {
  describe('workspaces', () => {
    const stage = useStage(newSite);
    const freeAccount = async () => {
      const id = stage.name('acct');
      await stage.store.createAccount({ id, name: '', plan: 'free', monthlyCreditsMicro: null }, NOW);
      return id;
    };

    it('are created inheriting everything, and found with their account', async () => {
      const accountId = await freeAccount();
      const given = { ...workspaceOf(accountId, stage.name('ws')), templateId: 'dev' };
      const times = { createdAt: NOW, updatedAt: NOW, aiUpdatedAt: NOW };
      const workspace = { ...given, overrides: NO_OVERRIDES, storedKey: null, ...times };
      expect(await stage.store.createWorkspace(given, NOW)).toEqual({ kind: 'created', workspace });
      const account = await stage.store.getAccount(accountId);
      expect(await stage.store.getWorkspace(accountId, given.id)).toEqual({ workspace, account });
      expect(await stage.store.findWorkspace(given.id)).toEqual({ workspace, account });
    });

    it('are listed oldest first, with those of no other account', async () => {
      const { accountId, workspaceId } = await stage.cast(0n, NOW);
      await stage.cast(0n);
      const [young, old] = [stage.name('ws'), stage.name('ws')];
      await stage.store.createWorkspace(workspaceOf(accountId, young), NOW + 2);
      await stage.store.createWorkspace(workspaceOf(accountId, old), NOW + 1);
      const listed = await stage.store.listWorkspaces(accountId);
      expect(listed.map((workspace) => workspace.id)).toEqual([workspaceId, old, young]);
    });

    it('cannot be told apart when unknown, deleted or foreign', async () => {
      const mine = await stage.cast(0n);
      const { accountId, workspaceId } = await stage.cast(0n);
      const { store } = stage;
      expect(await store.getWorkspace(mine.accountId, workspaceId)).toBeUndefined();
      expect(await store.deleteWorkspace(mine.accountId, workspaceId, NOW)).toBe(false);
      expect(await store.updateAiConfig(mine.accountId, workspaceId, {}, NOW)).toEqual({ kind: 'not_found' });
      expect(await store.deleteWorkspace(accountId, workspaceId, NOW)).toBe(true);
      expect(await store.getWorkspace(accountId, workspaceId)).toBeUndefined();
      expect(await store.findWorkspace(workspaceId)).toBeUndefined();
      expect(await store.listWorkspaces(accountId)).toEqual([]);
      expect(await store.updateAiConfig(accountId, workspaceId, {}, NOW)).toEqual({ kind: 'not_found' });
      expect(await store.deleteWorkspace(accountId, workspaceId, NOW)).toBe(false);
      expect(await store.getWorkspace(accountId, 'ws-nobody')).toBeUndefined();
    });

    it('never outnumber the plan, however many are created at once', async () => {
      const accountId = await freeAccount();
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, () => stage.store.createWorkspace(workspaceOf(accountId, stage.name('ws')), NOW)),
      );
      expect(outcomes.filter((outcome) => outcome.kind === 'created')).toHaveLength(2);
      expect(outcomes).toContainEqual({ kind: 'plan_limit_exceeded', limit: 'max_vms', allowed: 2, requested: 3 });
      expect(await stage.store.listWorkspaces(accountId)).toHaveLength(2);
    });

    it('make room when they are deleted', async () => {
      const accountId = await freeAccount();
      const [first, second, third] = [stage.name('ws'), stage.name('ws'), stage.name('ws')];
      await stage.store.createWorkspace(workspaceOf(accountId, first), NOW);
      await stage.store.createWorkspace(workspaceOf(accountId, second), NOW);
      await stage.store.deleteWorkspace(accountId, first, NOW);
      expect((await stage.store.createWorkspace(workspaceOf(accountId, third), NOW)).kind).toBe('created');
    });

    it('are refused for an account that does not exist, and for an id that does', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      await expect(stage.store.createWorkspace(workspaceOf('acct-nobody', 'ws-x'), NOW)).rejects.toThrow();
      await expect(stage.store.createWorkspace(workspaceOf(accountId, workspaceId), NOW)).rejects.toThrow();
    });
  });

  describe('the AI configuration of a workspace', () => {
    const stage = useStage(newSite);

    it('keeps overrides and the sealed key, byte for byte, and the time of the change', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      const patch = { mode: 'byok', provider: 'anthropic', model: 'm', apiKey: sealed('k1') } as const;
      const outcome = await stage.store.updateAiConfig(accountId, workspaceId, patch, NOW + 5);
      const found = await stage.store.findWorkspace(workspaceId);
      expect(outcome).toEqual({ kind: 'updated', ...found });
      expect(found?.workspace).toMatchObject({ createdAt: NOW, updatedAt: NOW + 5, aiUpdatedAt: NOW + 5 });
      expect(found?.workspace.overrides).toEqual({ mode: 'byok', provider: 'anthropic', model: 'm' });
      expect(found?.workspace.storedKey?.provider).toBe('anthropic');
      expect(plain(found?.workspace.storedKey?.sealed ?? sealed('none'))).toEqual(plain(sealed('k1')));
    });

    it('changes nothing for the empty patch, not even a time', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      const before = await stage.store.findWorkspace(workspaceId);
      expect(await stage.store.updateAiConfig(accountId, workspaceId, {}, NOW + 5)).toEqual({
        kind: 'updated',
        ...before,
      });
      expect(await stage.store.findWorkspace(workspaceId)).toEqual(before);
    });

    it('changes nothing when a key is given in managed mode', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      const before = await stage.store.findWorkspace(workspaceId);
      const patch = { model: 'm', apiKey: sealed('k1') };
      expect(await stage.store.updateAiConfig(accountId, workspaceId, patch, NOW + 5)).toEqual({
        kind: 'key_in_managed_mode',
      });
      expect(await stage.store.findWorkspace(workspaceId)).toEqual(before);
    });

    it('judges by the defaults of the account as they are now', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      await stage.store.updateAiDefaults(accountId, { mode: 'byok', provider: 'google' }, NOW);
      await stage.store.updateAiConfig(accountId, workspaceId, { apiKey: sealed('k1') }, NOW);
      expect((await stage.store.findWorkspace(workspaceId))?.workspace.storedKey?.provider).toBe('google');
    });

    it('forgets the key on switching to managed, and on null', async () => {
      const { accountId, workspaceId } = await stage.cast(0n);
      for (const clearing of [{ mode: 'managed' }, { apiKey: null }] as const) {
        await stage.store.updateAiConfig(accountId, workspaceId, { mode: 'byok', apiKey: sealed('k1') }, NOW);
        await stage.store.updateAiConfig(accountId, workspaceId, clearing, NOW);
        expect((await stage.store.findWorkspace(workspaceId))?.workspace.storedKey).toBeNull();
      }
    });
  });
}

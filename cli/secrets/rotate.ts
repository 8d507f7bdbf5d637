import type { AiConfigs, SealedWorkspaceKey } from '../../server/resources/ai-config/sql.ts';
import { createVault, type SealingSecret, type Vault, VaultError } from '../../server/vault/sealing.ts';

export interface Secrets {
  readonly current: SealingSecret;
  readonly previous: readonly SealingSecret[];
}

export interface Rotation {
  /** Sealed with the current secret now. */
  readonly resealed: number;
  /** Workspaces with a key that none of the given secrets decrypts. */
  readonly unopened: readonly string[];
}

type KeyStore = Pick<AiConfigs, 'keysSealedWithOtherSecret' | 'replaceSeal'>;

const PAGE = 500;

/**
 * Seals every stored provider key with the current secret that was sealed with another one, beside a platform that runs. A
 * key that its owner changes at the same time stays as the owner set it. After an interruption, what was done stays done.
 */
export async function rotateSecrets(store: KeyStore, secrets: Secrets): Promise<Rotation> {
  const vault = createVault({ ...secrets, openedKeys: 0 });
  let resealed = 0;
  for (;;) {
    const pass = await resealAll(store, vault, secrets.current.id);
    resealed += pass.resealed;
    // Repeat until nothing is found: a process with another secret may have stored a key during this pass.
    if (pass.resealed === 0) return { resealed, unopened: pass.unopened };
  }
}

async function resealAll(store: KeyStore, vault: Vault, secretId: string): Promise<Rotation> {
  const unopened: string[] = [];
  let resealed = 0;
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: readonly SealedWorkspaceKey[] = await store.keysSealedWithOtherSecret(secretId, after, PAGE);
    for (const key of page) {
      const plaintext = opened(vault, key);
      if (plaintext === undefined) unopened.push(key.workspaceId);
      else if (await store.replaceSeal(key, vault.seal(key.workspaceId, plaintext))) resealed += 1;
    }
    after = page.at(-1)?.workspaceId;
  }
  return { resealed, unopened };
}

function opened(vault: Vault, { workspaceId, sealed }: SealedWorkspaceKey): string | undefined {
  try {
    return vault.open(workspaceId, sealed);
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}

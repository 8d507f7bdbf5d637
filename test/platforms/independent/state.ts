import { createHash, randomBytes, randomUUID } from 'node:crypto';

export interface AiChoice {
  readonly mode: 'managed' | 'byok';
  readonly provider: 'google' | 'openai' | 'anthropic';
  readonly model: string;
}

export interface Account {
  readonly plan: 'free' | 'pro';
  /** What its workspaces inherit, as far as it was chosen. */
  ai: Partial<AiChoice>;
}

export interface Workspace {
  readonly id: string;
  readonly owner: Account;
  readonly name: string;
  readonly image: string;
  /** Memory and disk in MB. */
  readonly size: { readonly ram: number; readonly vcpus: number; readonly disk: number };
  readonly made: Date;
  ai: Partial<AiChoice>;
  aiChanged: Date;
  /** Whose key is stored. The key itself is not: this platform makes no AI calls. */
  keyOf: AiChoice['provider'] | undefined;
}

export interface Key {
  readonly id: string;
  readonly owner: Account;
  readonly name: string;
  readonly preview: string;
  readonly workspace: Workspace | undefined;
  readonly made: Date;
  used: Date | undefined;
}

/** Everything that the platform remembers. */
export interface State {
  readonly workspaces: Map<string, Workspace>;
  /** By the digest of their secret, which only their owner has. */
  readonly keys: Map<string, Key>;
}

export function issueKey({ keys }: State, owner: Account, name: string, workspace?: Workspace) {
  const secret = `rb_${randomBytes(21).toString('base64url')}`;
  const preview = `rb_ and 28 more, ending in ${secret.slice(-3)}`;
  const key: Key = { id: randomUUID(), owner, name, preview, workspace, made: new Date(), used: undefined };
  keys.set(digest(secret), key);
  return { key, secret };
}

/** Whose key it is. A workspace's key opens nothing here. */
export function findOwner({ keys }: State, secret: string): Account | undefined {
  const key = keys.get(digest(secret));
  if (key === undefined || key.workspace !== undefined) return undefined;
  key.used = new Date();
  return key.owner;
}

export function dropKeys({ keys }: State, doomed: (key: Key) => boolean): void {
  for (const [digest, key] of keys) if (doomed(key)) keys.delete(digest);
}

export function ownWorkspaces({ workspaces }: State, owner: Account): readonly Workspace[] {
  return [...workspaces.values()].filter((workspace) => workspace.owner === owner);
}

export function ownKeys({ keys }: State, owner: Account): readonly Key[] {
  return [...keys.values()].filter((key) => key.owner === owner);
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

import type { Caller } from '../http/caller.ts';
import type { Header } from '../http/http-call.ts';
import type { ProviderName } from './config.ts';
import type { Workspace } from './workspaces.ts';

/** Somebody who calls the managed AI proxy as a workspace. */
export interface ProxyCaller {
  /** The workspace that the calls are counted under; undefined where the configuration does not tell. */
  readonly workspaceId: string | undefined;
  /** A caller that puts its identity where the SDK of that API puts its key. */
  shaped(shape: ProviderName): Caller;
  /** The same identity in exactly this header. */
  identified(headers: readonly Header[]): Caller;
  /** The secret that identifies the workspace; undefined where something else does. */
  readonly key: string | undefined;
}

/** A caller whose workspace the suite created. */
export interface OwnProxyCaller extends ProxyCaller {
  readonly workspace: Workspace;
  readonly workspaceId: string;
  readonly key: string;
}

/** Where the SDKs put their key (contract section 4, Identity). */
export function credentialHeader(shape: ProviderName, key: string): Header {
  if (shape === 'anthropic') return ['x-api-key', key];
  if (shape === 'google') return ['x-goog-api-key', key];
  return ['authorization', `Bearer ${key}`];
}

import { afterAll, beforeAll } from 'vitest';
import type { Admission, Store } from '../../domain/store.ts';
import { NO_USAGE, type TokenUsage } from '../../domain/usage.ts';

/** One engine's place for data, empty at first. What is opened there twice is the same data. */
export interface StoreSite {
  open(): Promise<Store>;
  /** Everything at rest there: what must not be stored is searched for in it. */
  bytesAtRest(): Promise<Uint8Array>;
  remove(): Promise<void>;
}

export type NewSite = () => Promise<StoreSite>;

/** A store with accounts to order. Every test takes accounts of its own, so that all may share a site. */
export interface Stage {
  readonly store: Store;
  /** A name that was not used before. */
  name(kind: string): string;
  /** An account that is granted this much every month, with a workspace. */
  cast(monthlyMicro: bigint, at?: number): Promise<Cast>;
}

export interface Cast {
  readonly accountId: string;
  readonly workspaceId: string;
}

/** A moment in the middle of a month, a day and a minute. */
export const NOW = Date.UTC(2025, 2, 15, 12, 30, 30);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 1440 * MINUTE;

/** Opens one store for the tests of the block that calls this, and closes it after them. */
export function useStage(newSite: NewSite): Stage {
  let site: StoreSite | undefined;
  let store: Store | undefined;
  let names = 0;
  beforeAll(async () => {
    site = await newSite();
    store = await site.open();
  });
  afterAll(async () => {
    await store?.close();
    await site?.remove();
  });
  const stage: Stage = {
    get store() {
      if (store === undefined) throw new Error('the stage is set up in beforeAll');
      return store;
    },
    name: (kind) => `${kind}-${++names}`,
    cast: (monthlyMicro, at = NOW) => castIn(stage.store, stage.name('case'), monthlyMicro, at),
  };
  return stage;
}

export async function castIn(store: Store, name: string, monthlyMicro: bigint, at: number): Promise<Cast> {
  const accountId = `acct-${name}`;
  const workspaceId = `ws-${name}`;
  await store.createAccount({ id: accountId, name, plan: 'pro', monthlyCreditsMicro: monthlyMicro }, at);
  await store.createWorkspace(workspaceOf(accountId, workspaceId), at);
  return { accountId, workspaceId };
}

export function workspaceOf(accountId: string, id: string) {
  const size = { ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
  return { id, accountId, name: `name of ${id}`, image: 'base', templateId: null, ...size };
}

/** A managed call at NOW, by default. */
export function callOf(cast: Cast, holdId: string, amountMicro: bigint, change: Partial<Admission> = {}): Admission {
  return {
    ...cast,
    holdId,
    amountMicro,
    mode: 'managed',
    provider: 'openai',
    model: 'gpt-4o-mini',
    at: NOW,
    ...change,
  };
}

export function tokens(inputTokens: number, outputTokens: number): TokenUsage {
  return { ...NO_USAGE, inputTokens, outputTokens };
}

/** Throws unless the account's books balance; returns what remains. */
export async function balancedRemainder(store: Store, accountId: string): Promise<bigint> {
  const books = (await store.books()).find((row) => row.accountId === accountId);
  if (books === undefined) throw new Error(`no books of ${accountId}`);
  const { ledgerMicro, remainingMicro, openHoldsMicro } = books;
  if (ledgerMicro !== remainingMicro + openHoldsMicro) {
    throw new Error(`the books do not balance: ${ledgerMicro} is not ${remainingMicro} + ${openHoldsMicro}`);
  }
  return remainingMicro;
}

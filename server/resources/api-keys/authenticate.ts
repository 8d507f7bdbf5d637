import type { Authenticate } from '../../http/authenticate.ts';
import type { Services } from '../services.ts';

/** A use is noted at most this often: it is for people's eyes, and a write for every request would be dear. */
const NOTE_USE_EVERY_MS = 60_000;

/**
 * The account behind an API key. Undefined for unknown keys, and for the keys of workspaces: those identify towards the
 * AI proxy and nowhere else (contract section 4).
 */
export function createAuthenticate({ store, keys, clock }: Services): Authenticate {
  return async (presented) => {
    const found = await keys.recognise(presented);
    if (found === undefined || found.key.workspaceId !== null) return undefined;
    const { key, account } = found;
    const now = clock(key.accountId);
    if (key.lastUsedAt === null || now - key.lastUsedAt >= NOTE_USE_EVERY_MS) await store.touchApiKey(key.id, now);
    return account;
  };
}

import { randomUUID } from 'node:crypto';
import { BASE36, randomText } from './random-text.ts';

/** `ws-` and 8 symbols. */
export function newWorkspaceId(): string {
  return `ws-${randomText(BASE36, 8)}`;
}

export function newAccountId(): string {
  return `acct-${randomText(BASE36, 12)}`;
}

/** A UUID, as `GET /api-keys` lists it. */
export function newApiKeyId(): string {
  return randomUUID();
}

/**
 * Keys a hold and its ledger entry, and must never come twice: the millisecond, and 60 random bits. In time order, so that
 * new rows stand at the end of an index, and not each on a page of its own. Nine symbols of time are enough for three
 * thousand years; the random ones are of a UUID, which takes a tenth of the time that random text does.
 */
export function newRequestId(): string {
  const uuid = randomUUID();
  return `req-${Date.now().toString(36).padStart(9, '0')}${uuid.slice(-12)}${uuid.slice(0, 3)}`;
}

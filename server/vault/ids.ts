import { randomUUID } from 'node:crypto';
import { BASE36, randomText } from './random-text.ts';

/** `ws-` and 8 symbols, as in contract section 1. */
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

/** Nine symbols are enough for three thousand years. */
const TIME_LENGTH = 9;

/**
 * Keys a hold and its ledger entry, and must never come twice: the millisecond, and 77 bits. In time order, so that new rows
 * stand at the end of an index, and not each on a page of its own.
 */
export function newRequestId(): string {
  const time = Date.now().toString(36).padStart(TIME_LENGTH, '0');
  return `req-${time}${randomText(BASE36, 24 - TIME_LENGTH)}`;
}

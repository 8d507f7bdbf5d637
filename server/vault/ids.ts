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

/** 124 bits: keys a hold and its ledger entry, and must never come twice. */
export function newRequestId(): string {
  return `req-${randomText(BASE36, 24)}`;
}

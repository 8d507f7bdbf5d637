import { randomBytes, randomUUID } from 'node:crypto';

export const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

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

/** Text of `length` symbols of the alphabet (at most 256), every one equally likely. */
export function randomText(alphabet: string, length: number): string {
  // Bytes past the last whole round of the alphabet would favour its first symbols.
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

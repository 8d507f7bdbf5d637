import { randomUUID } from 'node:crypto';

/**
 * `req_` and a UUID of version 7 (RFC 9562): first the time, then 74 random bits. In time order, because holds and ledger
 * entries are found by it: new ones stand at the end of an index, and not each on a page of its own.
 */
export function newRequestId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `req_${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice('xxxxxxxx-xxxx-4'.length)}`;
}

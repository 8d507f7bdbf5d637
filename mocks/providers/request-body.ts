import type { IncomingMessage } from 'node:http';

/** Above what any provider takes; a guard against a runaway test, not a limit of the APIs. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** `broken-off` when the caller left while sending; `text` is then what had arrived. */
export type RequestBody = { readonly kind: 'complete' | 'too-large' | 'broken-off'; readonly text: string };

export function readBody(request: IncomingMessage): Promise<RequestBody> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const finish = (kind: RequestBody['kind']) => resolve({ kind, text: Buffer.concat(parts).toString('utf8') });
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > LARGEST_BODY_BYTES) return finish('too-large');
      parts.push(part);
    });
    request.once('end', () => finish('complete'));
    request.once('error', () => finish('broken-off'));
    request.once('close', () => finish('broken-off'));
  });
}

import type { IncomingMessage } from 'node:http';
import { hasDuplicateKey } from '../../contract/duplicate-keys.ts';
import type { Refusal } from '../answers/envelopes.ts';
import type { PrismOperation } from './prism-operation.ts';

export type RequestBody =
  | { kind: 'empty' }
  | { kind: 'parsed'; value: unknown }
  | { kind: 'refused'; refusal: Refusal };

/**
 * Reads the JSON body of a request: 413 above the limit, 415 for another media type than the operation takes, 400
 * `malformed_json` for what is no JSON in UTF-8, or has a field twice (contract, section 1: in this order).
 */
export async function readBody(
  request: IncomingMessage,
  operation: PrismOperation,
  limitBytes: number,
): Promise<RequestBody> {
  const mediaTypes = operation.request?.body?.contents?.map(({ mediaType }) => mediaType) ?? [];
  const bytes = await collect(request, limitBytes);
  if (!bytes) return refuse(413, 'payload_too_large', `The body is over ${limitBytes / 1024 ** 2} MiB.`);
  // RFC 9110 section 9.3.1: content of a request that defines none has no meaning.
  if (bytes.byteLength === 0 || mediaTypes.length === 0) return { kind: 'empty' };
  if (!mediaTypes.includes(mediaTypeOf(request)) || isCompressed(request)) {
    const message = `The body must be sent as Content-Type: ${mediaTypes.join(' or ')}, in UTF-8 and not compressed.`;
    return refuse(415, 'unsupported_media_type', message);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (hasDuplicateKey(text)) return refuse(400, 'malformed_json', 'A field stands twice in an object.');
    return { kind: 'parsed', value };
  } catch {
    return refuse(400, 'malformed_json', 'The body is not valid JSON.');
  }
}

/** The media type without its parameters; empty where they declare another charset than UTF-8. */
function mediaTypeOf({ headers }: IncomingMessage): string {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset="?([^"\s]*)/.exec(parameter)?.[1]).find((found) => found);
  return charset === undefined || charset === 'utf-8' ? type.trim() : '';
}

function isCompressed({ headers }: IncomingMessage): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return encoding !== 'identity';
}

/** The whole body, or nothing when it is larger than the limit. */
function collect(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve(undefined);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  request.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) return resolve(undefined);
    chunks.push(chunk);
  });
  request.once('end', () => resolve(Buffer.concat(chunks)));
  request.once('error', reject);
  return promise;
}

function refuse(status: number, code: string, message: string): RequestBody {
  return { kind: 'refused', refusal: { status, code, message } };
}

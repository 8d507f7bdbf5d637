import type { IncomingMessage } from 'node:http';
import { hasDuplicateKey } from '../../contract/duplicate-keys.ts';
import { ApiError } from './errors.ts';

/** Largest request body, in bytes (contract section 1). */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** How much of a refused body is read away, so that a client that is still sending gets to see its refusal. */
const DRAIN_LIMIT_BYTES = 16 * BODY_LIMIT_BYTES;

/** One spelling is accepted, so that nothing behind ever meets another. */
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;

/**
 * Reads the text of a JSON body; undefined where there is none. Refuses in the contract's order: 413
 * `payload_too_large`, 415 `unsupported_media_type` (no content type, another one, or a content encoding), 400
 * `malformed_json` (not UTF-8). Where the body may be left out and is, no content type is asked for. A body that the
 * operation has no use for is not read: it has no meaning (RFC 9110 section 9.3.1).
 */
export async function readBody(
  request: IncomingMessage,
  body: 'required' | 'optional' | 'none',
): Promise<string | undefined> {
  if (body === 'none') return undefined;
  const bytes = await readBytes(request);
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (body === 'optional' && bytes.length === 0 && type === undefined) return undefined;
  if (type === undefined || !JSON_TYPE.test(type.trim())) throw new ApiError('unsupported_media_type');
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new ApiError('unsupported_media_type', {
      message: 'Compressed bodies are not accepted: send the body without Content-Encoding.',
    });
  }
  return bytes.length === 0 ? undefined : utf8(bytes);
}

/** Throws 400 `malformed_json`, also where an object has a key twice. */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  if (hasDuplicateKey(text)) throw new ApiError('malformed_json', { message: 'A field stands twice in an object.' });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, and with it perhaps a key.
    throw new ApiError('malformed_json');
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return refuseTooLarge(request);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) return refuseTooLarge(request);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseTooLarge(request: IncomingMessage): never {
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > DRAIN_LIMIT_BYTES) request.destroy();
  });
  throw new ApiError('payload_too_large');
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError('malformed_json', { message: 'The body is not valid UTF-8.' });
  }
}

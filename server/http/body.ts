import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { hasDuplicateKey } from '../../contract/duplicate-keys.ts';
import type { Operation } from '../../contract/operation.ts';
import { ApiError } from './errors.ts';
import { requestContext } from './request-context.ts';
import { protoViolations } from './violations.ts';

/** Largest request body, in bytes. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** How much of a refused body is read away, so that a client that is still sending gets to see its refusal. */
const DRAIN_LIMIT_BYTES = 16 * BODY_LIMIT_BYTES;

/** Only this spelling is accepted, so that nothing behind has to know another one. */
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;

/**
 * Reads the JSON body of a request. Refuses in this order: 413 `payload_too_large`, 415 `unsupported_media_type` (no
 * content type, another one, or a content encoding), 400 `malformed_json` (not UTF-8, not JSON, or a field twice in an
 * object). Where the body may be left out and is, no content type is asked for. A body that the operation does not take
 * is not read: it has no meaning (RFC 9110 section 9.3.1).
 */
export const readJsonBody: RequestHandler = async (request, _response, next) => {
  const context = requestContext(request);
  const { operation } = context;
  if (operation?.body !== undefined) {
    const text = await readText(request, operation.body);
    if (text !== undefined) {
      context.body = parseJson(text);
      if (mayHaveProto(text)) context.violations = protoViolations(context.body);
    }
  }
  next();
};

async function readText(
  request: IncomingMessage,
  { isRequired }: NonNullable<Operation['body']>,
): Promise<string | undefined> {
  const bytes = await readBytes(request);
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (!isRequired && bytes.length === 0 && type === undefined) return undefined;
  if (type === undefined || !JSON_TYPE.test(type.trim())) throw new ApiError('unsupported_media_type');
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new ApiError('unsupported_media_type', {
      message: 'Compressed bodies are not accepted: send the body without Content-Encoding.',
    });
  }
  return bytes.length === 0 ? undefined : decodeUtf8(bytes);
}

/** Throws 400 `malformed_json`, also where an object has a key twice. */
function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, and with it perhaps a key.
    throw new ApiError('malformed_json');
  }
  if (hasDuplicateKey(text)) throw new ApiError('malformed_json', { message: 'A field stands twice in an object.' });
  return value;
}

/** False for nearly every body, which then is not searched for fields of that name. */
function mayHaveProto(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\u');
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
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function refuseTooLarge(request: IncomingMessage): never {
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > DRAIN_LIMIT_BYTES) request.destroy();
  });
  throw new ApiError('payload_too_large');
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError('malformed_json', { message: 'The body is not valid UTF-8.' });
  }
}

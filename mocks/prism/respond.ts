import type { IncomingMessage } from 'node:http';
import { hasDuplicateKey } from '../../contract/duplicate-keys.ts';
import type { EnvelopeName } from '../../contract/error-envelopes.ts';
import type { Operation } from '../../contract/operation.ts';
import { distinctViolations } from '../../contract/violations.ts';
import type { Chaos } from '../responses/chaos.ts';
import { chooseResponse, findResponse, type MockRequest } from '../responses/choose.ts';
import type { ParsedPreference, Preference } from '../responses/preferences.ts';
import { type MockResponse, type Refusal, wantedMediaTypes } from '../responses/response.ts';
import type { Api, MockOperation } from './apis.ts';
import type { Engine, PrismRequest } from './engine.ts';
import { inputViolations, undeclaredQuery } from './violations.ts';
import { dropWriteOnly } from './write-only.ts';

export type Outcome = { kind: 'response'; response: MockResponse } | { kind: 'refused'; refusal: Refusal };

/** Where a request goes, and whose API the caller speaks. */
export interface Target {
  /** As it came: still percent-encoded. */
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly envelope: EnvelopeName;
  /** What the caller prefers, or why that cannot be read. */
  readonly parsed: ParsedPreference;
}

/** What responses are made from. */
export interface MockSources {
  readonly apis: readonly Api[];
  readonly engine: Engine;
  readonly scenarios: MockRequest['scenarios'];
  /** What holds where a request prefers nothing else. */
  readonly defaults: Preference;
  readonly chaos?: Chaos | undefined;
}

const MEBIBYTE = 1024 ** 2;

/** Largest request body: 1 MiB on the control plane; prompts with images are larger. */
const BODY_LIMIT_BYTES: Readonly<Record<Api['name'], number>> = {
  'control-plane': MEBIBYTE,
  'managed-proxy': 32 * MEBIBYTE,
};

/**
 * Responds from the contract, with refusals in the contract's order: path, method, credential, body size, content type,
 * body and parameters. Only a request that passes them all can choose its response.
 */
export async function respond(sources: MockSources, request: IncomingMessage, target: Target): Promise<Outcome> {
  const api = sources.apis.find(({ table }) => target.pathname.startsWith(`${table.basePath}/`));
  const match = api?.table.match(request.method ?? 'GET', target.pathname);
  if (match?.kind === 'wrong_method') {
    const headers = { allow: match.allow.join(', ') };
    return refused(405, 'method_not_allowed', 'This path does not have that method.', { headers });
  }
  const operation = match?.kind === 'found' ? api?.operations.get(match.operation.operationId) : undefined;
  if (api === undefined || operation === undefined) return refused(404, 'not_found', 'Not found.');
  return respondToOperation(sources, request, target, api, operation);
}

async function respondToOperation(
  { engine, defaults, scenarios, chaos }: MockSources,
  request: IncomingMessage,
  target: Target,
  api: Api,
  { documented, prism }: MockOperation,
): Promise<Outcome> {
  const path = target.pathname.slice(api.table.basePath.length);
  const body = await readBody(request, documented, BODY_LIMIT_BYTES[api.name]);
  const value = body.kind === 'parsed' ? body.value : undefined;
  const asked = prismRequest(request, target, prism.method, path, value);
  const diagnostics = await engine.validate(prism, asked);
  if (diagnostics.some(({ code }) => code === 401)) {
    return refused(401, 'unauthorized', 'A credential is required.', { headers: { 'www-authenticate': 'Bearer' } });
  }
  if (body.kind === 'refused') return body;

  // Query parameters of a provider's API pass through the proxy like its bodies; only the proxy's own are known here.
  const isQueryClosed = api.name === 'control-plane' || path.startsWith('/rig/');
  const violations = distinctViolations([
    ...inputViolations(diagnostics),
    ...(isQueryClosed ? undeclaredQuery(prism, target.query) : []),
  ]);
  const [first] = violations;
  if (first !== undefined) {
    const message = `The request is not valid: ${[first.in, first.pointer].join(' ').trim()}: ${first.message}`;
    return refused(400, 'invalid_request', message, { details: violations });
  }
  if (target.parsed.kind === 'refused') return target.parsed;
  const preference = { ...defaults, ...target.parsed.preference };
  const mediaTypes = wantedMediaTypes(target.query, request.headers.accept, value);
  const choice = chooseResponse(documented, { ...target, path, preference, mediaTypes, scenarios }, chaos);
  if (choice.kind !== 'made_up') return choice;
  const { dynamic, seed } = preference;
  const made = await engine.makeUp(prism, asked, { ...choice, dynamic, seed });
  const schema = findResponse(documented, choice.code)?.content.get(choice.mediaType)?.schema;
  return { kind: 'response', response: { ...made, body: dropWriteOnly(made.body, schema, api.document) } };
}

function prismRequest(
  { headers }: IncomingMessage,
  { query }: Target,
  method: string,
  path: string,
  body: unknown,
): PrismRequest {
  const values = [...new Set(query.keys())].map((name) => [name, oneOrMany(query.getAll(name))]);
  // Media type and length are checked here; Prism would check them again, and otherwise.
  const { 'content-type': _type, 'content-length': _length, ...rest } = headers;
  return {
    method: method as PrismRequest['method'],
    url: { path, query: Object.fromEntries(values) },
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    ...(body !== undefined && { body }),
  };
}

function oneOrMany(values: string[]): string | string[] {
  return values.length === 1 ? values.join() : values;
}

type RequestBody = { kind: 'empty' } | { kind: 'parsed'; value: unknown } | { kind: 'refused'; refusal: Refusal };

/**
 * Reads the JSON body of a request: 413 above the limit, 415 for another media type than the operation takes, 400
 * `malformed_json` for what is no JSON in UTF-8, or has a field twice, in this order.
 */
async function readBody(request: IncomingMessage, operation: Operation, limitBytes: number): Promise<RequestBody> {
  const mediaTypes = [...(operation.body?.content.keys() ?? [])];
  const bytes = await collect(request, limitBytes);
  if (!bytes) return refused(413, 'payload_too_large', `The body is over ${limitBytes / MEBIBYTE} MiB.`);
  // RFC 9110 section 9.3.1: content of a request that defines none has no meaning.
  if (bytes.byteLength === 0 || mediaTypes.length === 0) return { kind: 'empty' };
  if (!mediaTypes.includes(mediaType(request)) || isCompressed(request)) {
    const message = `The body must be sent as Content-Type: ${mediaTypes.join(' or ')}, in UTF-8 and not compressed.`;
    return refused(415, 'unsupported_media_type', message);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (hasDuplicateKey(text)) return refused(400, 'malformed_json', 'A field stands twice in an object.');
    return { kind: 'parsed', value };
  } catch {
    return refused(400, 'malformed_json', 'The body is not valid JSON.');
  }
}

/** The media type without its parameters; empty where they declare another charset than UTF-8. */
function mediaType({ headers }: IncomingMessage): string {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset="?([^"\s]*)/.exec(parameter)?.[1]).find((found) => found);
  return charset === undefined || charset === 'utf-8' ? type.trim() : '';
}

function isCompressed({ headers }: IncomingMessage): boolean {
  return (headers['content-encoding']?.trim().toLowerCase() ?? 'identity') !== 'identity';
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

function refused(status: number, code: string, message: string, more?: Pick<Refusal, 'details' | 'headers'>) {
  return { kind: 'refused', refusal: { status, code, message, ...more } } as const;
}

import { Unverified } from './errors.ts';
import {
  type AnsweredCall,
  type Header,
  type HttpCall,
  type HttpRequest,
  jsonValues,
  parseBody,
  parseJson,
  readHeader,
} from './http-call.ts';
import type { Http } from './http-client.ts';
import type { Secrets } from './secrets.ts';

/** Sends requests to one base URL with one identity. */
export interface Caller {
  get(path: string, options?: RequestOptions): Promise<AnsweredCall>;
  delete(path: string, options?: RequestOptions): Promise<AnsweredCall>;
  /** `json` is sent as `application/json`. */
  post(path: string, json: unknown, options?: RequestOptions): Promise<AnsweredCall>;
  put(path: string, json: unknown, options?: RequestOptions): Promise<AnsweredCall>;
  /** Posts as `post` does, and hangs up once `when` is done, whatever has been answered by then. */
  abandon(path: string, json: unknown, when: Promise<unknown>, options?: RequestOptions): Promise<void>;
  /** Any request, byte for byte: nothing but the identity and a user agent is added. */
  send(method: string, path: string, options?: RawOptions): Promise<AnsweredCall>;
}

export interface RequestOptions {
  /** Added to the caller's own; a name that the caller has too replaces the caller's. */
  readonly headers?: readonly Header[];
}

export interface RawOptions extends RequestOptions {
  readonly body?: string;
}

/** What the requests of one check have in common. */
export interface Session {
  readonly http: Http;
  readonly secrets: Secrets;
  /** Ends the check: its time is up, or the run was interrupted. */
  readonly signal: AbortSignal;
  readonly requestTimeoutMs: number;
  /** Every call, in order: the last one is the evidence where nothing else is. */
  record(call: HttpCall): unknown;
  /** Waits out a rate limit, without using up the check's own time. */
  waitFor(ms: number): Promise<void>;
}

export interface CallerOptions {
  readonly baseUrl: string;
  readonly headers: readonly Header[];
  /** On a 429 of the control plane, wait as it says and send again; the proxy's 429 are subjects of checks. */
  readonly waitsOutRateLimits: boolean;
  /**
   * A request that may change something is not cut off when the check ends early: what it made could not be undone, if
   * its answer were not seen. Its own limit of time holds.
   */
  readonly finishesChanges: boolean;
  /**
   * Fields that hold a secret at a path, in what is sent and in what is answered: the call teaches the suite to hide it.
   * Default: none.
   */
  readonly listSecretFields?: (path: string) => readonly string[];
  /** Sees every request before it is sent, and what came back. Default: none. */
  readonly watch?: CallWatch | undefined;
}

/** Paths are as the caller was given them: below the base URL, with their query. */
export interface CallWatch {
  /** What it throws ends the call: the request is not sent. */
  before(method: string, path: string): void;
  after(path: string, answered: AnsweredCall): void;
}

const MOST_RATE_LIMIT_WAITS = 3;
const LONGEST_RATE_LIMIT_WAIT_MS = 90_000;
const SHORTEST_LEARNED_SECRET = 12;

/** A caller that records what it calls, and learns the secrets that the platform issues. */
export function createCaller(session: Session, options: CallerOptions): Caller {
  const toRequest = (method: string, path: string, raw: RawOptions): HttpRequest => ({
    method,
    url: `${options.baseUrl}${path}`,
    headers: mergeHeaders(options.headers, raw.headers ?? []),
    body: raw.body,
  });

  async function send(method: string, path: string, raw: RawOptions = {}): Promise<AnsweredCall> {
    const request = toRequest(method, path, raw);
    const secretFields = options.listSecretFields?.(path) ?? [];
    options.watch?.before(method, path);
    for (let waits = 0; ; waits += 1) {
      const answered = await sendOnce(session, request, secretFields, options.finishesChanges);
      if (answered.response.status !== 429 || !options.waitsOutRateLimits) {
        options.watch?.after(path, answered);
        return answered;
      }
      await waitOut(session, answered, waits);
    }
  }

  const sendJson = (method: string, path: string, json: unknown, given?: RequestOptions) =>
    send(method, path, asJson(json, given));

  return {
    send,
    get: (path, given) => send('GET', path, given),
    delete: (path, given) => send('DELETE', path, given),
    abandon: (path, json, when, given) => hangUp(session, toRequest('POST', path, asJson(json, given)), when),
    post: (path, json, given) => sendJson('POST', path, json, given),
    put: (path, json, given) => sendJson('PUT', path, json, given),
  };
}

function asJson(json: unknown, given: RequestOptions = {}): RawOptions {
  return {
    ...given,
    headers: [['content-type', 'application/json'], ...(given.headers ?? [])],
    body: JSON.stringify(json),
  };
}

async function hangUp(session: Session, request: HttpRequest, when: Promise<unknown>): Promise<void> {
  const hangUpNow = new AbortController();
  const signal = AbortSignal.any([session.signal, hangUpNow.signal]);
  const call = session.http.call(request, { timeoutMs: session.requestTimeoutMs, signal });
  const ended = call.then(session.record, () => session.record({ request, response: undefined }));
  try {
    await when;
  } finally {
    hangUpNow.abort();
    await ended;
  }
}

async function sendOnce(
  session: Session,
  request: HttpRequest,
  secretFields: readonly string[],
  finishesChanges: boolean,
): Promise<AnsweredCall> {
  session.signal.throwIfAborted();
  learnSecrets(session.secrets, parseJson(request.body), secretFields, 'SENT_KEY');
  const finishes = finishesChanges && request.method !== 'GET';
  const limits = { timeoutMs: session.requestTimeoutMs, signal: finishes ? undefined : session.signal };
  try {
    const answered = await session.http.call(request, limits);
    learnSecrets(session.secrets, parseBody(answered), secretFields, 'ISSUED_KEY');
    session.record(answered);
    return answered;
  } catch (error) {
    session.record({ request, response: undefined });
    throw error;
  }
}

async function waitOut(session: Session, answered: AnsweredCall, waits: number): Promise<void> {
  const seconds = Number(readHeader(answered, 'retry-after') ?? 1);
  const ms = Number.isFinite(seconds) ? Math.max(seconds, 0.1) * 1000 : 1000;
  if (waits >= MOST_RATE_LIMIT_WAITS || ms > LONGEST_RATE_LIMIT_WAIT_MS) {
    throw new Unverified('the rate limit of the platform kept the suite out', answered);
  }
  await session.waitFor(ms);
}

function mergeHeaders(own: readonly Header[], added: readonly Header[]): readonly Header[] {
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return [...own.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}

function learnSecrets(secrets: Secrets, json: unknown, fields: readonly string[], name: string): void {
  for (const { key, value } of jsonValues(json)) {
    if (fields.includes(key) && typeof value === 'string' && value.length >= SHORTEST_LEARNED_SECRET) {
      secrets.add(value, key === 'workspace_key' ? 'WORKSPACE_KEY' : name);
    }
  }
}

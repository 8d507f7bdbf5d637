import type { IncomingMessage } from 'node:http';
import type { Operation, Provider } from './operations.ts';

/** One request that reached the stub, accepted or refused. */
export interface RecordedCall {
  /** `call-1` for the first; the ids in the reply carry the same number. */
  readonly id: string;
  /** Undefined where the path belongs to no provider. */
  readonly provider: Provider | undefined;
  /** Undefined where the provider has no such path. */
  readonly operation: Operation | undefined;
  readonly method: string;
  /** As it came, with the query. */
  readonly path: string;
  /** Names in lower case, values raw; a header sent twice is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The provider key that came with the call, wherever the provider looks for it. */
  readonly credential: string | undefined;
  /** The body as text: as much of it as arrived, empty until it has. */
  readonly bodyText: string;
  /** The body parsed, undefined where it is no JSON. */
  readonly body: unknown;
  /** The model as the call names it, in body or path. */
  readonly model: string | undefined;
  /** Whether the call asked for a stream. */
  readonly streamed: boolean;
  /** Whether a script decided the reply. */
  readonly scripted: boolean;
  /** The status of the reply, undefined while there is none. */
  readonly status: number | undefined;
  /** RFC 3339, from the stub's clock, when the head of the request arrived. */
  readonly receivedAt: string;
  /**
   * `open` while the reply is under way; `finished` when the stub has sent all that it meant to send, a scripted
   * disconnect included; `aborted` when the caller left before that (or the stub was closed).
   */
  readonly outcome: 'open' | 'finished' | 'aborted';
}

/** A call that is still being filled in. */
export type OpenCall = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

export interface Recorder {
  readonly calls: readonly RecordedCall[];
  /** Records a request at its arrival and numbers it; the caller fills in what becomes known later. */
  open(request: IncomingMessage, receivedAtMs: number): { readonly call: OpenCall; readonly sequence: number };
  clear(): void;
}

/** Keeps the latest `capacity` calls. Numbers go on after {@link Recorder.clear}, so that no id ever comes twice. */
export function createRecorder(capacity: number): Recorder {
  let calls: OpenCall[] = [];
  let received = 0;
  return {
    get calls() {
      return calls.slice(-capacity);
    },
    open(request, receivedAtMs) {
      received += 1;
      const call: OpenCall = {
        id: `call-${received}`,
        provider: undefined,
        operation: undefined,
        method: request.method ?? '',
        path: request.url ?? '',
        headers: rawHeaders(request),
        credential: undefined,
        bodyText: '',
        body: undefined,
        model: undefined,
        streamed: false,
        scripted: false,
        status: undefined,
        receivedAt: new Date(receivedAtMs).toISOString(),
        outcome: 'open',
      };
      calls.push(call);
      // Twice the capacity before cutting: one copy per `capacity` calls, not one per call.
      if (calls.length >= 2 * capacity) calls = calls.slice(-capacity);
      return { call, sequence: received };
    },
    clear() {
      calls = [];
    },
  };
}

function rawHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]?.toLowerCase() ?? '';
    const value = request.rawHeaders[index + 1] ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

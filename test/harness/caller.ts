import { type Agent, type IncomingMessage, request } from 'node:http';

export interface CallOptions {
  readonly agent: Agent;
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Promise more bytes than are sent, so that the request never ends. Default false. */
  readonly unfinished?: boolean;
}

/** What came back, as far as it came. */
export interface CallResult {
  /** Undefined when the connection ended before the head of an answer. */
  readonly status: number | undefined;
  /** The words behind the status. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** False when the connection broke, or the caller left, before the end. */
  readonly isWhole: boolean;
}

export interface OpenCall {
  /** Never rejects. */
  readonly answer: Promise<CallResult>;
  /** Resolves when all that is sent has been given to the system, or the call is over. */
  readonly sent: Promise<void>;
  /** Resolves at the first bytes of the answer's body, or when the call is over. */
  readonly begun: Promise<void>;
  /** Breaks the connection. */
  leave(): void;
}

/** One HTTP request over a real socket, of which every step can be waited for. */
export function call(options: CallOptions): OpenCall {
  const { agent, url, method = 'POST', headers, body, unfinished = false } = options;
  const promised = unfinished ? body.length + 1 : body.length;
  const length = method === 'GET' ? {} : { 'content-length': String(promised) };
  const outgoing = request(url, { agent, method, headers: { ...headers, ...length } });
  const parts: Buffer[] = [];
  const begun = Promise.withResolvers<void>();
  const sent = Promise.withResolvers<void>();
  let incoming: IncomingMessage | undefined;
  const answer = new Promise<CallResult>((resolve) => {
    const over = (isWhole: boolean) => {
      begun.resolve();
      sent.resolve();
      const { statusCode: status, statusMessage: reason = '', headers = {}, rawHeaders = [] } = incoming ?? {};
      resolve({ status, reason, headers, rawHeaders, body: Buffer.concat(parts), isWhole });
    };
    outgoing.on('response', (response) => {
      incoming = response;
      response.on('data', (chunk: Buffer) => {
        parts.push(chunk);
        begun.resolve();
      });
      response.on('end', () => over(true));
      response.on('error', () => over(false));
    });
    outgoing.on('error', () => over(false));
    outgoing.on('close', () => over(false));
  });
  if (unfinished) outgoing.write(body, () => sent.resolve());
  else outgoing.end(body, () => sent.resolve());
  return { answer, sent: sent.promise, begun: begun.promise, leave: () => outgoing.destroy() };
}

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { FrontRequest, FrontResponse, Header, Mutation } from './message.ts';

/** A place before a good platform, or before what it calls, where a mutation can sit. */
export interface Front {
  /** The target's URL, seen through the front. */
  readonly url: string;
  /** From the next request on; undefined: everything passes as it is. */
  use(mutation: Mutation | undefined): void;
  close(): Promise<void>;
}

/**
 * Starts a front before `target`. Answers pass as they come, byte for byte unless a mutation rewrites them, and if the
 * caller or the target closes its connection, the other one is closed too.
 */
export async function startFront(target: string, first?: Mutation): Promise<Front> {
  const { origin, host, pathname } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  let mutation = first;
  const server = createServer(async (incoming, outgoing) => {
    const left = new AbortController();
    outgoing.once('close', () => left.abort());
    const forward = (sent: FrontRequest) => send(origin, host, agent, sent, left.signal);
    try {
      const sent = await received(incoming);
      await give(outgoing, mutation === undefined ? await forward(sent) : await mutation(sent, forward));
    } catch (error) {
      outgoing.destroy();
      if (!isHangUp(error)) throw error;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    use(next) {
      mutation = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

async function received(incoming: IncomingMessage): Promise<FrontRequest> {
  const { method = 'GET', url: path = '/' } = incoming;
  return { method, path, headers: pairs(incoming.rawHeaders), body: await buffer(incoming) };
}

function send(
  origin: string,
  host: string,
  agent: Agent,
  sent: FrontRequest,
  signal: AbortSignal,
): Promise<FrontResponse> {
  const told = sent.headers.filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
  const hasBody = sent.body.length > 0 || sent.headers.some(([name]) => name.toLowerCase() === 'content-length');
  const length: readonly Header[] = hasBody ? [['content-length', String(sent.body.length)]] : [];
  return new Promise((resolve, reject) => {
    const headers = [...told, ['host', host], ...length].flat();
    const outgoing = request(origin + sent.path, { method: sent.method, headers, agent, signal }, (incoming) => {
      const headers = pairs(incoming.rawHeaders).filter(([name]) => !ANSWERED_ANEW.has(name.toLowerCase()));
      resolve({ status: incoming.statusCode ?? 0, headers, body: incoming });
    });
    // After the answer has begun, its body tells what went wrong.
    outgoing.on('error', reject);
    outgoing.end(sent.body);
  });
}

async function give(outgoing: ServerResponse, { status, headers, body }: FrontResponse): Promise<void> {
  outgoing.writeHead(status, headers.flat());
  outgoing.flushHeaders();
  await pipeline(body, outgoing);
}

const OF_THE_CONNECTION = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'expect',
]);
const ANSWERED_ANEW = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function pairs(raw: readonly string[]): readonly Header[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

/** Either side closed the connection: what a front passes on by closing the other one. */
function isHangUp(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return HANG_UPS.has(code) || (error as Error | undefined)?.name === 'AbortError';
}

const HANG_UPS = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

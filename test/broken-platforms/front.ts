import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';

export interface Message {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Front {
  /** The target's URL, seen through the front. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A platform made worse: a front before a good one that rewrites what passes. The platform itself has no switch for
 * being broken.
 */
export async function startFront(target: string, rewrite: (message: Message) => Message): Promise<Front> {
  const { origin, pathname } = new URL(target);
  const server = createServer(async (incoming, outgoing) => {
    const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
    const body = (await buffer(incoming)).toString();
    const message = rewrite({ method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body });
    const answer = await request(origin + message.path, {
      method: message.method as 'GET',
      headers: message.headers,
      body: message.body === '' ? null : message.body,
    });
    const { connection: ____, 'transfer-encoding': _____, ...answered } = answer.headers;
    outgoing.writeHead(answer.statusCode, answered);
    outgoing.end(Buffer.from(await answer.body.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The least that a proxy in Node does: another request for each request, the provider's key for the caller's, hop-by-hop
 * headers left out, and both bodies piped. It reads and counts nothing. Argument: the provider's origin.
 */
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { takePart } from './participant.ts';

const { hostname, port } = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true });
/** RFC 9110 section 7.6.1, and what the other side is to say anew. */
const NOT_FORWARDED = new Set(
  'connection host keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(' '),
);

function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
}

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const upstream = request(
    {
      agent,
      hostname,
      port,
      method,
      path,
      headers: { ...forwarded(headers), authorization: 'Bearer sk-proj-V3dJ9hTq2LmX8sRa0YbN' },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, forwarded(answer.headers));
      pipeline(answer, outgoing, () => {});
    },
  );
  pipeline(incoming, upstream, (error) => {
    if (error && !outgoing.headersSent) outgoing.writeHead(502).end();
  });
});
server.listen(0, '127.0.0.1', () =>
  takePart({ port: (server.address() as AddressInfo).port, headers: { authorization: 'Bearer wk-bench' } }),
);

/**
 * The least that a proxy in Node does without a library: another request for each request, the provider's key for the
 * caller's, hop-by-hop headers left out, and both bodies piped. It reads and counts nothing. Argument: the provider's origin.
 */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { forwarded, PROVIDER_KEY } from './forwarding.ts';
import { takePart } from './participant.ts';

const { hostname, port } = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true });

const server = createServer((incoming, outgoing) => {
  const { method, url: path } = incoming;
  const headers = { ...forwarded(incoming.headers), authorization: `Bearer ${PROVIDER_KEY}` };
  const upstream = request({ agent, hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, forwarded(answer.headers));
    pipeline(answer, outgoing, () => {});
  });
  pipeline(incoming, upstream, (error) => {
    if (error && !outgoing.headersSent) outgoing.writeHead(502).end();
  });
});
server.listen(0, '127.0.0.1', () =>
  takePart({ port: (server.address() as AddressInfo).port, headers: { authorization: 'Bearer wk-bench' } }),
);

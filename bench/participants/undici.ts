/**
 * The cheapest way through Node that we know: the question in one piece, and an undici handler that writes what comes as it
 * comes, with the provider's key for the caller's and hop-by-hop headers left out. It reads and counts nothing. Argument: the
 * provider's origin.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { forwarded, PROVIDER_KEY } from './forwarding.ts';
import { takePart } from './participant.ts';

const pool = new Pool(process.argv[2] ?? '');

function answerInto(outgoing: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      outgoing.on('close', () => outgoing.writableFinished || controller.abort(new Error('the caller has left')));
      outgoing.on('drain', () => controller.resume());
    },
    onResponseStart(_controller, status, headers) {
      outgoing.writeHead(status, forwarded(headers));
    },
    onResponseData(controller, bytes) {
      if (!outgoing.write(bytes)) controller.pause();
    },
    onResponseEnd() {
      outgoing.end();
    },
    onResponseError() {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    },
  };
}

const server = createServer((incoming, outgoing) => {
  const { method = 'GET', url: path = '/' } = incoming;
  const headers = { ...forwarded(incoming.headers), authorization: `Bearer ${PROVIDER_KEY}` };
  const pieces: Buffer[] = [];
  incoming.on('data', (piece) => pieces.push(piece));
  incoming.on('end', () => {
    pool.dispatch({ method, path, headers, body: Buffer.concat(pieces) }, answerInto(outgoing));
  });
});
server.listen(0, '127.0.0.1', () =>
  takePart({ port: (server.address() as AddressInfo).port, headers: { authorization: 'Bearer wk-bench' } }),
);

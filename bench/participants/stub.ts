/**
 * A provider that is never what limits a run: it speaks as much HTTP as its callers do, on bare sockets, and has its answers
 * ready as bytes.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ANSWER, ANSWER_EVENTS, SLOW_MARK, SLOW_MS, STREAM_MARK } from '../workload.ts';
import { takePart } from './participant.ts';

const WHOLE = Buffer.concat([
  Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${ANSWER.length}\r\n\r\n`),
  ANSWER,
]);
const STREAM_HEAD = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
);
const STREAM_PIECES = ANSWER_EVENTS.map((event) =>
  Buffer.concat([Buffer.from(`${event.length.toString(16)}\r\n`), event, Buffer.from('\r\n')]),
);
const STREAM_END = Buffer.from('0\r\n\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/** The body of the first request in `bytes`, and what follows it; undefined until it is there. */
function takeRequest(bytes: Buffer): { readonly body: Buffer; readonly rest: Buffer } | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, headEnd + 2))?.[1];
  if (length === undefined && bytes[0] !== 'G'.charCodeAt(0)) throw new Error('the stub needs a Content-Length');
  const start = headEnd + HEAD_END.length;
  const end = start + Number(length ?? 0);
  return bytes.length < end ? undefined : { body: bytes.subarray(start, end), rest: bytes.subarray(end) };
}

/** Event by event, each in a turn of its own, as a provider's events come. */
function stream(socket: Socket, next = 0): void {
  if (socket.destroyed) return;
  const piece = STREAM_PIECES[next];
  if (piece === undefined) return void socket.write(STREAM_END);
  socket.write(piece);
  setImmediate(stream, socket, next + 1);
}

function answer(socket: Socket, question: Buffer): void {
  if (question.includes(SLOW_MARK)) return void setTimeout(() => socket.destroyed || socket.write(WHOLE), SLOW_MS);
  if (!question.includes(STREAM_MARK)) return void socket.write(WHOLE);
  socket.write(STREAM_HEAD);
  stream(socket);
}

const server = createServer({ noDelay: true }, (socket) => {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    for (let request = takeRequest(waiting); request !== undefined; request = takeRequest(waiting)) {
      waiting = request.rest;
      answer(socket, request.body);
    }
  });
});
server.listen(0, '127.0.0.1', () => takePart({ port: (server.address() as AddressInfo).port }));

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NoAnswer } from './errors.ts';
import { createHttp, type Http } from './http-client.ts';

const http: Http = createHttp();
const never = new AbortController().signal;
let server: Server;
let respond: RequestListener = () => {};
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.closeAllConnections());
afterAll(async () => {
  await http.close();
  server.close();
});

function get(headers: readonly (readonly [string, string])[] = [], limits = {}) {
  const request = { method: 'GET', url, headers, body: undefined };
  return http.call(request, { timeoutMs: 120_000, signal: never, ...limits });
}

describe('an call', () => {
  it('sends a header twice that was given twice, and keeps what is repeated in the answer', async () => {
    let received: readonly string[] = [];
    respond = (request, response) => {
      received = request.rawHeaders.filter((_, i, all) => all[i - 1]?.toLowerCase() === 'authorization');
      response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'] }).end('ok');
    };
    const { response } = await get([
      ['authorization', 'Bearer one'],
      ['authorization', 'Bearer two'],
    ]);
    expect(received).toEqual(['Bearer one', 'Bearer two']);
    expect(response.headers.filter(([name]) => name === 'set-cookie')).toHaveLength(2);
    expect(response.text).toBe('ok');
  });

  it('follows no redirect', async () => {
    respond = (_, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    expect((await get()).response.status).toBe(302);
  });

  it.each<[string, RequestListener, NoAnswer['kind']]>([
    ['nothing is answered in time', () => {}, 'timeout'],
    ['the body does not end in time', (_, response) => void response.writeHead(200).write('half'), 'timeout'],
    ['the connection breaks before the answer', (_, response) => void response.destroy(), 'broken'],
    [
      'the connection breaks in the middle of the body',
      (_, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('half');
        setTimeout(() => response.destroy(), 20);
      },
      'broken',
    ],
  ])('has no answer when %s', async (_, listener, kind) => {
    respond = listener;
    const error = await get([], kind === 'timeout' ? { timeoutMs: 150 } : {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(error).toMatchObject({ kind, evidence: { request: { url } } });
  });

  it('ends with the reason of the signal when it is aborted from outside', async () => {
    respond = () => {};
    const reason = new Error('the run was interrupted');
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 20);
    await expect(get([], { signal: stop.signal })).rejects.toBe(reason);
  });
});

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { startFront } from './front.ts';
import { all, set, without } from './json-edits.ts';
import type { Mutation } from './message.ts';
import { answering, eventData, on, sending, streaming } from './mutations.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A target with this behaviour, seen through a front. */
async function behindFront(behaviour: RequestListener, mutation?: Mutation): Promise<string> {
  const server = createServer(behaviour);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const front = await startFront(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base`, mutation);
  closers.push(front.close);
  return front.url;
}

/** A stream whose second event waits for `more`. */
function eventStream(more: Promise<unknown>): RequestListener {
  return async (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"n":1}\n\n');
    await more;
    response.end('data: {"n":2}\n\ndata: [DONE]\n\n');
  };
}

describe('a front', () => {
  it.each<[string, Mutation | undefined, number]>([
    ['as it is', undefined, 1],
    ['rewritten', streaming(eventData(set('/n', 9))), 9],
  ])('passes a stream on as it comes, %s', async (_, mutation, first) => {
    const more = Promise.withResolvers<void>();
    const url = await behindFront(eventStream(more.promise), mutation);
    const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(`data: {"n":${first}}\n\n`);
    more.resolve();
    let rest = '';
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) rest += piece.value;
    expect(rest).toMatch(/^data: \{"n":\d\}\n\ndata: \[DONE\]\n\n$/);
  });

  it('tells the target when the caller hangs up', async () => {
    const left = Promise.withResolvers<void>();
    const url = await behindFront((request, response) => {
      request.socket.once('close', left.resolve);
      response.writeHead(200).write('begun');
    });
    const call = new AbortController();
    await fetch(url, { signal: call.signal });
    call.abort();
    await left.promise;
  });

  it('tells the caller when the target hangs up', async () => {
    const url = await behindFront((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('begun', () => request.socket.destroy());
    });
    await expect((await fetch(url)).text()).rejects.toThrow('terminated');
  });

  it('passes method, path, body and repeated headers on', async () => {
    const url = await behindFront(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end(JSON.stringify([request.method, request.url, body, request.headersDistinct['x-two']]));
    });
    const answered = await request(`${url}/path?query=1`, {
      method: 'PUT',
      body: 'sent',
      headers: ['x-two', 'one', 'x-two', 'two'],
    });
    expect(await answered.body.json()).toEqual(['PUT', '/base/path?query=1', 'sent', ['one', 'two']]);
    expect(answered.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['rewrites the bodies that an edit changes', '{"a": 1, "a": 2}', '{"b":1}'],
    ['passes bodies that it leaves alone byte for byte', '{"b": 0,  "b": 1}', '{"b": 0,  "b": 1}'],
    ['passes a body that is no JSON', 'a=1', 'a=1'],
  ])('%s', async (_, sent, arrived) => {
    const echo: RequestListener = async (request, response) => {
      for await (const piece of request) response.write(piece);
      response.end();
    };
    const url = await behindFront(echo, sending(all(set('/b', 1), without('/a'))));
    expect(await (await fetch(url, { method: 'PUT', body: sent })).text()).toBe(arrived);
  });

  it('breaks the operations that a mutation names, and no other', async () => {
    const mutation = on('GET /workspaces/{id}/mode', answering(set('/mode', 'broken')));
    const url = await behindFront((_, response) => response.end('{"mode":"managed"}'), mutation);
    const readBody = async (path: string) => (await fetch(new URL(path, url))).text();
    expect(await readBody('/api/v1/workspaces/ws-1/mode?x=1')).toBe('{"mode":"broken"}');
    expect(await readBody('/api/v1/workspaces/ws-1/mode/more')).toBe('{"mode":"managed"}');
    expect(await readBody('/api/v1/workspaces/ws-1/2/mode')).toBe('{"mode":"managed"}');
  });
});

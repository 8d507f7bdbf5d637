import { Agent, type RequestListener, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { sendRaw } from './fixtures/raw-http.ts';
import { type Listening, type ListenOptions, listen } from './listen.ts';

const open: Listening[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close({ graceMs: 0 }))));

async function serve(application: RequestListener, options: Partial<ListenOptions> = {}): Promise<Listening> {
  const listening = await listen(application, { port: 0, ...options });
  open.push(listening);
  return listening;
}

const hello: RequestListener = (_request, response) => void response.end('hello');

/** Longer than a test may take: a close that needs it hangs the test. */
const LONG_GRACE_MS = 600_000;

/** Answers when told to. */
function slow() {
  const asked = Promise.withResolvers<void>();
  let finish = (): void => {};
  const application: RequestListener = (_request, response) => {
    finish = () => response.end('done');
    asked.resolve();
  };
  return { application, asked: asked.promise, finish: () => finish() };
}

describe('listening', () => {
  it('binds the loopback unless told otherwise, on a port of its own where none is given', async () => {
    const { url, port } = await serve(hello);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it('writes an IPv6 host as a URL wants it', async () => {
    const { url, port } = await serve(hello, { host: '::1' });
    expect(url).toBe(`http://[::1]:${port}`);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it('rejects where the port is taken', async () => {
    const { port } = await serve(hello);
    await expect(listen(hello, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('requests that are too broken to be served', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed_http'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed_http'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: x\r\nhOST: x\r\n\r\n', 400, 'malformed_http'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400, 'malformed_http'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'malformed_http',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'malformed_http',
    ],
    ['headers of 32 KiB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(32_768)}\r\n\r\n`, 431, 'headers_too_large'],
    ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed_http'],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n', 417, 'expectation_failed'],
  ])('are answered in the envelope: %s', async (_, bytes, status, code) => {
    const { port } = await serve(hello);
    const answer = await sendRaw(port, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.body)).toEqual({ error: { code, message: expect.any(String) } });
  });

  it('are answered 408 where they take too long to arrive', async () => {
    const { port } = await serve(hello, { headersTimeoutMs: 100, requestTimeoutMs: 200 });
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: x\r\n')).toMatchObject({ status: 408 });
  });

  it('are cut off where an answer has begun', async () => {
    const { port } = await serve((_request, response) => void response.write('part'));
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      socket.write('no chunk size\r\n');
    });
    await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
    expect(
      Buffer.concat(received)
        .toString()
        .match(/HTTP\/1\.1/g),
    ).toHaveLength(1);
  });
});

describe('headers', () => {
  it('reach the application all of them, however many fit', async () => {
    const { port } = await serve((request, response) => void response.end(request.headers.last));
    const many = 'a:\r\n'.repeat(2_500);
    const answer = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${many}Last: here\r\n\r\n`);
    expect(answer.body).toBe('here');
  });
});

describe('an answer', () => {
  /** More than the system's own buffers take. */
  const MEGABYTES_16 = Buffer.alloc(2 ** 24);
  const asked = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

  it('that its client does not read is cut off', async () => {
    const over = Promise.withResolvers<void>();
    const { port } = await serve(
      (_request, response) => {
        response.once('close', over.resolve);
        response.write(MEGABYTES_16);
      },
      { unreadTimeoutMs: 100 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.pause().write(asked));
    socket.on('error', () => {});
    await over.promise;
    socket.destroy();
  });

  it('that is slow to come is waited for', async () => {
    const { url } = await serve(
      async (_request, response) => {
        response.write('be');
        await sleep(400);
        response.end('gun');
      },
      { unreadTimeoutMs: 100 },
    );
    expect(await (await fetch(url)).text()).toBe('begun');
  });

  it('that its client reads slowly comes whole', async () => {
    const { port } = await serve((_request, response) => void response.end(MEGABYTES_16), { unreadTimeoutMs: 3_000 });
    const socket = connect(port, '127.0.0.1', () => socket.write(asked));
    let read = 0;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      read += chunk.length;
      if (read > MEGABYTES_16.length) break;
      await sleep(15);
    }
    expect(read).toBeGreaterThan(MEGABYTES_16.length);
  });
});

describe('closing', () => {
  it('lets a request under way finish, and refuses new connections', async () => {
    const { application, asked, finish } = slow();
    const server = await serve(application);
    const answer = fetch(server.url).then((response) => response.text());
    await asked;
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    finish();
    expect(await answer).toBe('done');
    await closed;
  });

  it('closes idle connections at once', async () => {
    const server = await serve(hello);
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => request(server.url, { agent }, (r) => r.resume().once('end', resolve)).end());
    await server.close({ graceMs: LONG_GRACE_MS });
    agent.destroy();
  });

  it('closes a kept-alive connection as soon as its last answer is out', async () => {
    const { application, asked, finish } = slow();
    const server = await serve(application);
    const agent = new Agent({ keepAlive: true });
    const answered = new Promise((resolve) =>
      request(server.url, { agent }, (r) => r.resume().once('end', resolve)).end(),
    );
    await asked;
    const closed = server.close({ graceMs: LONG_GRACE_MS });
    finish();
    await Promise.all([answered, closed]);
    agent.destroy();
  });

  it('closes a kept-alive connection whose answer had begun', async () => {
    let finish = (): void => {};
    const server = await serve((_request, response) => {
      response.write('be');
      finish = () => response.end('gun');
    });
    const response = await fetch(server.url);
    const closed = server.close({ graceMs: LONG_GRACE_MS });
    finish();
    expect(await response.text()).toBe('begun');
    await closed;
  });

  it('cuts what is still under way when the grace is over', async () => {
    const server = await serve((_request, response) => void response.write('for ever'));
    const response = await fetch(server.url);
    await server.close({ graceMs: 200 });
    await expect(response.text()).rejects.toThrow();
  });

  it('waits no longer than the grace for a connection that never sends anything', async () => {
    const server = await serve(hello);
    const socket = await new Promise<Socket>((resolve) => {
      const opened = connect(server.port, '127.0.0.1', () => resolve(opened));
    });
    await server.close({ graceMs: 500 });
    socket.destroy();
  });

  it.each([
    ['a request that is no HTTP', 'hello\r\n\r\n'],
    ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('waits no longer than the grace for a client that does not hang up after %s', async (_, bytes) => {
    const server = await serve(hello);
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}).write(bytes);
    await new Promise((resolve) => socket.once('data', resolve));
    await server.close({ graceMs: 200 });
    socket.destroy();
  });

  it('can be asked for twice', async () => {
    const server = await serve(hello);
    await Promise.all([server.close(), server.close()]);
    await expect(server.close()).resolves.toBeUndefined();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

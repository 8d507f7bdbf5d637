import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../harness/free-port.ts';
import { type Finished, run } from '../../harness/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-trouble-'));
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listen(respond: RequestListener): Promise<string> {
  const server = createServer(respond);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const MEMORY = 'process.on("exit",()=>console.error("megabytes="+(process.resourceUsage().maxRSS>>10)))';

interface Ended extends Finished {
  readonly megabytes: number;
  /** Whether the port of the suite's own stub was given back. */
  readonly stubIsGone: boolean;
}

/** The command as a user runs it, against the server at `origin`, with a stub of its own. */
async function conformance(origin: string, ...args: readonly string[]): Promise<Ended> {
  const stubPort = await freePort();
  const file = join(folder, 'config.json');
  const config = {
    controlPlane: { baseUrl: `${origin}/api/v1` },
    proxy: { baseUrl: origin },
    accounts: { funded: { apiKey: 'rb_funded_0123456789' }, other: { apiKey: 'rb_other_0123456789' } },
    stub: { listen: `127.0.0.1:${stubPort}` },
  };
  writeFileSync(file, JSON.stringify(config));
  const command = ['--import', `data:text/javascript,${MEMORY}`, 'cli/main.ts', 'conformance', '--config', file];
  const finished = await run(process.execPath, [...command, ...args]);
  const megabytes = Number(/megabytes=(\d+)/.exec(finished.stderr)?.[1]);
  return { ...finished, megabytes, stubIsGone: await isRefused(stubPort) };
}

async function isRefused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const [error] = await once(socket, 'error').catch(() => [undefined]);
  socket.destroy();
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
}

const json = (status: number, body: unknown): RequestListener => {
  return (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const endless: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = Buffer.alloc(1 << 18, ' ');
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
};
const preflightAnswers: RequestListener = json(200, { remaining_micro: 1, available: true });
/** Is there when the suite looks, and does this afterwards. */
const thereBut = (respond: RequestListener): RequestListener => {
  return (request, response) =>
    /\/(credits|capacity|models)$/.test(request.url ?? '')
      ? preflightAnswers(request, response)
      : respond(request, response);
};

describe('rigkit conformance against a platform in trouble', () => {
  it.each<[string, number, string, RequestListener]>([
    ['refuses the key', 2, 'refuses accounts.funded.apiKey', json(401, { error: { code: 'unauthorized' } })],
    [
      'refuses the key of the other account',
      2,
      'refuses accounts.other.apiKey',
      (request, response) =>
        json(request.headers.authorization?.includes('rb_other') ? 401 : 200, {})(request, response),
    ],
    ['fails at everything', 3, 'answered 500 (application/json)', json(500, { error: { code: 'x', message: 'x' } })],
    [
      'answers HTML to everything',
      3,
      'answered 200 (text/html)',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    ['closes every connection', 3, 'the connection broke', (request) => void request.socket.destroy()],
    ['hangs', 3, 'no complete answer within 5 s', () => {}],
    ['never ends an answer', 3, 'over 4194304 bytes', endless],
  ])('ends when it %s, with code %i', async (_, code, words, respond) => {
    const ended = await conformance(await listen(respond));
    expect(ended).toMatchObject({ code, stdout: expect.stringContaining(words), stubIsGone: true });
    expect(ended.stdout).toContain('hint: ');
    expect(ended.stdout).not.toContain('conformant');
  });

  it('keeps its memory while checks are answered without an end', async () => {
    const ids = ['AIC-001', 'DEF-001', 'LIM-001', 'TPL-001', 'WSP-001'];
    const ended = await conformance(await listen(thereBut(endless)), ...ids.flatMap((id) => ['--only', id]));
    expect(ended).toMatchObject({ code: 1, stubIsGone: true });
    expect(ended.megabytes).toBeLessThan(400);
  });

  it('never carries a credential to where it is redirected', async () => {
    const received: string[] = [];
    const elsewhere = await listen((request, response) => {
      received.push(`${request.method} ${request.url}`);
      json(200, {})(request, response);
    });
    const redirects: RequestListener = (request, response) =>
      void response.writeHead(307, { location: `${elsewhere}${request.url}` }).end();
    const atOnce = await conformance(await listen(redirects));
    expect(atOnce).toMatchObject({ code: 3, stdout: expect.stringContaining(`it redirects to ${elsewhere}`) });
    const later = await conformance(await listen(thereBut(redirects)), '--only', 'LIM-001', '--only', 'OAI-001');
    expect(later.code).toBe(1);
    expect(received).toEqual([]);
  });
});

import { connect } from 'node:net';
import type { RequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { createApp } from './app.ts';
import { ApiError } from './errors.ts';
import { recordingLogger } from './fixtures/log-lines.ts';
import { ALICE_KEY, type Service, startService } from './fixtures/service.ts';
import { type Listening, listen } from './listen.ts';

const open: Listening[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close({ graceMs: 0 }))));

async function serve(...mounts: RequestHandler[]) {
  const log = recordingLogger();
  const listening = await listen(createApp({ logger: log.logger, mounts }), { port: 0 });
  open.push(listening);
  return { ...log, url: listening.url };
}

async function serviceWith(parts: Parameters<typeof startService>[0]): Promise<Service> {
  const service = await startService(parts);
  open.push(service);
  return service;
}

const broken: RequestHandler = () => {
  throw new Error('the secret is 42');
};

describe('the frame', () => {
  it('answers what nobody answers with 404 in the envelope', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/favicon.ico`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ error: { code: 'not_found', message: 'Not found.' } });
  });

  it('asks the mounts in their order', async () => {
    const say =
      (word: string): RequestHandler =>
      (request, response, next) =>
        request.path === '/both' || request.path === `/${word}` ? void response.end(word) : next();
    const { url } = await serve(say('one'), say('two'));
    const answers = ['/one', '/two', '/both'].map(async (path) => (await fetch(url + path)).text());
    expect(await Promise.all(answers)).toEqual(['one', 'two', 'one']);
  });

  it('answers an unexpected error with 500 and the request id, and tells the log alone what it was', async () => {
    const { url, lines } = await serve(broken);
    const answer = await fetch(url, { headers: { 'x-request-id': 'r-1' } });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      error: {
        code: 'internal_error',
        message: 'Something went wrong on our side.',
        details: { request_id: 'r-1' },
      },
    });
    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        request_id: 'r-1',
        err: expect.objectContaining({ message: 'the secret is 42', stack: expect.stringContaining('app.test.ts') }),
      }),
    );
  });

  it('cuts the connection when an answer fails halfway', async () => {
    const { url } = await serve((_request, response) => {
      response.write('half');
      throw new Error('broken');
    });
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
  });

  it('takes what a file server refuses for something that is not there', async () => {
    const { url } = await serve(() => {
      throw Object.assign(new Error('Forbidden'), { status: 403 });
    });
    expect((await fetch(url)).status).toBe(404);
  });

  it('sends the headers of a refusal', async () => {
    const { url } = await serve(() => {
      throw new ApiError('rate_limited', { headers: { 'Retry-After': '7' } });
    });
    expect((await fetch(url)).headers.get('retry-after')).toBe('7');
  });

  it('sends security headers and forbids storing, with success and error alike, and does not name its engine', async () => {
    const { api } = await serviceWith({});
    for (const path of ['/capacity', '/nothing']) {
      const { headers } = await fetch(api + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('strict-transport-security')).not.toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('etag')).toBeNull();
    }
  });
});

describe('the request id', () => {
  it.each([['r-1'], ['0f8fad5b-d9cb-469f-a165-70867728950e'], ['a.b:c_d']])(
    'is the given one if it is %s',
    async (id) => {
      const { url } = await serve();
      expect((await fetch(url, { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toBe(id);
    },
  );

  it.each([[''], ['a b'], ['x'.repeat(129)], ['"><script>'], ['a, b']])(
    'is a new one if the given one is %j',
    async (id) => {
      const { url } = await serve();
      const answered = (await fetch(url, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
      expect(answered).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('the access log', () => {
  it('has one line for each request: what, by whom, with which outcome, and no query', async () => {
    const service = await serviceWith({});
    await fetch(`${service.api}/workspaces/ws-1?note=private`, {
      headers: { authorization: `Bearer ${ALICE_KEY}`, 'x-request-id': 'r-1' },
    }).then((answer) => answer.text());
    await expect
      .poll(() => service.logLines().filter(({ msg }) => msg === 'request'))
      .toEqual([
        {
          level: 'info',
          time: expect.any(String),
          request_id: 'r-1',
          method: 'GET',
          path: '/api/v1/workspaces/ws-1',
          operation: 'getWorkspace',
          account_id: 'acct-alice',
          status: 400,
          duration_ms: expect.any(Number),
          msg: 'request',
        },
      ]);
    expect(service.logText()).not.toContain('private');
  });

  it('notes a caller who leaves before the answer', async () => {
    const leave = new AbortController();
    const { url, lines } = await serve(() => leave.abort());
    expect(await fetch(url, { signal: leave.signal }).catch(() => 'gone')).toBe('gone');
    await expect.poll(lines).toContainEqual(expect.objectContaining({ msg: 'request', aborted: true }));
  });

  it('takes a caller who leaves in the middle of a body for no error of ours', async () => {
    const service = await serviceWith({});
    const socket = connect(service.port, '127.0.0.1');
    const head = ['PUT /api/v1/workspaces/ws-1/mode HTTP/1.1', 'Host: x', `Authorization: Bearer ${ALICE_KEY}`];
    const more = ['Expect: 100-continue', 'Content-Type: application/json', 'Content-Length: 99', '', '{'];
    socket.write([...head, ...more].join('\r\n'));
    // The server goes on with the request, and waits for the rest of its body.
    socket.once('data', () => socket.destroy());
    await expect.poll(service.logLines).toContainEqual(expect.objectContaining({ msg: 'request', aborted: true }));
    await expect.poll(service.logLines).toContainEqual(expect.objectContaining({ msg: 'the caller left' }));
    expect(service.logText()).not.toContain('"level":"error"');
  });
});

describe('a handler that breaks its contract', () => {
  const headers = { authorization: `Bearer ${ALICE_KEY}` };

  it.each([
    [
      'leaves out a field',
      { status: 200, body: { mode: 'managed', note: 'sk-leak' } },
      'a response breaks the contract',
    ],
    ['responds with an undocumented status', { status: 418, body: { note: 'sk-leak' } }, 'unexpected error'],
  ])(
    'is responded to with 500 and logged where it %s, and nothing of its response gets out',
    async (_, given, line) => {
      const service = await serviceWith({ validateResponses: true, handlers: { getCredits: async () => given } });
      const response = await fetch(`${service.api}/users/me/credits`, { headers });
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal_error' } });
      expect(text).not.toContain('leak');
      expect(service.logLines()).toContainEqual(expect.objectContaining({ msg: line }));
    },
  );

  it('is not noticed where responses are not validated', async () => {
    const service = await serviceWith({ handlers: { getCredits: async () => ({ status: 299, body: {} }) } });
    expect((await fetch(`${service.api}/users/me/credits`, { headers })).status).toBe(299);
  });

  it('gets 500 for its caller where it asks for the account of a public operation', async () => {
    const service = await serviceWith({
      handlers: { getCapacity: async (request: { account: unknown }) => ({ status: 200, body: request.account }) },
    });
    expect((await fetch(`${service.api}/capacity`)).status).toBe(500);
    expect(service.logText()).toContain('a public operation has no account');
  });
});

describe('a router of an API', () => {
  it('does not start where no lookup finds an id', async () => {
    await expect(startService({ lookups: {} })).rejects.toThrow('no lookup finds the id {id} of /workspaces/{id}');
  });

  it('does not start where an operation has no handler', async () => {
    await expect(startService({ handlers: { getCredits: undefined as never } })).rejects.toThrow(
      'no handler for getCredits',
    );
  });

  it('does not start with a reference that leads nowhere', async () => {
    const document = JSON.parse(
      JSON.stringify(controlPlaneDocument).replaceAll('/schemas/UpdateAiModeRequest', '/schemas/Gone'),
    );
    await expect(startService({ document })).rejects.toThrow('Gone');
  });

  it('does not start with a pattern that is no regular expression', async () => {
    const document = JSON.parse(JSON.stringify(controlPlaneDocument));
    document.components.schemas.UpdateWorkspaceAiConfigRequest.properties.model.pattern = '(';
    await expect(startService({ document })).rejects.toThrow('regular expression');
  });
});

import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Mock, type MockOptions, startMock } from './mock-server.ts';

let mock: Mock;
afterEach(() => mock.close());

async function starting(options: MockOptions) {
  mock = await startMock(options);
  return (path: string, prefer?: string) =>
    fetch(mock.controlPlaneUrl + path, { headers: { authorization: 'Bearer rb_x', ...(prefer && { prefer }) } });
}

const chat = (prefer: string, signal?: AbortSignal) =>
  fetch(`${mock.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer k', 'content-type': 'application/json', prefer },
    body: '{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}',
    ...(signal && { signal }),
  });

describe('a mock in a scenario', () => {
  it('answers every operation from it, unless the request names another answer', async () => {
    const get = await starting({ scenario: 'almost-out' });
    const credits = async (prefer?: string) => (await get('/users/me/credits', prefer)).json();
    expect(await credits()).toMatchObject({ remaining_micro: 3_104_250 });
    expect(await credits('scenario=exhausted')).toMatchObject({ remaining_micro: 0 });
    expect(await credits('example=overdrawn')).toMatchObject({ remaining_micro: -4000 });
    expect((await get('/users/me/credits', 'code=429')).status).toBe(429);
    expect(await (await get('/capacity')).json()).toHaveProperty('available');
  });

  it('answers for the workspace and the range that the request names', async () => {
    const get = await starting({ scenario: 'busy-month' });
    const { vms } = (await (await get('/workspaces')).json()) as { vms: { id: string; name: string }[] };
    expect(vms.length).toBeGreaterThan(1);
    for (const { id, name } of vms) {
      expect(await (await get(`/workspaces/${id}`)).json()).toMatchObject({ vm: { id, name } });
      const summary = await get(`/workspaces/${id}/ai-usage/metrics/summary?range=7d`);
      expect(await summary.json()).toMatchObject({ range: '7d', workspace_id: id });
    }
    expect((await get('/workspaces/ws-unknown')).status).toBe(404);
    expect((await get('/workspaces/ws-77aa10f2/mode')).status).toBe(404);
  });
});

describe('a slow mock', () => {
  it('waits before every answer, and another time where the request says so', async () => {
    const get = await starting({ delayMs: 300_000 });
    const started = performance.now();
    expect((await get('/capacity', 'delay=0')).status).toBe(200);
    expect((await get('/users/me/credits?__delay=120')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(100);
    const impatient = new AbortController();
    const waiting = fetch(`${mock.controlPlaneUrl}/capacity`, { signal: impatient.signal });
    impatient.abort();
    await expect(waiting).rejects.toThrow('abort');
  });
});

describe('a mocked stream', () => {
  it('comes whole and at once by default', async () => {
    await starting({});
    expect(await (await chat('')).text()).toMatch(/data: \[DONE\]\n\n$/);
  });

  it('sends its headers first, and its events when they are due', async () => {
    await starting({});
    const reader = (await chat('first-token=100, rate=20')).body?.getReader();
    const started = performance.now();
    const pieces: number[] = [];
    while (!(await reader?.read())?.done) pieces.push(performance.now() - started);
    expect(pieces.length).toBeGreaterThan(2);
    expect((pieces.at(-1) ?? 0) - (pieces[0] ?? 0)).toBeGreaterThan(30);
  });

  it.each([0, 1, 2])('breaks off after %i events', async (events) => {
    await starting({ cutAfterEvents: 7 });
    const answer = await chat(`cut-after=${events}`);
    const decoder = new TextDecoder();
    let text = '';
    const reading = (async () => {
      for await (const piece of answer.body ?? []) text += decoder.decode(piece, { stream: true });
    })();
    await expect(reading).rejects.toThrow();
    expect(text.split('\n\n')).toHaveLength(events + 1);
  });
});

describe('a mock in chaos', () => {
  const outcomes = async (options: MockOptions) => {
    const get = await starting(options);
    const answers: string[] = [];
    for (let call = 0; call < 12; call += 1) {
      const { status, headers } = await get(call % 2 === 0 ? '/users/me/credits' : '/workspaces');
      answers.push(`${status} ${headers.get('x-rigkit-mock')}`);
    }
    await mock.close();
    return answers;
  };

  it('answers some requests with a documented error that says so, the same ones for the same seed', async () => {
    const chaos = { likelihood: 0.5, seed: 7 };
    const first = await outcomes({ chaos });
    expect(first).toContain('200 null');
    expect(first.some((outcome) => /^(401|429|500) chaos$/.test(outcome))).toBe(true);
    expect(first.every((outcome) => /^200 null$|^(401|429|500) chaos$/.test(outcome))).toBe(true);
    expect(await outcomes({ chaos })).toEqual(first);
    expect(await outcomes({ chaos: { ...chaos, seed: 8 } })).not.toEqual(first);
  });

  it('fails all or no requests at the ends, and none that names its response', async () => {
    const get = await starting({ chaos: { likelihood: 1, seed: 1 } });
    expect((await get('/users/me/credits')).headers.get('x-rigkit-mock')).toBe('chaos');
    expect((await get('/users/me/credits', 'code=200')).status).toBe(200);
    expect((await get('/users/me/credits', 'example=funded')).status).toBe(200);
    expect(await outcomes({ chaos: { likelihood: 0, seed: 1 } })).toEqual(Array(12).fill('200 null'));
  });
});

describe('malformed input', () => {
  const line = fc.stringMatching(/^[ -~]{0,60}$/);
  const path = fc.oneof(
    fc.constantFrom('/api/v1/workspaces', '/v1/chat/completions', '/api/v1/users/me/ai-mode', '*', 'http://'),
    fc.webPath(),
    line.map((text) => `/${text.replaceAll(' ', '%')}`),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'BREW'),
    path,
    query: fc.oneof(
      fc.constant(''),
      line.map((text) => `?__code=${text.replaceAll(' ', '+')}`),
    ),
    prefer: fc.oneof(
      line,
      line.map((text) => `code=200, scenario=${text}`),
      line.map((text) => `delay=${text}0000000`),
    ),
    type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=', ''),
    body: fc.oneof(fc.json(), line, fc.constant('{"a":'.repeat(200))),
  });

  it('is always answered, and never ends the mock', async () => {
    const get = await starting({});
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, prefer, type, body }) => {
        const head = [
          `${method} ${path}${query} HTTP/1.1`,
          'host: mock',
          'authorization: Bearer x',
          `prefer: ${prefer}`,
        ];
        const more = [`content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
        expect(await raw(`${[...head, ...more].join('\r\n')}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 [2-5]\d\d /);
      }),
      { numRuns: 150 },
    );
    expect((await get('/users/me/credits')).status).toBe(200);
  });

  function raw(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1', () => socket.write(bytes));
      let answer = '';
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      socket.once('end', () => resolve(answer)).once('error', reject);
    });
  }
});

import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'express';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { meteringProxy } from '../../../server/proxy/index.ts';
import { createTenant } from '../../harness/accounts.ts';
import { CHAT, chat, expectExactBooks } from '../../harness/books.ts';
import { type Caller, OWN_KEY, useTestProxy } from '../../harness/proxy.ts';
import { until } from '../../harness/wait.ts';
import { bearer, expectRefused, requestText, speak, useTestPlatform } from './fixture.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const JSON_TYPE = 'Content-Type: application/json';

describe('an account without credits', () => {
  const platform = useTestPlatform();
  const broke = () => createTenant(platform.site.store, 'broke', 0n);
  const length = `Content-Length: ${16 * MIB}`;

  it.each([
    ['that announces a large body and sends nothing of it', [length], ''],
    ['that asks whether to send it', [length, 'Expect: 100-continue'], ''],
    ['that sends some of it in chunks', ['Transfer-Encoding: chunked'], `20000\r\n${' '.repeat(128 * KIB)}\r\n`],
  ])('is told 402 before its body is there: one %s', async (_case, lines, sent) => {
    const head = requestText(`POST ${CHAT} HTTP/1.1`, [bearer(await broke()), JSON_TYPE, ...lines], sent);
    const said = await speak(platform.proxyPort, head);
    expect(expectRefused(said, platform.secrets)).toBe(402);
    expect(said).toContain('insufficient_credits');
    expect(said).toMatch(/^connection: close\r$/im);
  });

  it('reads it in an official SDK that sends the body at once', async () => {
    const { workspaceKey } = await broke();
    const client = new OpenAI({ apiKey: workspaceKey, baseURL: `${platform.site.proxy}/v1`, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'x'.repeat(16 * MIB) }];
    for (let count = 0; count < 3; count += 1) {
      const call = client.chat.completions.create({ model: 'gpt-4o-mini', messages });
      await expect(call).rejects.toMatchObject({ status: 402, code: 'insufficient_credits' });
    }
  });

  it('is told what is wrong with a small body first', async () => {
    const headers = { authorization: `Bearer ${(await broke()).workspaceKey}`, 'content-type': 'application/json' };
    const answer = await fetch(platform.site.proxy + CHAT, { method: 'POST', headers, body: '{' });
    expect(answer.status).toBe(400);
  });
});

it('a client that asks first whether to send a body is told to send it', async () => {
  const body = JSON.stringify({ ...chat, n: 0 });
  const lines = [bearer(asking.tenant), JSON_TYPE, `Content-Length: ${body.length}`, 'Expect: 100-continue'];
  const said = await speak(asking.proxyPort, requestText(`POST ${CHAT} HTTP/1.1`, lines, body));
  expect(said).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
});
const asking = useTestPlatform();

describe('a workspace with a key of its own', () => {
  const harness = useTestProxy();

  it('needs no credits for a large body', async () => {
    const own = await harness.caller(0n, { mode: 'byok', byokKey: OWN_KEY, remainingMicro: 0n });
    const answer = await harness.post(CHAT, own, { ...chat, messages: [{ role: 'user', content: 'x'.repeat(MIB) }] });
    expect(answer.status).toBe(200);
  });
});

describe('calls that cost nothing', () => {
  const counts = new Map<string, number>();
  const harness = useTestProxy({
    countFreeCall: async (accountId) => {
      counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
      return (counts.get(accountId) ?? 0) > 2 ? 1_500 : undefined;
    },
  });
  const count = (caller: Caller) =>
    harness.post('/v1/messages/count_tokens', caller, { model: 'claude-haiku-4-5', messages: chat.messages });
  const statuses = async (...calls: Promise<Response>[]) => (await Promise.all(calls)).map(({ status }) => status);

  it('have a rate for each account, which is told in the envelope of the API', async () => {
    const [attacker, victim] = [await harness.caller(0n), await harness.caller()];
    expect(await statuses(count(attacker), count(attacker))).toEqual([200, 200]);
    const refused = await count(attacker);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limited' } });
    expect(harness.stub.calls).toHaveLength(2);
    expect(await statuses(count(victim), harness.post(CHAT, victim, chat))).toEqual([200, 200]);
  });

  it('are not counted for a workspace that calls with its own key', async () => {
    const own = await harness.caller(0n, { mode: 'byok', provider: 'anthropic', byokKey: OWN_KEY });
    expect(await statuses(count(own), count(own), count(own))).toEqual([200, 200, 200]);
  });
});

describe('calls that cost nothing, on a proxy that is not told how to count them', () => {
  const harness = useTestProxy();

  it('are 300 a minute', async () => {
    const caller = await harness.caller();
    const headers = { authorization: `Bearer ${caller.key}` };
    const statuses: number[] = [];
    for (let count = 0; count < 301; count += 1) {
      const answer = await fetch(`${harness.url}/v1/models`, { headers });
      statuses.push(answer.status);
      await answer.text();
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(300);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('bodies that are in memory', () => {
  const bodies = { accountBytes: MIB, totalBytes: 1.5 * MIB, timeoutMs: 60_000 };
  const harness = useTestProxy({ bodies });
  const large = { ...chat, messages: [{ role: 'user', content: 'x'.repeat(700 * KIB) }] };

  /** Sends so many bytes of a larger body, and nothing more. */
  async function begin(caller: Caller, bytes: number): Promise<{ readonly socket: Socket; said(): string }> {
    const socket = connect(Number(new URL(harness.url).port), '127.0.0.1');
    let said = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
    });
    const lines = [`Authorization: Bearer ${caller.key}`, JSON_TYPE, `Content-Length: ${8 * MIB}`];
    const head = requestText(`POST ${CHAT} HTTP/1.1`, lines);
    await new Promise((resolve) => socket.write(head + ' '.repeat(bytes), resolve));
    return { socket, said: () => said };
  }

  it('have a share for each account, and what is over it is told 429 while others are served', async () => {
    const [attacker, victim] = [await harness.caller(), await harness.caller()];
    const first = await begin(attacker, 800 * KIB);
    const second = await begin(attacker, 800 * KIB);
    await until(
      () => first.said() + second.said() !== '',
      () => 'neither of two bodies is refused',
    );
    const refused = first.said() + second.said();
    expect(refused).toMatch(/^HTTP\/1\.1 429 .*retry-after: 1\r\n/is);
    expect(refused).toContain('rate_limited');
    expect((await harness.post(CHAT, victim, large)).status).toBe(200);
    expect((await harness.post(CHAT, attacker, chat)).status).toBe(200);
    for (const { socket } of [first, second]) socket.destroy();
    await harness.reported(4);
    expect((await harness.post(CHAT, attacker, large)).status).toBe(200);
  });

  it('are bounded in all, and a usual call is served all the same', async () => {
    const callers = [await harness.caller(), await harness.caller(), await harness.caller()];
    const open = await Promise.all(callers.map((caller) => begin(caller, 700 * KIB)));
    const refused = () => open.map(({ said }) => said()).filter((said) => said !== '');
    await until(
      () => refused().length > 0,
      () => 'three bodies are taken though two fit',
    );
    expect(refused()).toEqual([expect.stringMatching(/^HTTP\/1\.1 503 .*retry-after: 1\r\n.*overloaded/is)]);
    for (const caller of callers) expect((await harness.post(CHAT, caller, chat)).status).toBe(200);
    for (const { socket } of open) socket.destroy();
  });
});

describe('responses in one piece that are in memory', () => {
  const bodies = { accountBytes: 256 * KIB, totalBytes: 512 * KIB, timeoutMs: 60_000 };
  const harness = useTestProxy({ bodies });

  it('wait for one another beyond the bounds, and all come whole and are charged', async () => {
    const callers = await Promise.all(Array.from({ length: 4 }, () => harness.caller()));
    const text = 'x'.repeat(700 * KIB);
    const usage = { inputTokens: 3, outputTokens: 100 };
    const ample = { ...chat, max_tokens: text.length };
    for (let count = 0; count < 12; count += 1) harness.stub.script({ respond: { text, usage } });
    const calls = callers.flatMap((caller) => [1, 2, 3].map(() => harness.post(CHAT, caller, ample)));
    const texts = await Promise.all(calls.map(async (call) => (await call).text()));
    expect(texts.map((whole) => whole.includes(text))).toEqual(texts.map(() => true));
    expect((await harness.reported(12)).map(({ outcome }) => outcome)).toEqual(texts.map(() => 'settled'));
    await expectExactBooks(harness.store);
  });
});

describe('a body that does not come', () => {
  const harness = useTestProxy({ bodies: { timeoutMs: 100 } });

  it('is waited for so long and no longer', async () => {
    const { key } = await harness.caller();
    const lines = [`Authorization: Bearer ${key}`, JSON_TYPE, 'Content-Length: 1000'];
    const said = await speak(Number(new URL(harness.url).port), requestText(`POST ${CHAT} HTTP/1.1`, lines, '{'));
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toContain('request_timeout');
    expect(harness.stub.calls).toEqual([]);
  });
});

describe('a caller that leaves while its rate is looked up', () => {
  const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const counting = Promise.withResolvers<undefined>();
  const harness = useTestProxy({
    countFreeCall() {
      asked.resolve();
      return counting.promise;
    },
    makeProxy(options) {
      const proxy = meteringProxy(options);
      const router = Router().use((request, _response, next) => {
        request.once('close', () => left.resolve());
        next();
      }, proxy);
      return Object.assign(router, { close: () => proxy.close() });
    },
  });

  it('is not waited for', async () => {
    const caller = await harness.caller();
    const away = new AbortController();
    const headers = { 'x-api-key': caller.key, 'content-type': 'application/json' };
    const body = JSON.stringify({ model: 'claude-haiku-4-5', messages: chat.messages });
    const url = `${harness.url}/v1/messages/count_tokens`;
    const answer = fetch(url, { method: 'POST', headers, body, signal: away.signal });
    await asked.promise;
    away.abort();
    await expect(answer).rejects.toThrow();
    await left.promise;
    counting.resolve(undefined);
    const [outcome] = await harness.reported();
    expect(outcome).not.toHaveProperty('code');
    expect(harness.stub.calls).toEqual([]);
  });
});

describe('an account that is attacked next door', () => {
  const harness = useTestProxy({ bodies: { accountBytes: 8 * MIB, totalBytes: 16 * MIB } });

  /** Each until it is stopped, whatever it is answered. */
  function attacks(attacker: Caller, stop: AbortSignal): readonly Promise<void>[] {
    const keys = `{${Array.from({ length: 110_000 }, (_, index) => `"\\u0061${index}":1`).join()}}`;
    const lines = [`Authorization: Bearer ${attacker.key}`, JSON_TYPE, `Content-Length: ${6 * MIB}`];
    const unfinished = requestText(`POST ${CHAT} HTTP/1.1`, lines) + ' '.repeat(5 * MIB);
    const headers = { authorization: `Bearer ${attacker.key}` };
    const acts: readonly (() => Promise<unknown>)[] = [
      async () =>
        connect(Number(new URL(harness.url).port), '127.0.0.1')
          .on('error', () => {})
          .end(unfinished),
      () => harness.post(CHAT, attacker, keys),
      () => harness.post(CHAT, attacker, `{"messages":"${'x'.repeat(4 * MIB)}","n":0,"n":1}`),
      () => fetch(`${harness.url}/v1/models`, { headers }).then((answer) => answer.text()),
      async () => (await harness.post(CHAT, attacker, { ...chat, stream: true })).body?.cancel(),
    ];
    return acts.map(async (act) => {
      for (; !stop.aborted; await sleep(10)) await act();
    });
  }

  it('has every call answered, charged once and exactly, and no hold left', async () => {
    const [attacker, victim] = [await harness.caller(), await harness.caller()];
    const stop = new AbortController();
    const attack = Promise.all(attacks(attacker, stop.signal));
    const shown: (string | null)[] = [];
    for (let count = 0; count < 40; count += 1) {
      const answer = await harness.post(CHAT, victim, { ...chat, stream: count % 4 === 0 });
      expect(answer.status).toBe(200);
      await answer.text();
      if (count % 4 !== 0) shown.push(answer.headers.get('x-rigbox-cost-micro'));
    }
    stop.abort();
    await attack;
    const charges = (await harness.store.ledger(victim.accountId)).filter(({ kind }) => kind === 'charge');
    expect(charges).toHaveLength(40);
    const costs = new Set([...shown, ...charges.map(({ amountMicro }) => String(-amountMicro))]);
    expect(costs.size, 'the costs of one call, shown and charged').toBe(1);
    const open = await harness.store.openHolds();
    expect(open.filter(({ accountId }) => accountId === victim.accountId)).toEqual([]);
    await expectExactBooks(harness.store);
  });
});

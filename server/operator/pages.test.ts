import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createOperator } from './index.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(options: { probeStore?: () => Promise<unknown>; isClosing?: () => boolean } = {}) {
  const { pages } = createOperator({
    openHoldTotals: async () => [],
    probeStore: async () => undefined,
    isClosing: () => false,
    storeTimeoutMs: 20,
    ...options,
  });
  const server = createServer(express().use(pages));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: 'close' } });
}

describe("the operator's pages", () => {
  it("answer metrics in Prometheus' text format, for nobody to store", async () => {
    const answer = await (await serve())('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toMatch(/^# HELP rigkit_/m);
  });

  it('answer ready while the store answers', async () => {
    const answer = await (await serve())('/readyz');
    expect([answer.status, await answer.text()]).toEqual([200, 'ready\n']);
  });

  it.each([
    ['the store refuses', { probeStore: () => Promise.reject(new Error('gone')) }, 'the store does not answer\n'],
    ['the store is silent', { probeStore: () => new Promise(() => {}) }, 'the store does not answer\n'],
    ['the platform closes', { isClosing: () => true }, 'closing\n'],
  ])('answer 503 to readyz and 200 to healthz while %s', async (_what, options, text) => {
    const get = await serve(options);
    const ready = await get('/readyz');
    expect([ready.status, await ready.text()]).toEqual([503, text]);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('answer 405 to what would write, and leave other paths to the app', async () => {
    const get = await serve();
    const refused = await get('/metrics', 'POST');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await get('/healthz', 'HEAD')).status).toBe(200);
    expect((await get('/metrics/')).status).toBe(404);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { FakeHandler } from './fixtures/fake-platform.ts';
import { makeCheck } from './fixtures/requirements.ts';
import { closePlatforms, platform, runChecks } from './fixtures/suite-runs.ts';
import { wantStatus } from './http/want.ts';
import { toExitCode } from './run/outcome.ts';

/** Where some requests are answered and others never are: enough for an answer on a busy machine. */
const SILENCE = { requestTimeoutMs: 1_500 };

afterEach(closePlatforms);

const silent: FakeHandler = () => undefined;
const asksLimits = (id: string) =>
  makeCheck(id, [], async ({ funded }) => wantStatus(await funded.get('/users/me/limits'), 200));

describe('a run against a platform in trouble', () => {
  it.each<[string, FakeHandler, string]>([
    ['hangs', silent, 'no complete answer within 0.2 s'],
    ['breaks every connection', (_, response) => void response.destroy(), 'the connection broke'],
    [
      'answers 500 to everything',
      () => ({ status: 500, json: { error: { code: 'x', message: 'x' } } }),
      'answered 500',
    ],
    ['answers 404 to everything', () => ({ status: 404, json: {} }), 'answered 404'],
    [
      'answers HTML',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'answered 200 (text/html)',
    ],
    [
      'redirects to somewhere else',
      (_, response) => void response.writeHead(301, { location: 'https://elsewhere.example/' }).end('{}'),
      'answered 301',
    ],
  ])('runs no check and exits 3 when the platform %s', async (_, handler, message) => {
    const target = await platform({ '*': handler });
    const limits = handler === silent ? { requestTimeoutMs: 200 } : {};
    const report = await runChecks(target, [asksLimits('TST-001')], { limits });
    expect(toExitCode(report)).toBe(3);
    expect(report.stop?.message).toContain(message);
    expect(report.results[0]?.verdict).toBe('unverified');
    expect(target.received).not.toContain('GET /users/me/limits');
  });

  it('exits 3 when nobody listens at the base URL', async () => {
    const target = await platform({});
    await target.close();
    const report = await runChecks(target, [asksLimits('TST-001')]);
    expect(toExitCode(report)).toBe(3);
    expect(report.stop).toMatchObject({ kind: 'target', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('exits 2 when the platform refuses the funded key', async () => {
    const target = await platform({ 'GET /users/me/credits': () => ({ status: 401, json: {} }) });
    const report = await runChecks(target, [asksLimits('TST-001')]);
    expect(toExitCode(report)).toBe(2);
    expect(report.stop?.message).toContain('refuses accounts.funded.apiKey');
  });

  it('exits 2 when the platform refuses the key of another account, and names it', async () => {
    const target = await platform({
      'GET /users/me/credits': ({ headers }) => ({
        status: headers.authorization?.endsWith('typo') ? 401 : 200,
        json: {},
      }),
    });
    const accounts = { ...target.config.accounts, other: { apiKey: 'rb_typo' } };
    const report = await runChecks({ config: { ...target.config, accounts } }, [asksLimits('TST-001')]);
    expect(toExitCode(report)).toBe(2);
    expect(report.stop?.message).toContain('refuses accounts.other.apiKey');
  });

  describe('at its proxy', () => {
    const callsProxy = makeCheck('TST-001', ['proxy'], async ({ anonymousProxy }) =>
      wantStatus(await anonymousProxy.get('/v1/models'), 401),
    );
    const headers = (key: string) => ({ apiKey: key, proxyHeaders: { Authorization: `Bearer ${key}` } });

    async function runAgainst(models: FakeHandler) {
      const { config } = await platform({ 'GET /v1/models': models });
      const proxy = { baseUrl: new URL(config.controlPlane.baseUrl).origin };
      const accounts = { funded: headers('rb_good'), exhausted: headers('rb_typo') };
      return runChecks({ config: { ...config, proxy, accounts } }, [callsProxy]);
    }

    it('runs no check and exits 3 when a gateway answers for it', async () => {
      const report = await runAgainst((_, response) => void response.writeHead(502).end('Bad Gateway'));
      expect(toExitCode(report)).toBe(3);
      expect(report.stop?.message).toContain('GET /v1/models answered 502');
    });

    it('exits 2 when the headers of one account are refused and those of another are taken', async () => {
      const report = await runAgainst(({ headers }) => ({
        status: headers.authorization === 'Bearer rb_good' ? 200 : 401,
        json: {},
      }));
      expect(toExitCode(report)).toBe(2);
      expect(report.stop?.message).toContain('refuses accounts.exhausted.proxyHeaders');
    });

    it('goes on when those of all are refused, which may be a violation', async () => {
      const report = await runAgainst(() => ({ status: 401, json: {} }));
      expect(report.stop).toBeNull();
    });
  });

  it('takes a rate limit that does not end for no failure of the target', async () => {
    const limited: FakeHandler = () => ({ status: 429, json: {}, headers: { 'retry-after': '0.1' } });
    const target = await platform({ '*': limited });
    const limits = { checkTimeoutMs: 1_000 };
    const report = await runChecks(target, [asksLimits('TST-001')], { limits });
    expect(report.stop).toBeNull();
    expect(report.results[0]).toMatchObject({ verdict: 'unverified', reason: expect.stringContaining('rate limit') });
    expect(toExitCode(report)).toBe(4);
  });

  it('takes silence for a violation when the platform answers others and is silent twice', async () => {
    const target = await platform({ 'GET /users/me/limits': silent });
    const report = await runChecks(target, [asksLimits('TST-001')], { limits: SILENCE });
    expect(report.results[0]).toMatchObject({ verdict: 'fail', expected: 'an answer' });
    expect(target.received.filter((route) => route === 'GET /users/me/limits')).toHaveLength(2);
  });

  it('forgives a connection that breaks once', async () => {
    let breaks = 1;
    const target = await platform({
      'GET /users/me/limits': (_, response) => {
        breaks -= 1;
        return breaks < 0 ? { status: 200, json: {} } : void response.destroy();
      },
    });
    const report = await runChecks(target, [asksLimits('TST-001')]);
    expect(report.results[0]?.verdict).toBe('pass');
  });

  it('stops, and exits 3, when the platform dies in the middle', async () => {
    let alive = true;
    const answersOnce: FakeHandler = (_, response) => {
      if (!alive) return void response.destroy();
      alive = false;
      return { status: 200, json: {} };
    };
    const capacity: FakeHandler = (_, response) => (alive ? { status: 200, json: {} } : void response.destroy());
    const target = await platform({ 'GET /users/me/limits': answersOnce, 'GET /capacity': capacity });
    const report = await runChecks(target, ['TST-001', 'TST-002', 'TST-003'].map(asksLimits));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'harness-error', 'unverified']);
    expect(report.stop?.message).toBe('the target stopped answering during TST-002');
    expect(toExitCode(report)).toBe(3);
  });

  it('ends a check that takes too long as a harness error and goes on', async () => {
    const endless = makeCheck('TST-001', [], () => new Promise(() => {}));
    // What the check has under way is waited for as long as one request may take.
    const limits = { requestTimeoutMs: 1_500, checkTimeoutMs: 100, cleanUpTimeoutMs: 100 };
    const report = await runChecks(await platform(), [endless, makeCheck('TST-002', [], async () => {})], { limits });
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['harness-error', 'pass']);
    expect(report.results[0]?.reason).toBe('the check was not done within 0.1 s');
  });

  it('cleans up when it is interrupted, within the requests that are under way', async () => {
    const interrupt = new AbortController();
    const target = await platform({
      'POST /workspaces': () => ({ status: 201, json: { vm: { id: 'ws-1' } } }),
      'PUT /workspaces/ws-1/ai-config': () => ({ status: 200, json: {} }),
      'DELETE /workspaces/ws-1': () => ({ status: 200, json: { message: 'Deleted.' } }),
    });
    const interrupted = makeCheck('TST-001', [], async ({ workspace, funded }) => {
      await workspace();
      interrupt.abort();
      await funded.get('/users/me/limits');
    });
    const report = await runChecks(target, [interrupted, asksLimits('TST-002')], { signal: interrupt.signal });
    expect(target.received).toContain('DELETE /workspaces/ws-1');
    expect(report.leftBehind).toEqual([]);
    expect(report.stop?.kind).toBe('interrupted');
    expect(toExitCode(report)).toBe(3);
  });

  const makes = makeCheck('TST-001', [], async ({ workspace }) => void (await workspace()));
  const deletes: FakeHandler = () => ({ status: 200, json: { message: 'Deleted.' } });

  it('deletes what was being made when it was interrupted', async () => {
    const interrupt = new AbortController();
    const target = await platform({
      'POST /workspaces': (_, response) => {
        interrupt.abort();
        setTimeout(() => response.writeHead(201).end('{"vm":{"id":"ws-1"}}'), 50);
        return undefined;
      },
      'DELETE /workspaces/ws-1': deletes,
    });
    const report = await runChecks(target, [makes], { signal: interrupt.signal });
    expect(report.stop?.kind).toBe('interrupted');
    expect(target.received).toContain('DELETE /workspaces/ws-1');
    expect(target.received).not.toContain('PUT /workspaces/ws-1/ai-config');
  });

  it('deletes what was made although its answer never came, and nothing of anybody else', async () => {
    const vms: { id: string; name: string }[] = [{ id: 'ws-0', name: 'conformance-of-mine' }];
    const target = await platform({
      'POST /workspaces': ({ bodyText }) => void vms.push({ id: `ws-${vms.length}`, name: JSON.parse(bodyText).name }),
      'GET /workspaces': () => ({ status: 200, json: { vms } }),
      'DELETE /workspaces/ws-1': deletes,
      'DELETE /workspaces/ws-2': deletes,
    });
    await runChecks(target, [makes], { limits: SILENCE });
    expect(target.received.filter((route) => route.startsWith('DELETE'))).toEqual([
      'DELETE /workspaces/ws-1',
      'DELETE /workspaces/ws-2',
    ]);
  });
});

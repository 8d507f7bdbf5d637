import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

/** Another spelling of 127.0.0.1, which the sandbox does not take for the loopback address: no other machine can reach it. */
const SOME_ADDRESS = '127.1';
const ELSEWHERE = 'https://dashboard.test';

/** The answer to a POST that makes an account: with headers that `fetch` would not send. */
function send(url: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = { 'content-type': 'application/json', ...headers };
    const request = httpRequest(url, { method: 'POST', headers: sent }, async (response) => {
      resolve({ status: response.statusCode ?? 0, body: await text(response) });
    });
    request.once('error', reject).end('{"plan":"free"}');
  });
}

const statusFor = async (...request: Parameters<typeof send>) => (await send(...request)).status;
const controlsUrl = ({ controls }: TestSandbox) => controls ?? expect.fail('no controls are served');

describe('the controls of a sandbox on loopback', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it.each([
    ['localhost:8080', 201],
    ['my-app.localhost', 201],
    ['127.0.0.1', 201],
    ['[::1]:8080', 201],
    ['rebound.test', 404],
    ['127.0.0.1.rebound.test', 404],
    ['localhost.rebound.test:8080', 404],
    ['notlocalhost', 404],
    ['192.168.1.7:8080', 404],
    ['[fe80::1]', 404],
    ['not a host', 404],
  ])('answer a request for the host %s with %i', async (host, status) => {
    expect(await statusFor(`${controlsUrl(sandbox)}/accounts`, { host })).toBe(status);
  });

  it('are there for pages of any origin while every provider is a stub', async () => {
    expect(await statusFor(`${controlsUrl(sandbox)}/accounts`, { origin: ELSEWHERE })).toBe(201);
  });

  it('say why they are hidden, and hide nothing else', async () => {
    const at = (path: string) => send(new URL(path, sandbox.control_plane).href, { host: 'rebound.test' });
    expect((await at('/sandbox/v1/reset')).body).toContain('--open-controls');
    expect(await at('/nowhere')).toMatchObject({ status: 404, body: expect.not.stringContaining('controls') });
    expect((await at('/api/v1/workspaces')).status).toBe(401);
  });
});

it('the controls are there for pages of this machine alone once a provider has a real key, whose money is real', async () => {
  const sandbox = await startTestSandbox({ RIGKIT_OPENAI_API_KEY: 'sk-real' });
  const accounts = `${controlsUrl(sandbox)}/accounts`;
  expect(await statusFor(accounts, { origin: ELSEWHERE })).toBe(404);
  expect(await statusFor(accounts, { origin: 'null' })).toBe(404);
  expect(await statusFor(accounts, { origin: 'http://localhost:5173' })).toBe(201);
  expect(await statusFor(accounts, {})).toBe(201);
  await sandbox.close();
});

describe('the controls of a sandbox on another address', () => {
  it('are not served', async () => {
    const sandbox = await startTestSandbox({ RIGKIT_HOST: SOME_ADDRESS });
    expect(sandbox.controls).toBeNull();
    expect(await statusFor(new URL('/sandbox/v1/accounts', sandbox.control_plane).href, {})).toBe(404);
    await sandbox.close();
  });

  it('are served with --open-controls, for any host and to any page', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-access-'));
    const flags = ['--host', SOME_ADDRESS, '--port', '0', '--proxy-port', '0', '--data-dir', dataDir];
    const env = { RIGKIT_OPENAI_API_KEY: 'sk-real', HOME: dataDir };
    const running = await start(
      process.execPath,
      ['cli/main.ts', 'sandbox', '--open-controls', ...flags],
      /^ready: /m,
      {
        env,
      },
    );
    const { controls } = JSON.parse(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
    const headers = { host: 'build-server.test', origin: ELSEWHERE };
    expect(await statusFor(`${controls}/accounts`, headers)).toBe(201);
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});

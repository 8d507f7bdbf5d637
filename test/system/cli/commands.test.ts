import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxDescription } from '../../../cli/sandbox-file.ts';
import { type Running, type RunOptions, run, start } from '../../harness/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-commands-'));
const dataDir = join(folder, 'data');
const home = join(folder, 'home');
const freePorts = ['--port', '0', '--proxy-port', '0'];
const rigkit = (args: readonly string[], options: RunOptions = {}) =>
  run(process.execPath, ['cli/main.ts', ...args], { ...options, env: { HOME: home, ...options.env } });
const startRigkit = (...args: readonly string[]) => start(process.execPath, ['cli/main.ts', ...args], /^ready: /m);

let sandbox: Running;
let description: SandboxDescription;
beforeAll(async () => {
  sandbox = await startRigkit('sandbox', ...freePorts, '--data-dir', dataDir);
  description = JSON.parse(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
});
afterAll(async () => {
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('rigkit sandbox', () => {
  it('serves the reference beside the API', async () => {
    const page = await fetch(`${new URL(description.control_plane).origin}/docs/control-plane.html`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('ai-config');
  });

  it('says nothing before its welcome, and logs the calls that come after it', async () => {
    const [first] = sandbox.output().trimStart().split('\n');
    expect(first).toBe('rigkit sandbox');
    await fetch(`${description.control_plane}/capacity`);
    await expect.poll(sandbox.output).toMatch(/^ready: .*\n[\s\S]*"operation":"getCapacity"/m);
  });

  it('keeps what it writes for its user alone', () => {
    for (const file of ['sandbox.json', 'conformance.json', 'secret.key']) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps accounts and keys over a restart, and makes new ones when it is reset', async () => {
    const own = join(folder, 'again');
    const accountsAfter = async (...args: readonly string[]) => {
      const running = await startRigkit('sandbox', ...freePorts, '--data-dir', own, ...args);
      expect(await running.stop()).toBe(0);
      return JSON.parse(readFileSync(join(own, 'sandbox.json'), 'utf8')).accounts;
    };
    const first = await accountsAfter();
    expect(await accountsAfter()).toEqual(first);
    expect(await accountsAfter('--reset')).not.toEqual(first);
  });
});

describe('a start that fails', () => {
  it.each([
    ['sandbox', 'the control plane', '--port', '--proxy-port'],
    ['sandbox', 'the proxy', '--proxy-port', '--port'],
    ['serve', 'the proxy', '--proxy-port', '--port'],
  ])('of %s with the port of %s taken ends by itself with exit code 1', async (command, _, taken, free) => {
    const { port } = new URL(description.proxy);
    const env = { RIGKIT_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'), RIGKIT_OPENAI_API_KEY: 'sk-x' };
    const args = [command, taken, port, free, '0', '--data-dir', join(folder, `taken-${command}${taken}`)];
    const failed = await rigkit(args, { env });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('EADDRINUSE') });
  });
});

describe('rigkit proxy', () => {
  it('prints lines with which a shell reaches the proxy, keeps them for new shells, and takes them back', async () => {
    const on = await rigkit(['proxy', 'on', '--data-dir', dataDir]);
    expect(on.code).toBe(0);
    const ask = `curl -s "$OPENAI_BASE_URL/models" -H "Authorization: Bearer $OPENAI_API_KEY" -o /dev/null -w '%{http_code}'`;
    expect((await run('sh', ['-c', `${on.stdout}\n${ask}`])).stdout).toBe('200');
    const kept = join(home, '.rigbox', 'proxy.env');
    expect(readFileSync(kept, 'utf8')).toBe(on.stdout);
    expect(statSync(kept).mode & 0o777).toBe(0o600);

    const off = await rigkit(['proxy', 'off', '--data-dir', dataDir]);
    expect((await run('sh', ['-c', `${on.stdout}\n${off.stdout}\nenv`])).stdout).not.toMatch(/rb_ws_/);
  });

  it('shows endpoints, shell state and balance', async () => {
    const args = ['proxy', 'status', '--json', '--data-dir', dataDir];
    const workspace = description.accounts.other.workspace_id;
    expect(JSON.parse((await rigkit([...args, '--workspace', workspace])).stdout)).toMatchObject({
      openai: `${description.proxy}/v1`,
      shell: 'off',
      remaining_micro: 250_000_000,
    });
  });
});

describe('the operator', () => {
  it('creates an account whose key the control plane takes, and mints a workspace key that the proxy takes', async () => {
    const created = await rigkit([
      'account',
      'create',
      '--plan',
      'free',
      '--credits',
      '7',
      '--json',
      '--data-dir',
      dataDir,
    ]);
    const { api_key } = JSON.parse(created.stdout);
    const credits = await fetch(`${description.control_plane}/users/me/credits`, {
      headers: { authorization: `Bearer ${api_key}` },
    });
    expect(await credits.json()).toMatchObject({ remaining_micro: 7_000_000, total_micro: 7_000_000 });

    const { workspace_id } = description.accounts.funded;
    const minted = await rigkit(['workspace', 'key', 'create', workspace_id, '--json', '--data-dir', dataDir]);
    const { workspace_key } = JSON.parse(minted.stdout);
    const models = await fetch(`${description.proxy}/v1/models`, {
      headers: { authorization: `Bearer ${workspace_key}` },
    });
    expect(models.status).toBe(200);
    const listed = await rigkit(['account', 'list', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(listed.stdout)).toHaveLength(4);
    expect(listed.stdout).not.toContain(api_key);
  });
});

describe('rigkit serve', () => {
  const secret = Buffer.alloc(32, 1).toString('base64');
  it.each([
    ['no secret key', { RIGKIT_OPENAI_API_KEY: 'sk-x' }, 'RIGKIT_SECRET_KEY: not set'],
    ['no provider', { RIGKIT_SECRET_KEY: secret }, 'no provider'],
    ['an unknown setting', { RIGKIT_PROT: '1' }, 'RIGKIT_PROT: no such setting'],
    [
      'a prices file that is not there',
      { RIGKIT_SECRET_KEY: secret, RIGKIT_OPENAI_API_KEY: 'sk-x', RIGKIT_PRICES_FILE: 'no.json' },
      'RIGKIT_PRICES_FILE',
    ],
  ])('does not start with %s: one line, exit code 2, nothing written', async (_, env, words) => {
    const data = join(folder, 'never');
    const refused = await rigkit(['serve', ...freePorts, '--data-dir', data], { env });
    expect(refused.code).toBe(2);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).toContain(words);
    expect(existsSync(data)).toBe(false);
  });

  it('starts without demo data and ends cleanly when it is told to', async () => {
    const data = join(folder, 'production');
    const env = { RIGKIT_SECRET_KEY: secret, RIGKIT_OPENAI_API_KEY: 'sk-x', RIGKIT_DATA_DIR: data, HOME: home };
    const running = await start(process.execPath, ['cli/main.ts', 'serve', ...freePorts], /^ready: /m, { env });
    expect(await running.stop()).toBe(0);
    expect(JSON.parse((await rigkit(['account', 'list', '--json', '--data-dir', data])).stdout)).toEqual([]);
  });

  it('has no sandbox controls, and lets no page of another origin read its answers', async () => {
    const data = join(folder, 'closed');
    const env = { RIGKIT_SECRET_KEY: secret, RIGKIT_OPENAI_API_KEY: 'sk-x', RIGKIT_DATA_DIR: data, HOME: home };
    const running = await start(process.execPath, ['cli/main.ts', 'serve', ...freePorts], /^ready: /m, { env });
    const [, controlPlane = '', proxy] = /control plane (\S+), proxy (\S+)/.exec(running.output()) ?? [];
    const headers = { origin: 'https://dashboard.test', 'content-type': 'application/json' };
    const answers = await Promise.all([
      fetch(new URL('/sandbox/v1/accounts', controlPlane), { method: 'POST', headers, body: '{"plan":"pro"}' }),
      fetch(new URL('/sandbox/v1/reset', controlPlane), { method: 'POST' }),
      fetch(`${controlPlane}/capacity`, { headers }),
      fetch(`${proxy}/v1/models`, { headers }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 200, 401]);
    expect(answers.map((answer) => answer.headers.get('access-control-allow-origin'))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await running.stop()).toBe(0);
  });
});

describe('rigkit mock', () => {
  it('answers 402 when preferred, 400 for an unknown field, under the base path and in the envelope', async () => {
    const mock = await startRigkit('mock', '--port', '0');
    const [, base, proxy] = /control plane (\S+), proxy (\S+)/.exec(mock.output()) ?? [];
    const headers = { authorization: 'Bearer rb_x', 'content-type': 'application/json' };
    const post = (url: string, body: object, more = {}) =>
      fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
    const chat = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };
    const refused = await post(`${proxy}/v1/chat/completions`, chat, { prefer: 'code=402' });
    expect([refused.status, await refused.json()]).toMatchObject([402, { error: { code: 'insufficient_credits' } }]);
    const unknown = await fetch(`${base}/workspaces/ws-1/ai-config`, { method: 'PUT', headers, body: '{"modle":"x"}' });
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { error: { details: [{ pointer: '/modle' }] } },
    ]);
    expect(base).toMatch(/\/api\/v1$/);
    expect(await mock.stop()).toBe(0);
  });
});

describe('rigkit ledger', () => {
  it('proves the books of a running platform', async () => {
    const proof = await rigkit(['ledger', 'verify', '--json', '--data-dir', dataDir]);
    expect(proof.code).toBe(0);
    expect(JSON.parse(proof.stdout)).toMatchObject({ in_order: true, violations: [] });
  });
});

describe('bad input', () => {
  it.each([
    [['account', 'create', '--plan', 'gold'], '--plan: expected free or pro'],
    [['account', 'create', '--plan', 'free', '--credits', '1.5'], '--credits: expected a whole number'],
    [['workspace', 'key', 'create', 'ws-nobody'], 'no workspace "ws-nobody"'],
    [['prices', 'gpt-4o', '--provider', 'acme'], '--provider: expected openai'],
    [['sandboxx'], "unknown command 'sandboxx'; Did you mean sandbox?"],
    [['sandbox', '--prot', '1'], "unknown option '--prot'; Did you mean --port?"],
    [['account', 'create'], "required option '--plan <plan>' not specified; rigkit COMMAND --help shows"],
  ])('%j exits 2 and says what is wrong in one line', async (args, words) => {
    const data = args[0] === 'sandboxx' || args[0] === 'prices' || args[1] === '--prot' ? [] : ['--data-dir', dataDir];
    const refused = await rigkit([...args, ...data]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^rigkit: .*\n$/);
    expect(refused.stderr).toContain(words);
  });

  it('--help of every command exits 0', async () => {
    const commands = [
      'sandbox',
      'serve',
      'mock',
      'conformance',
      'account',
      'workspace',
      'proxy',
      'docs',
      'ledger',
      'prices',
      'secrets',
    ];
    const helped = await Promise.all(commands.map((command) => rigkit([command, '--help'])));
    expect(helped.map(({ code }) => code)).toEqual(commands.map(() => 0));
  });
});

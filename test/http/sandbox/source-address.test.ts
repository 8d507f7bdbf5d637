import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoName } from '../../../cli/sandbox-file.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

/** All of 127.0.0.0/8 is this machine, so that a test can call from any address of it. */
const NETWORK = { RIGKIT_WORKSPACE_NETWORK: '127.77.0.0/16' };
const PLACEHOLDER = { authorization: 'Bearer managed-by-rigbox' };
const KEYLESS = {};

const chat = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] });

interface ChatOutcome {
  readonly status: number;
  readonly costMicro: number;
}

function callFrom(
  sandbox: TestSandbox,
  localAddress: string,
  headers: Readonly<Record<string, string>>,
): Promise<ChatOutcome> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', localAddress, headers: { 'content-type': 'application/json', ...headers } };
    const call = request(`${sandbox.proxy}/v1/chat/completions`, options, (response) => {
      const costMicro = Number(response.headers['x-rigbox-cost-micro'] ?? 0);
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, costMicro }));
    });
    call.on('error', reject).end(chat);
  });
}

async function workspaceAddress(sandbox: TestSandbox, name: DemoName): Promise<string> {
  const id = sandbox.accounts[name].workspace_id;
  const { data } = await sandbox.as(name).GET('/workspaces/{id}', { params: { path: { id } } });
  return data?.vm.ip_address ?? '';
}

describe('a workspace that calls without a key, where source addresses are trusted', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox({ ...NETWORK, RIGKIT_TRUST_SOURCE_ADDRESS: 'on' });
  });
  afterAll(() => sandbox?.close());

  it('has an address of its own in the network', async () => {
    const addresses = await Promise.all(
      (['funded', 'exhausted', 'other'] as const).map((name) => workspaceAddress(sandbox, name)),
    );
    for (const address of addresses) expect(address).toMatch(/^127\.77\.\d+\.\d+$/);
    expect(new Set(addresses).size).toBe(3);
  });

  it.each([
    ['the placeholder as bearer', PLACEHOLDER],
    ['the placeholder where Anthropic puts its key', { 'x-api-key': 'managed-by-rigbox' }],
    ['no key at all', KEYLESS],
  ])('is recognised with %s, and charged', async (_, headers) => {
    const before = await sandbox.remainingMicro('funded');
    const { status, costMicro } = await callFrom(sandbox, await workspaceAddress(sandbox, 'funded'), headers);
    expect(status).toBe(200);
    expect(costMicro).toBeGreaterThan(0);
    expect(await sandbox.remainingMicro('funded')).toBe(before - costMicro);
  });

  it('is taken for none but itself', async () => {
    expect((await callFrom(sandbox, await workspaceAddress(sandbox, 'exhausted'), PLACEHOLDER)).status).toBe(402);
  });

  it.each(['127.0.0.1', '127.77.200.200', '127.78.0.2'])('is unknown at %s', async (address) => {
    const calls = (await sandbox.stubCalls()).length;
    for (const headers of [PLACEHOLDER, KEYLESS]) {
      expect((await callFrom(sandbox, address, headers)).status).toBe(401);
    }
    expect(await sandbox.stubCalls()).toHaveLength(calls);
  });

  it('is identified by its key at any address, and unknown with a wrong key', async () => {
    const { workspace_key } = sandbox.accounts.other;
    const funded = await workspaceAddress(sandbox, 'funded');
    const before = await sandbox.remainingMicro('funded');
    expect((await callFrom(sandbox, funded, { authorization: `Bearer ${workspace_key}` })).status).toBe(200);
    expect((await callFrom(sandbox, funded, { authorization: 'Bearer rb_ws_made-up' })).status).toBe(401);
    expect(await sandbox.remainingMicro('funded')).toBe(before);
  });

  it('is unknown once it is deleted', async () => {
    const made = await sandbox.as('funded').POST('/workspaces', { body: { name: 'short-lived' } });
    const { id, ip_address } = made.data?.vm ?? {};
    expect((await callFrom(sandbox, ip_address ?? '', PLACEHOLDER)).status).toBe(200);
    await sandbox.as('funded').DELETE('/workspaces/{id}', { params: { path: { id: id ?? '' } } });
    expect((await callFrom(sandbox, ip_address ?? '', PLACEHOLDER)).status).toBe(401);
  });
});

describe('a workspace that calls without a key, where source addresses are not trusted', () => {
  it('is unknown', async () => {
    const sandbox = await startTestSandbox(NETWORK);
    try {
      const address = await workspaceAddress(sandbox, 'funded');
      for (const headers of [PLACEHOLDER, KEYLESS]) {
        expect((await callFrom(sandbox, address, headers)).status).toBe(401);
      }
      expect(await sandbox.stubCalls()).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });
});

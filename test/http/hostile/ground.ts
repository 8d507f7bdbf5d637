import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createTenant, type Tenant } from '../../harness/accounts.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import { HANGS_MS } from '../../harness/wait.ts';

/** A platform on sockets that nothing may harm. */
export interface TestPlatform {
  readonly site: Site;
  readonly tenant: Tenant;
  readonly proxyPort: number;
  readonly controlPlanePort: number;
  /** What must not stand in any answer. */
  readonly secrets: readonly string[];
}

export const CHAT = '/v1/chat/completions';
export const chat = { model: 'gpt-4o-mini', max_tokens: 100, messages: [{ role: 'user', content: 'Hello there' }] };

const CREDITS_MICRO = 5_000_000_000n;

/**
 * A platform for the tests of a file. After each of them nothing was forwarded, nothing is charged or reserved, the books are
 * right, no fault was logged, and the next good call is answered and charged.
 */
export function useTestPlatform(): TestPlatform {
  let platform: TestPlatform | undefined;
  beforeAll(async () => {
    const site = await openSite();
    const tenant = await createTenant(site.store, 'hostile', CREDITS_MICRO);
    const secrets = ['sk-soak-openai', 'sk-ant-soak', 'AIza-soak', tenant.workspaceKey, tenant.apiKey, site.dataDir];
    const proxyPort = Number(new URL(site.proxy).port);
    const controlPlanePort = Number(new URL(site.controlPlane).port);
    platform = { site, tenant, secrets, proxyPort, controlPlanePort };
  });
  afterEach(() => platform && expectUnharmed(platform));
  afterAll(() => platform?.site.close());
  const get = () => {
    if (platform === undefined) throw new Error('the platform is laid in beforeAll');
    return platform;
  };
  return {
    get site() {
      return get().site;
    },
    get tenant() {
      return get().tenant;
    },
    get proxyPort() {
      return get().proxyPort;
    },
    get controlPlanePort() {
      return get().controlPlanePort;
    },
    get secrets() {
      return get().secrets;
    },
  };
}

async function expectUnharmed({ site, tenant }: TestPlatform): Promise<void> {
  const { store, stub } = site;
  const forwarded = stub.calls.map(({ path }) => path);
  stub.reset();
  expect(forwarded, 'what was forwarded').toEqual([]);
  expect(await store.openHolds(), 'what is still reserved').toEqual([]);
  const readCharges = async () => (await store.ledger(tenant.accountId)).filter(({ kind }) => kind === 'charge');
  const before = await readCharges();
  const headers = { authorization: `Bearer ${tenant.workspaceKey}`, 'content-type': 'application/json' };
  const answer = await fetch(site.proxy + CHAT, { method: 'POST', headers, body: JSON.stringify(chat) });
  stub.reset();
  expect(answer.status, 'the next good call').toBe(200);
  const cost = BigInt(answer.headers.get('x-rigbox-cost-micro') ?? -1);
  const charged = (await readCharges()).slice(before.length).map(({ amountMicro }) => amountMicro);
  expect(charged, 'what is charged, beside the good calls').toEqual([-cost]);
  for (const { ledgerMicro, remainingMicro, openHoldsMicro } of await store.books()) {
    expect(ledgerMicro - remainingMicro - openHoldsMicro, 'the books').toBe(0n);
  }
  expect(
    site.log.filter((line) => /"level":"(?:error|fatal)"/.test(line)),
    'faults in the log',
  ).toEqual([]);
}

/** Writes the bytes as they are; all that came back until the server hung up, or did not for too long. */
export function speak(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes as string, 'latin1'));
    let said = '';
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the server does not hang up; it said ${said.slice(0, 500)}`));
    }, HANGS_MS);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
    });
    // Cut off in the middle of what is sent: that is an answer too.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(late);
      resolve(said);
    });
  });
}

/** A request with these lines in its head, `Host` and `Connection: close` among them unless it is said otherwise. */
export function requestText(start: string, lines: readonly string[], body = ''): string {
  return [start, 'Host: rigkit', 'Connection: close', ...lines, '', body].join('\r\n');
}

export function bearer({ workspaceKey }: Tenant): string {
  return `Authorization: Bearer ${workspaceKey}`;
}

/** One refusal with a JSON error and no secret in it, or a connection that was cut without a word. Answers its status. */
export function expectRefused(said: string, secrets: readonly string[]): number | undefined {
  for (const secret of secrets) expect(said, 'a secret in the answer').not.toContain(secret);
  if (said === '') return undefined;
  const statuses = [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  expect(statuses, said).toHaveLength(1);
  const [status = 0] = statuses;
  expect(status, said).toBeGreaterThanOrEqual(400);
  expect(status, said).toBeLessThan(500);
  const body: unknown = JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4));
  expect(body).toMatchObject({ error: { message: expect.any(String) } });
  return status;
}

import { connect } from 'node:net';
import { expect } from 'vitest';
import { createTenant, type Tenant } from '../../harness/accounts.ts';
import { CHAT, chat, expectExactBooks } from '../../harness/books.ts';
import { useFixture } from '../../harness/fixture.ts';
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

const CREDITS_MICRO = 5_000_000_000n;

/**
 * A platform for the tests of a file. After each of them nothing was forwarded, nothing is charged or reserved, the books are
 * right, no fault was logged, and the next good call is answered and charged.
 */
export function useTestPlatform(): TestPlatform {
  const open = async () => {
    const site = await openSite();
    const tenant = await createTenant(site.store, 'hostile', CREDITS_MICRO);
    const secrets = ['sk-soak-openai', 'sk-ant-soak', 'AIza-soak', tenant.workspaceKey, tenant.apiKey, site.dataDir];
    const [proxyPort, controlPlanePort] = [site.proxy, site.controlPlane].map((url) => Number(new URL(url).port));
    return { site, tenant, secrets, proxyPort: proxyPort ?? 0, controlPlanePort: controlPlanePort ?? 0 };
  };
  return useFixture(open, expectUnharmed, ({ site }) => site.close());
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
  await expectExactBooks(store);
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

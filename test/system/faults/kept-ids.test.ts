import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTenant, PLENTY_MICRO, type Tenant } from '../../harness/accounts.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import { newTestDatabase } from '../../harness/postgres/test-database.ts';

interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

async function newFile(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-kept-ids-'));
  return { url: `file:${join(folder, 'store.sqlite')}`, remove: async () => rmSync(folder, { recursive: true }) };
}

async function newPostgres(): Promise<Place> {
  const { url, drop } = await newTestDatabase();
  return { url, remove: drop };
}

function ask({ proxy }: Site, { workspaceKey }: Tenant, more: object = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${workspaceKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ model: 'gpt-4o-mini', input: 'Hello', max_output_tokens: 16, ...more });
  return fetch(`${proxy}/v1/responses`, { method: 'POST', headers, body });
}

describe.each([
  ['SQLite', newFile],
  ['PostgreSQL', newPostgres],
] as const)('a response that is stored under the key of the platform, with %s', (_engine, newPlace) => {
  it('is of the workspace that got it, after a restart too, and of none when that is deleted', async () => {
    const place = await newPlace();
    const open = () => openSite({ settings: () => ({ RIGKIT_DATABASE_URL: place.url }) });
    const before = await open();
    const victim = await createTenant(before.store, 'victim', PLENTY_MICRO);
    const attacker = await createTenant(before.store, 'attacker', PLENTY_MICRO);
    const stream = await (await ask(before, victim, { stream: true })).text();
    const id = /response\.created.*?"id":"(resp[^"]+)"/s.exec(stream)?.[1];
    expect(id).toBeTypeOf('string');
    const continued = { previous_response_id: id };
    const statuses = async (site: Site) => [
      (await ask(site, victim, continued)).status,
      (await ask(site, attacker, continued)).status,
    ];
    expect(await statuses(before)).toEqual([200, 404]);
    await before.close();
    const after = await open();
    expect(await statuses(after)).toEqual([200, 404]);
    expect(after.stub.calls).toHaveLength(1);
    await after.store.deleteWorkspace(victim.accountId, victim.workspaceId, Date.now());
    expect(await after.store.findProviderIds('openai', [id ?? ''])).toEqual(new Map());
    await after.close();
    await place.remove();
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { addSecrets } from '../../../cli/commands/secrets.ts';
import { createAccountWithKey } from '../../../cli/provisioning.ts';
import { createControlPlaneClient } from '../../../client/index.ts';
import { commandsHere } from '../../harness/commands.ts';
import { openSite, type Site } from '../../harness/platform.ts';

const OWN_KEYS = ['sk-own-first', 'sk-own-second'] as const;
const [oldSecret, newSecret, strange] = [1, 2, 3].map(() => randomBytes(32).toString('base64'));
const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-secrets-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

let site: Site | undefined;
async function restart(current = '', previous = ''): Promise<Site> {
  await site?.close();
  const secrets = { RIGKIT_SECRET_KEY: current, RIGKIT_SECRET_KEYS_PREVIOUS: previous };
  site = await openSite({ settings: () => ({ RIGKIT_DATA_DIR: dataDir, ...secrets }) });
  return site;
}
afterAll(() => site?.close());

const rigkit = commandsHere(addSecrets);
function rotate(current = '', previous = '') {
  vi.stubEnv('RIGKIT_SECRET_KEY', current);
  vi.stubEnv('RIGKIT_SECRET_KEYS_PREVIOUS', previous);
  return rigkit('secrets', 'rotate', '--json', '--data-dir', dataDir);
}

const workspaces: { readonly id: string; readonly key: string }[] = [];
beforeAll(async () => {
  const { store, controlPlane } = await restart(oldSecret);
  const { apiKey } = await createAccountWithKey(store, { name: 'Ann', plan: 'pro', monthlyCreditsMicro: null });
  const client = createControlPlaneClient({ baseUrl: controlPlane, apiKey });
  for (const own of OWN_KEYS) {
    const { data } = await client.POST('/workspaces', { body: { name: own } });
    const id = data?.vm.id ?? '';
    const body = { mode: 'byok', provider: 'openai', api_key: own } as const;
    await client.PUT('/workspaces/{id}/ai-config', { params: { path: { id } }, body });
    workspaces.push({ id, key: data?.workspace_key ?? '' });
  }
});

/** The keys with which the provider is called for the workspaces, and the refusals of those that are not. */
async function keysInUse({ proxy, stub }: Site): Promise<readonly (string | number)[]> {
  const seen: (string | number)[] = [];
  for (const { key } of workspaces) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}';
    const { status } = await fetch(`${proxy}/v1/chat/completions`, { method: 'POST', headers, body });
    seen.push(status === 200 ? String(stub.calls.at(-1)?.headers.authorization).replace('Bearer ', '') : status);
  }
  return seen;
}

it('changes nothing, and names the workspaces, where no secret given opens their keys', async () => {
  const refused = await rotate(newSecret, strange);
  expect(refused.code).toBe(1);
  const unopened = workspaces.map(({ id }) => id).toSorted();
  expect(JSON.parse(refused.stdout)).toMatchObject({ resealed: 0, unopened });
  expect(await keysInUse(await restart(oldSecret))).toEqual(OWN_KEYS);
});

it('seals every key anew beside a running platform, which then needs the old secret no more', async () => {
  const running = await restart(newSecret, oldSecret);
  expect(await keysInUse(running)).toEqual(OWN_KEYS);
  const rotated = await rotate(newSecret, oldSecret);
  expect(rotated, rotated.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(rotated.stdout)).toMatchObject({ resealed: 2, unopened: [] });
  expect(rotated.stdout).not.toMatch(/sk-own/);
  expect(await keysInUse(running)).toEqual(OWN_KEYS);
  expect(await keysInUse(await restart(newSecret))).toEqual(OWN_KEYS);
  expect(JSON.parse((await rotate(newSecret, oldSecret)).stdout)).toMatchObject({ resealed: 0 });
});

it('is refused without a secret, and shows none', async () => {
  const refused = await rotate('', oldSecret);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^rigkit: RIGKIT_SECRET_KEY: not set/);
  expect(refused.stderr).not.toContain(oldSecret);
});

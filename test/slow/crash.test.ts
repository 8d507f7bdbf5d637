import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { addLedger } from '../../cli/commands/ledger.ts';
import type { SandboxDescription } from '../../cli/sandbox-file.ts';
import { commandsHere } from '../harness/commands.ts';
import { type Running, start } from '../harness/processes.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-crashed-'));
let sandbox: Running | undefined;
afterAll(async () => {
  await sandbox?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const flags = ['--data-dir', dataDir];
const rigkit = commandsHere(addLedger);
const ledger = (...args: readonly string[]) => rigkit('ledger', ...args, ...flags);
const holds = async () => JSON.parse((await ledger('holds', '--json')).stdout);

async function startSandbox(): Promise<SandboxDescription> {
  const args = ['cli/main.ts', 'sandbox', '--port', '0', '--proxy-port', '0', ...flags];
  sandbox = await start(process.execPath, args, /^ready: /m);
  return JSON.parse(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
}

async function remainingMicro({ control_plane, accounts }: SandboxDescription): Promise<number> {
  const headers = { authorization: `Bearer ${accounts.funded.api_key}` };
  const credits = await fetch(`${control_plane}/users/me/credits`, { headers });
  return ((await credits.json()) as { remaining_micro: number }).remaining_micro;
}

it('a platform that is killed in the middle of a call finds its hold at the next start, for the operator to resolve', async () => {
  const first = await startSandbox();
  const before = await remainingMicro(first);
  const respond = { delayMs: { beforeHeaders: 60_000 } };
  await fetch(`${first.stub}/_stub/scripts`, { method: 'POST', body: JSON.stringify({ respond }) });
  const call = fetch(`${first.proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${first.accounts.funded.workspace_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
  }).catch((error: unknown) => error);
  await expect.poll(() => remainingMicro(first)).not.toBe(before);
  const held = before - (await remainingMicro(first));
  const [hold] = await holds();
  expect(hold).toMatchObject({ state: 'held', reason: null, amount_micro: held });
  const release = ['reconcile', '--hold', hold.hold_id, '--release', '--reason', 'the stub was never asked'];
  expect(await ledger(...release)).toMatchObject({ code: 1, stderr: expect.stringContaining('a process is at work') });

  await sandbox?.stop('SIGKILL');
  expect(await call).toBeInstanceOf(Error);
  const second = await startSandbox();
  await expect.poll(() => sandbox?.output()).toContain('holds of a process that ended are uncertain now');
  expect(await holds()).toMatchObject([{ hold_id: hold.hold_id, state: 'uncertain', reason: 'process ended' }]);
  expect(await remainingMicro(second)).toBe(before - held);

  expect(await ledger(...release)).toMatchObject({ code: 0 });
  expect(await remainingMicro(second)).toBe(before);
  expect(await ledger('verify')).toMatchObject({ code: 0 });
});

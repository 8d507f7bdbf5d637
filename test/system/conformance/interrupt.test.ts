import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../../cli/sandbox/start-sandbox.ts';
import { type FakeHandler, startFakePlatform } from '../../../conformance/fixtures/fake-platform.ts';
import { reportFiles } from '../../../conformance/index.ts';
import { start } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-interrupt-'));
const conformance = ['cli/main.ts', 'conformance'];
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  // Not what a platform starts with: what is put back must be what was there.
  await sandbox.as('funded').PUT('/users/me/ai-defaults', { body: { default_provider: 'anthropic' } });
});
afterAll(async () => {
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All that a run might leave on the platform. */
async function state() {
  const accounts = ['funded', 'exhausted', 'other'] as const;
  return Promise.all(
    accounts.map(async (name) => {
      const [workspaces, keys, defaults] = await Promise.all([
        sandbox.as(name).GET('/workspaces'),
        sandbox.as(name).GET('/api-keys'),
        sandbox.as(name).GET('/users/me/ai-defaults'),
      ]);
      const ids = workspaces.data?.vms.map(({ id }) => id);
      return { ids, keys: keys.data?.api_keys.map(({ id }) => id), defaults: defaults.data };
    }),
  );
}

describe('rigkit conformance, interrupted', () => {
  it.each<[NodeJS.Signals, string]>([
    ['SIGINT', 'AIC-001'],
    ['SIGTERM', 'DEF-001'],
  ])('by %s after %s, leaves the platform as it was and reports what it saw', async (signal, id) => {
    const before = await state();
    const reports = join(folder, id);
    const args = ['--config', conformanceFile(sandbox.dataDir), '--report-dir', reports];
    const running = await start(process.execPath, [...conformance, ...args], new RegExp(`pass +${id}`));
    expect(await running.stop(signal)).toBe(3);
    expect(running.output()).toContain('stopped: the run was interrupted');
    expect(await state()).toEqual(before);
    const report = JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ stop: { kind: 'interrupted' }, outcome: 'failed', leftBehind: [] });
    const verdicts = report.results.map(({ verdict }: { verdict: string }) => verdict);
    expect(verdicts).toContain('pass');
    expect(verdicts.at(-1)).toBe('unverified');
    for (const name of reportFiles) expect(readFileSync(join(reports, name), 'utf8')).not.toBe('');
    expect(readFileSync(join(reports, 'badge.svg'), 'utf8')).toContain('no verdict');
  });

  it('ends at once on a second Ctrl-C, though the platform hangs', async () => {
    const silent: FakeHandler = () => undefined;
    const platform = await startFakePlatform({ 'GET /users/me/ai-defaults': silent, 'POST /workspaces': silent });
    const file = join(folder, 'hangs.json');
    writeFileSync(file, JSON.stringify(platform.config));
    const child = spawn(process.execPath, [...conformance, '--config', file, '--only', 'AIC-001']);
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const ended = once(child, 'exit');
    while (!platform.received.includes('POST /workspaces')) await sleep(20);
    child.kill('SIGINT');
    while (!output.includes('rigkit: interrupted')) await sleep(20);
    child.kill('SIGINT');
    // A run that goes on to its end has another code.
    expect(await ended).toEqual([130, null]);
    await platform.close();
  });
});

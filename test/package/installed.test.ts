import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run, start } from '../processes.ts';

/** What a user of the published package does: packs, installs into an empty folder, and goes to work there. */
const folder = mkdtempSync(join(tmpdir(), 'rigkit-installed-'));
const rigkit = join(folder, 'node_modules', '.bin', 'rigkit');
const dataDir = join(folder, 'data');
let sandbox: Running;

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { timeoutMs: 180_000 });
  expect(packed.stderr).not.toMatch(/npm error/);
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n')));
  writeFileSync(join(folder, 'package.json'), '{"name":"a-platform","private":true,"type":"module"}');
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', `./${filename}`], {
    cwd: folder,
    timeoutMs: 240_000,
  });
  expect(installed).toMatchObject({ code: 0 });
  sandbox = await start(rigkit, ['sandbox', '--port', '0', '--proxy-port', '0', '--data-dir', dataDir], /ready/i, {
    cwd: folder,
  });
}, 480_000);

afterAll(async () => {
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Compiles a user's file against the installed package, as strictly as a user may. */
function typeCheck(source: string) {
  writeFileSync(join(folder, 'use.ts'), source);
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--exactOptionalPropertyTypes',
  ];
  return run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...options, 'use.ts'], { cwd: folder });
}

describe('the package, installed into an empty folder', () => {
  it('runs the conformance suite against the sandbox that it runs', async () => {
    const finished = await run(rigkit, ['conformance', '--config', join(dataDir, 'conformance.json')], {
      cwd: folder,
      timeoutMs: 120_000,
    });
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
  }, 130_000);

  it('type-checks a file that uses the client, and objects to a field the contract does not have', async () => {
    const good = `
      import { createControlPlaneClient } from 'rigkit/client';
      const client = createControlPlaneClient({ baseUrl: 'http://127.0.0.1/api/v1', apiKey: 'rb_x' });
      const { data, error } = await client.PUT('/workspaces/{id}/ai-config', {
        params: { path: { id: 'ws-1' } }, body: { model: null },
      });
      const status: 'managed_active' | 'byok_active' | 'invalid_missing_key' | undefined = data?.status;
      console.log(status, error?.error.code);
    `;
    expect(await typeCheck(good)).toMatchObject({ code: 0, stdout: '' });
    expect((await typeCheck(good.replace('model: null', 'modle: null'))).stdout).toContain('modle');
  }, 60_000);

  it('type-checks the example of a platform of your own, with the package in place of the sources', async () => {
    const example = readFileSync('examples/own-platform.ts', 'utf8');
    const source = example
      .replace("'../server/index.ts'", "'rigkit/server'")
      .replace("'../server/proxy/index.ts'", "'rigkit/metering-proxy'");
    expect(source).not.toContain('../');
    expect(await typeCheck(source)).toMatchObject({ code: 0, stdout: '' });
  }, 60_000);

  it('gives every export that the manifest names', async () => {
    const { exports } = JSON.parse(readFileSync(join(folder, 'node_modules/rigkit/package.json'), 'utf8'));
    const names = Object.keys(exports).filter((name) => name !== './mocks/msw');
    const lines = names.map((name) => {
      const attributes = name.endsWith('.json') ? ", { with: { type: 'json' } }" : '';
      return `if (Object.keys(await import('rigkit/${name.slice(2)}'${attributes})).length === 0) throw new Error('${name}');`;
    });
    writeFileSync(join(folder, 'imports.mjs'), lines.join('\n'));
    expect(await run(process.execPath, ['imports.mjs'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  }, 30_000);

  it('writes the reference without a build tool at hand', async () => {
    const finished = await run(rigkit, ['docs', '--out', join(folder, 'reference')], { cwd: folder });
    expect(finished).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'reference/control-plane.html'), 'utf8')).toContain('ai-config');
  }, 30_000);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, run, start } from '../../harness/processes.ts';
import { runVitestIn } from '../../harness/vitest-run.ts';
import { type Installation, install } from './installation.ts';
import { describeMswConsumer } from './msw-consumer.ts';

/** What a third party is ready to take on for a tool of its CI. */
const MOST = { bytes: 80_000_000, packages: 150 };

let installation: Installation;
let folder: string;
let dataDir: string;
let sandbox: Running;
const rigkit = (args: readonly string[]) => run(installation.rigkit, args, { cwd: folder });

beforeAll(async () => {
  installation = await install();
  folder = installation.folder;
  dataDir = join(folder, 'data');
  const begunAt = performance.now();
  const args = ['sandbox', '--port', '0', '--proxy-port', '0', '--data-dir', dataDir];
  sandbox = await start(installation.rigkit, args, /ready/i, { cwd: folder });
  const { control_plane, accounts } = JSON.parse(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
  await tellFirstAnswer('sandbox', begunAt, control_plane, accounts.funded.api_key);
});

afterAll(async () => {
  await sandbox?.stop();
  installation?.remove();
});

describe('the package, installed into an empty folder', () => {
  it('is small enough for a tool in CI', () => {
    const { bytes, packages } = installation.weight;
    console.log(`installed: ${(bytes / 1e6).toFixed(1)} MB in ${packages} packages`);
    expect(bytes).toBeLessThan(MOST.bytes);
    expect(packages).toBeLessThan(MOST.packages);
  });

  it('runs the conformance suite against the sandbox that it runs', async () => {
    const finished = await rigkit(['conformance', '--config', join(dataDir, 'conformance.json')]);
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
  });

  it('runs the suite as vitest tests where vitest is there', async () => {
    installation.add('vitest');
    const source = `
      import { loadConfig } from 'rigkit/conformance';
      import { registerConformance } from 'rigkit/conformance/vitest';
      const { config, secretNames } = await loadConfig(${JSON.stringify(join(dataDir, 'conformance.json'))});
      registerConformance(config, { secretNames, profiles: ['byok'] });
    `;
    writeFileSync(join(folder, 'platform.test.js'), source);
    const finished = await runVitestIn(folder);
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
    expect(finished.count('passed')).toBeGreaterThan(0);
    expect(finished.count('passed')).toBe(finished.tests.length);
  });

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
    expect(await installation.typeCheck(good)).toMatchObject({ code: 0, stdout: '' });
    const objection = await installation.typeCheck(good.replace('model: null', 'modle: null'));
    expect(objection.stdout).toContain('modle');
  });

  it('type-checks the example of a platform of your own, with the package in place of the sources', async () => {
    const example = readFileSync('examples/own-platform.ts', 'utf8');
    const source = example
      .replace("'../server/index.ts'", "'rigkit/server'")
      .replace("'../server/proxy/index.ts'", "'rigkit/metering-proxy'");
    expect(source).not.toContain('../../');
    expect(await installation.typeCheck(source)).toMatchObject({ code: 0, stdout: '' });
  });

  it('serves the dashboard that was built with it', async () => {
    const { control_plane } = JSON.parse(readFileSync(join(dataDir, 'sandbox.json'), 'utf8'));
    const page = await (await fetch(new URL('/', control_plane))).text();
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
    expect((await fetch(new URL(script, control_plane))).headers.get('content-type')).toContain('javascript');
  });

  it('writes the reference without a build tool at hand', async () => {
    expect(await rigkit(['docs', '--out', join(folder, 'reference')])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'reference/control-plane.html'), 'utf8')).toContain('ai-config');
  });
});

describe('the packed package', () => {
  it('passes publint', async () => {
    const finished = await run('node_modules/.bin/publint', ['run', '--strict', installation.tarball]);
    expect(finished).toMatchObject({ code: 0 });
    expect(finished.stdout).toContain('All good!');
  });

  it('passes attw: every export resolves to the types that fit it', async () => {
    const args = ['--profile', 'esm-only', '--format', 'ascii', installation.tarball];
    expect(await run('node_modules/.bin/attw', args)).toMatchObject({ code: 0 });
  });
});

describe('what the manifest exports', () => {
  const names = () => Object.keys(installation.manifest.exports).map((name) => `rigkit/${name.slice(2)}`);
  const attributes = (name: string) => (name.endsWith('.json') ? ", { with: { type: 'json' } }" : '');
  /** vitest's functions can be had within a run of vitest only: the test above has imported them there. */
  const loadable = () => names().filter((name) => name !== 'rigkit/conformance/vitest');

  beforeAll(() => installation.add('msw'));

  it('can be imported, and holds something', async () => {
    const lines = loadable().map(
      (name) => `if (Object.keys(await import('${name}'${attributes(name)})).length === 0) throw new Error('${name}');`,
    );
    writeFileSync(join(folder, 'imports.mjs'), lines.join('\n'));
    expect(await run(process.execPath, ['imports.mjs'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    { compiler: 'typescript', resolution: 'nodenext' },
    { compiler: 'typescript', resolution: 'bundler' },
    { compiler: 'typescript-7', resolution: 'nodenext' },
    { compiler: 'typescript-7', resolution: 'bundler' },
  ] as const)('has types for $compiler with the module resolution $resolution', async (options) => {
    const imports = names().map((name, at) =>
      name.endsWith('.json')
        ? `import json${at} from '${name}' with { type: 'json' };\nexport const own${at}: object = json${at};`
        : `import * as module${at} from '${name}';\nexport const own${at}: Untyped<typeof module${at}> = false;`,
    );
    // Without types a module is \`any\`, which extends everything.
    const untyped = 'type Untyped<T> = 0 extends 1 & T ? true : false;';
    const checked = await installation.typeCheck([untyped, ...imports].join('\n'), options);
    expect(checked).toMatchObject({ code: 0, stdout: '' });
  });

  it('includes the schema that a report keeps to', async () => {
    const source = `
      import schema from 'rigkit/spec/conformance-report.json' with { type: 'json' };
      console.log(schema.title);
    `;
    writeFileSync(join(folder, 'schema.mjs'), source);
    const finished = await run(process.execPath, ['schema.mjs'], { cwd: folder });
    expect(finished.stdout).toBe('rigkit conformance report\n');
  });
});

describeMswConsumer(() => installation);

describe("Prism's engine, which the installation does without", () => {
  it('is named by `rigkit mock` with the command that adds it, and after that the mock runs', async () => {
    const refused = await rigkit(['mock', '--port', '0']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^rigkit: the mock needs Prism's engine[^\n]*: npm i -D @stoplight[^\n]*\n$/);

    const [command = '', ...args] = /npm i -D [^\n;]*/.exec(refused.stderr)?.[0].split(' ') ?? [];
    const added = await run(command, [...args, '--no-audit', '--no-fund'], { cwd: folder });
    expect(added, added.stderr).toMatchObject({ code: 0 });
    const begunAt = performance.now();
    const mock = await start(installation.rigkit, ['mock', '--port', '0'], /^ready: /m, { cwd: folder });
    const [, url] = /control plane (\S+),/.exec(mock.output()) ?? [];
    await tellFirstAnswer('mock', begunAt, url, 'rb_any');
    expect(await mock.stop()).toBe(0);
  });
});

/** Prints how long a command took from its start to its first answer, right after its installation. */
async function tellFirstAnswer(command: string, begunAt: number, url: string | undefined, apiKey: string) {
  const answered = await fetch(`${url}/users/me/credits`, { headers: { authorization: `Bearer ${apiKey}` } });
  expect(answered.status).toBe(200);
  console.log(
    `cold start from the tarball: first answer of the ${command} after ${Math.round(performance.now() - begunAt)} ms`,
  );
}

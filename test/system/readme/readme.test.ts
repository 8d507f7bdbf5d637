import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../../harness/code-blocks.ts';
import { freePort } from '../../harness/free-port.ts';
import { type Finished, type Running, run, start } from '../../harness/processes.ts';

/** A checkout in which nothing but the README's own commands has left anything. */
const folder = mkdtempSync(join(tmpdir(), 'rigkit-readme-'));
const blocks = codeBlocks('README.md');
const blocksIn = (section: string) => blocks.filter((block) => block.section === section).map(({ text }) => text);
/** Aliases and jobs as at a prompt; the first failure ends it, and nothing is left running. */
const PREAMBLE = `set -eo pipefail -m; shopt -s expand_aliases; trap 'kill $(jobs -p) 2>/dev/null || true' EXIT; trap 'exit 1' TERM`;
const bash = (script: string): Promise<Finished> =>
  run('bash', ['-c', `${PREAMBLE}\n${script}`], {
    cwd: folder,
    env: { HOME: folder },
  });

let sandbox: Running;
beforeAll(async () => {
  for (const name of ['cli', 'node_modules']) symlinkSync(resolve(name), join(folder, name));
  const args = ['cli/main.ts', 'sandbox', '--port', '0', '--proxy-port', '0'];
  sandbox = await start(process.execPath, args, /^ready: /m, { cwd: folder });
  const config = JSON.parse(readFileSync(join(folder, '.rigkit/conformance.json'), 'utf8'));
  writeFileSync(join(folder, 'my-platform.json'), JSON.stringify({ ...config, profiles: ['byok'] }));
});
afterAll(async () => {
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the tour names a port, it may be taken here. */
async function onFreePort(script: string): Promise<string> {
  const port = await freePort();
  expect(script).toMatch(/^rigkit mock &$/m);
  return script
    .replace(/^rigkit mock &$/m, `rigkit mock --port ${port} &`)
    .replaceAll('127.0.0.1:4010', `127.0.0.1:${port}`);
}

describe("the README's tour", () => {
  const tour = blocksIn('Two minutes');
  let printed: readonly string[];
  beforeAll(async () => {
    const script = await onFreePort(tour.map((text) => `${text}\necho '-- end of block'`).join('\n'));
    const finished = await bash(script);
    expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 });
    printed = finished.stdout.split('-- end of block\n');
  });

  /** What the block printed that has these words in it. */
  const printedBy = (words: string) => printed[tour.findIndex((text) => text.includes(words))] ?? '';

  it('lets an official SDK call, and shows the credits fall by its cost', () => {
    const output = printedBy('new OpenAI()');
    const [before = 0, after = 0] = [...output.matchAll(/"remaining_micro":(\d+)/g)].map(([, micro]) => Number(micro));
    expect(output).toContain(`- cost ${before - after} microcredits`);
    expect(before - after).toBeGreaterThan(0);
    expect(output).toMatch(/^shell +on$/m);
  });

  it('runs into 402, goes through with a key of its own, and goes back', () => {
    expect(printedBy('ask() {')).toContain('"insufficient_credits"');
    const own = printedBy('"mode":"byok"');
    expect(own).toContain('"status":"byok_active"');
    expect(own).toContain('"choices"');
    expect(printedBy('"mode":"managed"')).toContain('"mode":"managed"');
  });

  it('asks the mock for a 402', () => {
    expect(printedBy('rigkit mock')).toMatch(/^\{"error":\{"code":"plan_limit/m);
  });

  it('puts the sandbox into states, and none of it is refused', () => {
    const output = printedBy('control() {');
    expect(output).toContain('"scenario":"busy-month"');
    expect(output).toContain('"waiting":2');
    expect(output).not.toContain('"error"');
  });

  it('runs the suite, lists its sentences, and writes a page for people', () => {
    const output = printedBy('rigkit conformance list');
    expect(output).toContain('control-plane    conformant');
    expect(output).toMatch(/^AIC-001 +MUST +control-plane /m);
    expect(existsSync(join(folder, 'report/report.html'))).toBe(true);
  });
});

describe("the README's lines for the operator", () => {
  const lines = blocksIn('For the operator')
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => line.replace(/ +#.*/, ''));
  const rigkit = `rigkit() { ${JSON.stringify(process.execPath)} cli/main.ts "$@"; }`;

  /** A provider's export that knows a call of this platform. */
  beforeAll(async () => {
    const { proxy, accounts } = JSON.parse(readFileSync(join(folder, '.rigkit/sandbox.json'), 'utf8'));
    const { headers } = await fetch(`${proxy}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accounts.other.workspace_key}`, 'content-type': 'application/json' },
      body: '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}',
    });
    writeFileSync(join(folder, 'export.csv'), `request_id,cost_usd\n${headers.get('x-request-id')},0.0000099\n`);
  });

  it.each(lines.filter((line) => !line.includes('...')))('%s', async (line) => {
    const finished = await bash(`${rigkit}\n${line}`);
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
  });

  it.each(lines.filter((line) => line.includes('...')))('%s is refused for its hold alone', async (line) => {
    const finished = await bash(`${rigkit}\n${line}`);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toMatch(/^rigkit: there is no hold req-\.\.\.;/);
  });
});

it('the sandbox does what the page on mocks asks of it', async () => {
  const script = codeBlocks('docs/mocks.md').filter(({ section }) => section === 'The sandbox');
  const finished = await bash(script.map(({ text }) => text).join('\n'));
  expect(finished, finished.stderr).toMatchObject({ code: 0 });
  expect(finished.stdout).toContain('"scenario":"busy-month"');
  expect(finished.stdout.match(/"waiting":6/g)).toHaveLength(2);
  expect(finished.stdout).not.toContain('"error"');
});

it('has no block of code in the README that is not run here', () => {
  const strays = blocks.filter(
    ({ section, language }) => language !== 'sh' || !['Two minutes', 'For the operator'].includes(section),
  );
  expect(strays).toEqual([]);
});

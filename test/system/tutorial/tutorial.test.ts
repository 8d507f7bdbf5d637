import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StubProviders, startStubProviders } from '../../../mocks/providers/index.ts';
import { type CodeBlock, codeBlocks } from '../../harness/code-blocks.ts';
import { freePort } from '../../harness/free-port.ts';
import { type Running, run, start } from '../../harness/processes.ts';

const PLATFORM_KEY = 'sk-of-the-platform';
const OWN_KEY = 'sk-my-own';
const blocks = codeBlocks('docs/build-a-platform.md');
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'rigkit-tutorial-'));

/** The name that a block of code gives its file, in its first line. */
const fileName = ({ text }: CodeBlock) => /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
const files = blocks.filter(({ language }) => language === 'ts');
const config = JSON.parse(blocks.find(({ language }) => language === 'json')?.text ?? '{}');

/** In a checkout nothing is built: what the package exports is imported from its source. */
function fromSource(code: string): string {
  return code.replace(/'rigkit(\/[\w/-]+)'/g, (_, name: string) => {
    const built: string = exports[`.${name}`].default;
    return `'${resolve(built.replace('/dist/', '/').replace(/\.js$/, '.ts'))}'`;
  });
}

let stub: StubProviders;
let platform: Running;
let url: string;

function launch(openaiBaseUrl: string): Promise<Running> {
  const env = { OPENAI_API_KEY: PLATFORM_KEY, OPENAI_BASE_URL: openaiBaseUrl, PORT: '0' };
  return start(process.execPath, ['platform.ts'], /ready: \{[^}]*\}/, { cwd: folder, env });
}
const baseUrl = ({ output }: Running) => `http://127.0.0.1:${/port: (\d+)/.exec(output())?.[1]}`;
const play = (file: string, env: Readonly<Record<string, string>>) =>
  run(process.execPath, [file], { cwd: folder, env });

beforeAll(async () => {
  for (const name of ['cli', 'node_modules']) symlinkSync(resolve(name), join(folder, name));
  for (const block of files) writeFileSync(join(folder, fileName(block) ?? 'nameless.ts'), fromSource(block.text));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  stub = await startStubProviders({ keys: { openai: [PLATFORM_KEY, OWN_KEY] } });
  platform = await launch(stub.openaiBaseUrl);
  url = baseUrl(platform);
});
afterAll(async () => {
  await platform?.stop();
  await stub?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the code of docs/build-a-platform.md', () => {
  it('compiles, as strictly as rigkit itself', async () => {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: resolve('tsconfig.json'),
        compilerOptions: { typeRoots: [resolve('node_modules/@types')] },
        include: ['*.ts'],
      }),
    );
    const compiled = await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {});
    expect(compiled).toMatchObject({ code: 0, stdout: '' });
  });

  it('is all of it: what is not run here installs, or starts what other tests start', () => {
    expect(files.map(fileName)).toEqual(['credits.ts', 'ledger.ts', 'platform.ts', 'call.ts']);
    const commands = blocks
      .filter(({ language }) => language === 'sh')
      .map(({ text }) => text.split(/\s/, 3).join(' '));
    expect(commands).toEqual(['npm i rigkit', 'npx @redocly/cli@2.77.0 respect', 'npx rigkit conformance']);
    expect(blocks).toHaveLength(files.length + commands.length + 1);
  });

  it('reads what is left, and says why it cannot', async () => {
    const env = { CONTROL_PLANE: `${url}/api/v1` };
    const read = await play('credits.ts', { ...env, API_KEY: 'rb_ada' });
    expect(read.stdout).toMatch(/^\d+ of 50000000 microcredits are left\n$/);
    expect((await play('credits.ts', { ...env, API_KEY: 'rb_eve' })).stderr).toContain('unauthorized: ');
  });

  it('calls with an official SDK, and charges what the call cost', async () => {
    const remaining = async () => {
      const answer = await fetch(`${url}/api/v1/users/me/credits`, { headers: { authorization: 'Bearer rb_ada' } });
      return ((await answer.json()) as { remaining_micro: number }).remaining_micro;
    };
    const before = await remaining();
    const { code, stdout } = await play('call.ts', { PLATFORM: url, USER_NAME: 'ada' });
    expect(code).toBe(0);
    const [, cost = 'none'] = /\(cost (\d+)\)/.exec(stdout) ?? [];
    expect(before - (await remaining())).toBe(Number(cost));
    expect(Number(cost)).toBeGreaterThan(0);
  });

  it('runs into 402 without credits, and goes on with a key of its own', async () => {
    const calls = stub.calls.length;
    const refused = await play('call.ts', { PLATFORM: url, USER_NAME: 'bob' });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('insufficient_credits') });
    expect(stub.calls).toHaveLength(calls);
    const { code, stdout } = await play('call.ts', { PLATFORM: url, USER_NAME: 'bob', OWN_KEY });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^out of credits, going on with a key of our own\nHello/);
    expect(stub.calls.at(-1)?.credential).toBe(OWN_KEY);
  });

  it('keeps the requirements that the page says it keeps', async () => {
    const port = await freePort();
    const tested = await launch(`http://127.0.0.1:${port}/openai/v1`);
    try {
      const text = JSON.stringify({ ...config, stub: { listen: `127.0.0.1:${port}` } });
      writeFileSync(join(folder, 'conformance.json'), text.replaceAll('http://127.0.0.1:3000', baseUrl(tested)));
      const { text: command = '' } = blocks.find((block) => block.text.includes('--only')) ?? {};
      const script = command.replace('npx rigkit', `${process.execPath} cli/main.ts`);
      const { code, stdout, stderr } = await run('bash', ['-c', script], { cwd: folder });
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toMatch(/^kept: 11 of 11/m);
    } finally {
      await tested.stop();
    }
  });
});

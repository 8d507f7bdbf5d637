import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../processes.ts';

/** A front-end project with the packed package, msw, and nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'rigkit-msw-consumer-'));
const modules = join(folder, 'node_modules');

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { timeoutMs: 180_000 });
  expect(packed).toMatchObject({ code: 0 });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n')));
  mkdirSync(join(modules, 'rigkit'), { recursive: true });
  const unpack = ['-xzf', join(folder, filename), '-C', join(modules, 'rigkit'), '--strip-components=1'];
  expect(await run('tar', unpack)).toMatchObject({ code: 0 });
  symlinkSync(resolve('node_modules/msw'), join(modules, 'msw'));
  writeFileSync(join(folder, 'package.json'), '{"name":"a-dashboard","private":true,"type":"module"}');
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOURCE = `
import { setupServer } from 'msw/node';
import { rigkitMocks } from 'rigkit/mocks/msw';

const mocks = rigkitMocks({ controlPlaneUrl: 'https://platform.test/api/v1', scenario: 'almost-out' });
const server = setupServer(...mocks.handlers);
server.listen({ onUnhandledFrame: 'error' });
const url = 'https://platform.test/api/v1/users/me/credits';
const { remaining_micro } = (await (await fetch(url)).json()) as { remaining_micro: number };
server.use(mocks.override('getCredits', { code: 429 }));
console.log(remaining_micro, (await fetch(url)).status);
server.close();
`;

it('the handlers type-check and run in an empty project, from the tarball', async () => {
  writeFileSync(join(folder, 'use.ts'), SOURCE);
  writeFileSync(join(folder, 'wrong.ts'), SOURCE.replace("'getCredits', { code: 429 }", "'getCredits', { code: 402 }"));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  const check = (file: string) => {
    const compiler = resolve('node_modules/typescript/bin/tsc');
    return run(process.execPath, [compiler, ...options, '--module', 'nodenext', file], { cwd: folder });
  };
  expect(await check('use.ts')).toMatchObject({ code: 0, stdout: '' });
  expect((await check('wrong.ts')).stdout).toContain('wrong.ts');
  const ran = await run(process.execPath, ['use.ts'], { cwd: folder });
  expect(ran).toMatchObject({ code: 0, stdout: '3104250 429\n' });
}, 120_000);

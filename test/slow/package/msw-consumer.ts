import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../harness/processes.ts';
import type { Installation } from './installation.ts';

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

/** A front-end project with the packed package, msw, and nothing else. */
export function describeMswConsumer(installation: () => Installation): void {
  describe('the mocks for msw, in a project without anything else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rigkit-msw-consumer-'));

    beforeAll(async () => {
      const modules = join(folder, 'node_modules');
      mkdirSync(join(modules, 'rigkit'), { recursive: true });
      const unpack = ['-xzf', installation().tarball, '-C', join(modules, 'rigkit'), '--strip-components=1'];
      expect(await run('tar', unpack)).toMatchObject({ code: 0 });
      symlinkSync(resolve('node_modules/msw'), join(modules, 'msw'));
      writeFileSync(join(folder, 'package.json'), '{"name":"a-dashboard","private":true,"type":"module"}');
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('type-check and run', async () => {
      writeFileSync(join(folder, 'use.ts'), SOURCE);
      writeFileSync(
        join(folder, 'wrong.ts'),
        SOURCE.replace("'getCredits', { code: 429 }", "'getCredits', { code: 402 }"),
      );
      expect(await check(folder, 'use.ts')).toMatchObject({ code: 0, stdout: '' });
      expect((await check(folder, 'wrong.ts')).stdout).toContain('wrong.ts');
      const ran = await run(process.execPath, ['use.ts'], { cwd: folder });
      expect(ran).toMatchObject({ code: 0, stdout: '3104250 429\n' });
    });
  });
}

function check(folder: string, file: string) {
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return run(process.execPath, [compiler, ...options, '--module', 'nodenext', file], { cwd: folder });
}

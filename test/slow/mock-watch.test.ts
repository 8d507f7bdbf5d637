import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, run, start } from '../harness/processes.ts';

/** A checkout of its own: the one under test is not to change. */
const checkout = mkdtempSync(join(tmpdir(), 'rigkit-watch-'));
const SCENARIO = join(checkout, 'spec/control-plane/scenarios/exhausted.yaml');
const WATCH = ['cli/main.ts', 'mock', '--port', '0', '--watch'];
/** What is no source of the mock, and large. */
const LEFT_OUT = /^(\..*|node_modules|dist|test|bench)$/;

let mock: Running | undefined;
beforeAll(() => {
  for (const name of readdirSync('.').filter((name) => !LEFT_OUT.test(name))) {
    cpSync(name, join(checkout, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'));
});
afterAll(async () => {
  await mock?.stop();
  rmSync(checkout, { recursive: true, force: true });
});

it('--watch answers from what spec/ says now, and stays as it was while spec/ cannot be read', async () => {
  mock = await start(process.execPath, WATCH, /Watching spec/, { cwd: checkout });
  const [url] = /http:\S+\/api\/v1/.exec(mock.output()) ?? [];
  const left = async () => {
    const answer = await fetch(`${url}/users/me/credits?__scenario=exhausted`, {
      headers: { authorization: 'Bearer x' },
    });
    return ((await answer.json()) as { remaining_micro: number }).remaining_micro;
  };
  const facts = readFileSync(SCENARIO, 'utf8');
  expect(await left()).toBe(0);
  writeFileSync(SCENARIO, facts.replace('left_micro: 0', 'left_micro: 77'));
  await expect.poll(left).toBe(77);
  writeFileSync(SCENARIO, 'summary: [broken');
  await expect.poll(mock.output).toContain('still as before: ');
  expect(await left()).toBe(77);
  writeFileSync(SCENARIO, facts);
  await expect.poll(left).toBe(0);
});

it('--watch says that it needs a checkout where there is none', async () => {
  await mock?.stop();
  rmSync(join(checkout, 'spec'), { recursive: true });
  const refused = await run(process.execPath, WATCH, { cwd: checkout });
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('needs a checkout of rigkit') });
});

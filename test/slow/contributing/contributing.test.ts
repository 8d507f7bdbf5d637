import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeBlocks } from '../../harness/code-blocks.ts';

const root = resolve(import.meta.dirname, '../../..');
const steps = codeBlocks('CONTRIBUTING.md').filter(({ section }) => section.startsWith('Add a resource'));
/** Everything that the example runs takes about a minute on an idle machine. */
const TIMEOUT_MS = 900_000;
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'rigkit-contributing-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of files.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it(
  'the worked example adds a resource that is green, by the blocks and the commands of its page alone',
  () => {
    for (const { language, text } of steps) {
      if (language === 'diff') execFileSync('git', ['apply', '-'], { cwd: copy, input: text });
      else if (language === 'sh') runAll(text);
      else expect.fail(`a block of the example is neither diff nor sh:\n${text}`);
    }
  },
  TIMEOUT_MS,
);

/** Runs each command as a shell does. Fails with its output. */
function runAll(commands: string): void {
  // This test runs in vitest: a vitest that it starts must not take it for its parent.
  const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...env } = process.env;
  try {
    execFileSync('sh', ['-ec', commands], { cwd: copy, env, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    expect.fail(`${commands}\n${stdout}\n${stderr}`);
  }
}

/**
 * `npm test`: lint, types, generated files, and the tests of the tiers unit, http, system and postgres, side by side. Arguments go to
 * vitest. The checks need one core for half a minute, while the first tests run on the other one.
 */
import { spawn } from 'node:child_process';

const CHECKS = ['lint', 'typecheck', 'generate -- --check'];
const TIERS = ['unit', 'http', 'system', 'postgres'];
const TESTS = ['run', ...TIERS.flatMap((tier) => ['--project', tier]), ...process.argv.slice(2)];

const [checks, tests] = await Promise.all([runChecks(), run('vitest', TESTS, 'inherit')]);
for (const { name, seconds, output, code } of checks) {
  console.log(`npm run ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (code !== 0) console.log(output);
}
process.exitCode = [...checks, tests].every(({ code }) => code === 0) ? 0 : 1;

/** One after the other. */
async function runChecks() {
  const finished = [];
  for (const name of CHECKS) finished.push({ name, ...(await run('npm', ['run', '-s', ...name.split(' ')], 'pipe')) });
  return finished;
}

/** Runs a command of `node_modules/.bin`, where npm has put it on the PATH, to its end. Its code is null where a signal ended it. */
async function run(command: string, args: readonly string[], stdio: 'inherit' | 'pipe') {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', stdio, stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { code, output, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
}

import { join } from 'node:path';
import { run, start } from '../test/harness/processes.ts';
import { withEmptyFolder } from './accounts.ts';
import type { Report } from './figures.ts';

export interface ConformanceBench {
  readonly rounds: number;
}

/** How long `rigkit conformance` takes with everything that it checks, against a sandbox, from its start to its exit. */
export async function benchConformance({ rounds }: ConformanceBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const flags = ['--port', '0', '--proxy-port', '0', '--data-dir', folder];
    const sandbox = await start(process.execPath, ['cli/main.ts', 'sandbox', ...flags], /curl /);
    try {
      const seconds: number[] = [];
      const requirements: number[] = [];
      while (seconds.length < rounds) {
        const startedAt = performance.now();
        requirements.push(await runSuite(join(folder, 'conformance.json')));
        seconds.push((performance.now() - startedAt) / 1000);
      }
      const report = {
        title: `The conformance suite against the sandbox, ${rounds} rounds`,
        columns: [{ name: 'seconds', digits: 1 }, { name: 'requirements passed' }],
        rows: [{ name: 'rigkit conformance', figures: [seconds, requirements] }],
      };
      return [report];
    } finally {
      await sandbox.stop();
    }
  });
}

/** How many requirements pass. Throws where one does not: what stops early must not look fast. */
async function runSuite(config: string): Promise<number> {
  const args = ['cli/main.ts', 'conformance', '--config', config, '--json'];
  const { code, stdout, stderr } = await run(process.execPath, args);
  if (code !== 0) throw new Error(`the suite ended with ${code}: ${stderr}`);
  const { results }: { results: readonly { verdict: string }[] } = JSON.parse(stdout);
  return results.filter(({ verdict }) => verdict === 'pass').length;
}

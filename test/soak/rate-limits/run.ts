import { readFileSync } from 'node:fs';
import { conformanceFile } from '../../../cli/sandbox/start-sandbox.ts';
import { runConformance } from '../../../conformance/index.ts';
import { startTestSandbox } from '../../harness/sandbox.ts';
import type { PartReport } from '../part.ts';

/** The whole conformance suite against a platform with the contract's rate limits: it waits them out, and blames nobody. */
export async function runRateLimits(): Promise<PartReport> {
  const sandbox = await startTestSandbox({ RIGKIT_RATE_LIMITS: 'on' });
  try {
    const config = JSON.parse(readFileSync(conformanceFile(sandbox.dataDir), 'utf8'));
    const report = await runConformance(config);
    const refused = sandbox.log().match(/"status":429/g)?.length ?? 0;
    const open = report.results
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ id, verdict }) => `${id} ${verdict}`);
    if (report.outcome !== 'conformant' || open.length > 0) throw new Error(`${report.outcome}: ${open.join(', ')}`);
    if (refused === 0) throw new Error('no request met a rate limit');
    return { counts: `${report.results.length} requirements pass, ${refused} requests were refused and sent again` };
  } finally {
    await sandbox.close();
  }
}

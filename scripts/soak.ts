/**
 * The long runs: money, concurrency, crashes, secrets and memory, and the suite against broken, lawful and rate-limited
 * platforms, at full counts. One line a part; exits 1 when a part fails and 2 on bad input. `--only exactness,crash` runs
 * some of them, `--seed N` replays a run, and every count has a flag (`--requests`, `--kills`, ...) and a variable
 * (`SOAK_REQUESTS`, ...); `npm run test:slow` runs a small share of the same code.
 */

import { newDatabase } from '../test/harness/postgres/database.ts';
import { startPostgres } from '../test/harness/postgres/server.ts';
import { runMatrix } from '../test/platforms/kill-matrix/matrix.ts';
import { runLawful } from '../test/platforms/lawful/run-lawful.ts';
import { runConcurrency } from '../test/soak/concurrency/run.ts';
import { runCrash } from '../test/soak/crash/run.ts';
import { runExactness } from '../test/soak/exactness/run.ts';
import { runFailover } from '../test/soak/failover/run.ts';
import { runMemory } from '../test/soak/memory/run.ts';
import { runMonths } from '../test/soak/months/run.ts';
import type { Part, PartReport } from '../test/soak/part.ts';
import { runRateLimits } from '../test/soak/rate-limits/run.ts';
import { runSecrecy } from '../test/soak/secrecy/run.ts';
import { type Settings, SettingsError, soakSettings } from '../test/soak/settings.ts';

const parts: Readonly<Record<string, Part>> = {
  exactness: runExactness,
  'exactness-postgres': onPostgres(runExactness),
  months: runMonths,
  concurrency: runConcurrency,
  crash: runCrash,
  'concurrency-postgres': onPostgres(runConcurrency),
  'crash-postgres': onPostgres(runCrash),
  failover: runFailover,
  secrecy: runSecrecy,
  memory: runMemory,
  'rate-limits': runRateLimits,
  matrix: runMatrix,
  lawful: runLawful,
};

try {
  process.exitCode = (await soak(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`soak: ${error.message}`);
  process.exitCode = 2;
}

/** A part that keeps its books on a PostgreSQL server of its own. */
function onPostgres(
  part: (settings: Settings, options: { readonly databaseUrl: string }) => Promise<PartReport>,
): Part {
  return async (settings) => {
    const server = await startPostgres();
    try {
      const database = await newDatabase(server.url);
      const report = await part(settings, { databaseUrl: database.url });
      await database.drop();
      return report;
    } finally {
      await server.stop();
    }
  };
}

/** True when every part that was wanted held. */
async function soak(argv: readonly string[]): Promise<boolean> {
  const { only, ...settings } = soakSettings(argv, process.env);
  const unknown = only.find((name) => !(name in parts));
  if (unknown !== undefined) {
    throw new SettingsError(`no part ${unknown}; there are ${Object.keys(parts).join(', ')}`);
  }
  const failed: string[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const startedAt = performance.now();
    const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    try {
      const { counts } = await part(settings);
      console.log(`${name}: held. ${counts}; seed ${settings.seed}, ${seconds()}`);
    } catch (error) {
      failed.push(name);
      console.log(`${name}: FAILED; replay with --only ${name} --seed ${settings.seed}, ${seconds()}`);
      console.error(error);
    }
  }
  return failed.length === 0;
}

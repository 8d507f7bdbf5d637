/**
 * Keeps a PostgreSQL primary and its standby, as keeper.ts keeps one server. It reads orders from standard input, a word a
 * line, and prints the primary's and the standby's URL when it stands, and after each of them:
 * `follow` gives the primary a synchronous standby, `part` has both go on without the other, `forsake` kills the standby, which
 * the primary waits for, `fail-over` kills the primary and promotes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, newCluster } from './cluster.ts';
import { answers, copyForStandby, part, promote, waitForStandby } from './standby.ts';

const clusters = new Set<Cluster>();
const orders = createInterface({ input: process.stdin });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
try {
  let primary = await addCluster();
  await primary.server.initialise();
  await primary.server.start();
  let standby = await follow(primary);
  report();
  for await (const order of orders) {
    if (order === 'follow') standby = await follow(primary);
    if (order === 'part') await part(primary.url, standby.url);
    if (order === 'forsake') await kill(standby);
    if (order === 'fail-over') {
      await kill(primary);
      await promote(standby.url);
      primary = standby;
    }
    report();
  }

  function report(): void {
    console.log(`${primary.url} ${standby.url}`);
  }
} catch (error) {
  console.error(`no PostgreSQL that fails over: ${error}\n${[...clusters].map(({ log }) => log()).join('\n')}`);
  process.exitCode = 1;
} finally {
  await Promise.all([...clusters].map(({ server }) => server.stop()));
  for (const { folder } of clusters) rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function addCluster(): Promise<Cluster> {
  const cluster = await newCluster(mkdtempSync(join(tmpdir(), 'rigkit-postgres-')), { isDurable: false });
  clusters.add(cluster);
  return cluster;
}

async function follow(primary: Cluster): Promise<Cluster> {
  const standby = await addCluster();
  await copyForStandby(primary.url, primary.folder, standby.folder);
  // This would wait until it takes writes.
  standby.server.start().catch(() => {});
  await answers(standby.url);
  await waitForStandby(primary.url);
  return standby;
}

/** At once, as when its machine loses power: nothing is finished, nobody is told. Resolves when it is gone. */
async function kill(cluster: Cluster): Promise<void> {
  const pid = Number(readFileSync(join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  while (isRunning(pid)) await sleep(5);
  clusters.delete(cluster);
  rmSync(cluster.folder, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Keeps PostgreSQL servers on loopback, in temporary folders, for the process that started it, and ends them when standard input
 * ends, which it also does when that process is killed. It prints the primary's and, if there is one, the standby's URL when
 * they are up, and after each order that it reads, a word a line: `restart` stops the primary and starts it again, `follow`
 * gives it a synchronous standby, `part` has both go on without the other, `forsake` kills the standby, which the primary waits
 * for, `fail-over` kills the primary and promotes the standby.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, newCluster } from './cluster.ts';
import { answers, copyForStandby, part, promote, waitForStandby } from './standby.ts';

const isDurable = process.argv.includes('durable');
const clusters = new Set<Cluster>();
const orders = createInterface({ input: process.stdin });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
try {
  let primary = await addCluster();
  await primary.server.initialise();
  await primary.server.start();
  let standby = process.argv.includes('standby') ? await follow(primary) : undefined;
  report();
  for await (const order of orders) {
    if (order === 'restart') {
      await primary.server.stop();
      await primary.server.start();
    }
    if (order === 'follow') standby = await follow(primary);
    if (order === 'part' && standby) await part(primary.url, standby.url);
    if (order === 'forsake' && standby) await kill(standby);
    if (order === 'fail-over' && standby) {
      await kill(primary);
      await promote(standby.url);
      primary = standby;
    }
    report();
  }

  function report(): void {
    console.log(`${primary.url} ${standby?.url ?? ''}`);
  }
} catch (error) {
  console.error(`no PostgreSQL: ${error}\n${[...clusters].map(({ log }) => log()).join('\n')}`);
  process.exitCode = 1;
} finally {
  await Promise.all([...clusters].map(({ server }) => server.stop()));
  for (const { folder } of clusters) rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function addCluster(): Promise<Cluster> {
  const cluster = await newCluster(mkdtempSync(join(tmpdir(), 'rigkit-postgres-')), { isDurable });
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

/** Ends at once, as when its machine loses power: no connection is closed in order. Resolves when the process is gone. */
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

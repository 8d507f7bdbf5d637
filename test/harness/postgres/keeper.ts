/**
 * Keeps a PostgreSQL server of its own, on loopback and in a temporary folder, for whoever started this: prints its URL, and ends it
 * when standard input ends, which it also does when its parent is killed. Each line there stops it and starts it again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newCluster } from './cluster.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-postgres-'));
const { server, url, log } = await newCluster(folder, { isDurable: process.argv.includes('durable') });

const orders = createInterface({ input: process.stdin });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
try {
  await server.initialise();
  await server.start();
  console.log(url);
  for await (const _restart of orders) {
    await server.stop();
    await server.start();
    console.log(url);
  }
} catch (error) {
  console.error(`PostgreSQL did not start: ${error}\n${log()}`);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

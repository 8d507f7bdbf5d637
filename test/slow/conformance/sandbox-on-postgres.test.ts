import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../../cli/sandbox/start-sandbox.ts';
import { listRequirements } from '../../../conformance/index.ts';
import type { TestDatabase } from '../../harness/postgres/database.ts';
import { newTestDatabase } from '../../harness/postgres/test-database.ts';
import { run } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

/** Not one of the server's: it would be found in a log. */
const CANARY = 'swordfish-application';

let database: TestDatabase;
let sandbox: TestSandbox;
beforeAll(async () => {
  database = await newTestDatabase();
  const url = new URL(database.url);
  url.searchParams.set('fallback_application_name', CANARY);
  sandbox = await startTestSandbox({ RIGKIT_DATABASE_URL: url.href });
});
afterAll(async () => {
  await sandbox?.close();
  await database?.drop();
});

const rigkit = (...args: readonly string[]) => run(process.execPath, ['cli/main.ts', ...args]);

describe('the sandbox on PostgreSQL', () => {
  it('charges SDKs exactly what they used, and its books are in order', async () => {
    const openai = new OpenAI({ baseURL: `${sandbox.proxy}/v1`, apiKey: sandbox.accounts.funded.workspace_key });
    const question = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hello there' }] };
    const before = await sandbox.remainingMicro('funded');
    const { response } = await openai.chat.completions.create(question).withResponse();
    for await (const _ of await openai.chat.completions.create({ ...question, stream: true }));
    const spent = before - (await sandbox.remainingMicro('funded'));
    expect(spent).toBe(2 * Number(response.headers.get('x-rigbox-cost-micro')));
    expect(spent).toBeGreaterThan(0);

    const verified = await rigkit('ledger', 'verify', '--database-url', database.url);
    expect(verified, verified.stderr).toMatchObject({ code: 0 });
    expect(verified.stdout).toContain('the books are in order');
  });

  it('is conformant, every requirement with a verdict', async () => {
    const reports = join(sandbox.dataDir, 'reports');
    const config = ['--config', conformanceFile(sandbox.dataDir), '--report-dir', reports];
    const finished = await run(process.execPath, ['cli/main.ts', 'conformance', ...config]);
    expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 });
    const report = JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8'));
    const passed = report.results.filter(({ verdict }: { verdict: string }) => verdict === 'pass');
    expect(passed.length).toBe(listRequirements().filter(({ untestable }) => untestable === undefined).length);
  });

  it('logs nothing of the URL', () => {
    expect(sandbox.log().length).toBeGreaterThan(0);
    expect(sandbox.log()).not.toContain(CANARY);
  });

  it('is not emptied by --reset, which forgets files', async () => {
    const reset = await rigkit('sandbox', '--reset', '--database-url', database.url, '--data-dir', sandbox.dataDir);
    expect(reset.code).toBe(2);
    expect(reset.stderr).toContain('--reset');
    expect(reset.stderr).not.toContain(database.schema);
  });
});

import { run } from './processes.ts';
import { COMMAND } from './program.ts';

/** What the operator's command says about the books in a database, beside a running platform or after it. Throws when it fails. */
export async function askLedger(databaseUrl: string, question: 'holds' | 'verify'): Promise<string> {
  const env = { RIGKIT_DATABASE_URL: databaseUrl };
  const { code, stdout, stderr } = await run(process.execPath, [COMMAND, 'ledger', question, '--json'], { env });
  if (code !== 0) throw new Error(`rigkit ledger ${question} ends with ${code}: ${stdout}${stderr}`);
  return stdout + stderr;
}

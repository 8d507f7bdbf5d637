import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addLedger } from '../../cli/commands/ledger.ts';
import { NO_USAGE } from '../../server/money/usage.ts';
import { openSqliteStore } from '../../server/store.ts';
import { commandsHere } from './commands.ts';

const GRANT = 1_000_000n;
/** When everything was admitted: a minute and a half ago. */
export const AT = Date.now() - 90_000;
export const usage = { ...NO_USAGE, inputTokens: 30, outputTokens: 20 };

const rigkit = commandsHere(addLedger);

/** `rigkit ledger` on a data folder. */
export const ledger = (dataDir: string, ...args: readonly string[]) => rigkit('ledger', ...args, '--data-dir', dataDir);

/** A real database file with one account; the store that made it stays open. */
export async function seed(dataDir: string) {
  mkdirSync(dataDir);
  const store = await openSqliteStore({ path: join(dataDir, 'rigkit.sqlite') });
  const accountId = 'acct-ann';
  const workspaceId = 'ws-ann';
  await store.createAccount({ id: accountId, name: 'Ann', plan: 'pro', monthlyCreditsMicro: GRANT }, AT);
  const machine = { image: 'base', templateId: null, ramMb: 512, vcpuCount: 1, diskSizeMb: 1024 };
  await store.createWorkspace({ id: workspaceId, accountId, name: 'w', ...machine }, AT);
  const admit = (holdId: string, model = 'gpt-4o-mini') => {
    const call = { holdId, accountId, workspaceId, mode: 'managed', provider: 'openai', model } as const;
    return store.admit({ ...call, amountMicro: 1_000n, at: AT });
  };
  const uncertain = async (holdId: string, model?: string) => {
    await admit(holdId, model);
    await store.markUncertain(holdId, 'timeout', AT);
  };
  const remaining = async () => (await store.credits(accountId, Date.now())).remainingMicro;
  return { dataDir, store, admit, uncertain, remaining };
}

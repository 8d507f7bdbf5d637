import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import { creditsToMicro, microAsCredits, microAsInteger } from '../../server/money/microcredits.ts';
import type { Plan } from '../../server/money/plans.ts';
import type { Account } from '../../server/resources/accounts/sql.ts';
import type { Store } from '../../server/store.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { isStorageSetting, withExistingStore, withStore } from '../operator-store.ts';
import { createAccountWithKey } from '../provisioning.ts';

export function addAccount(program: Command): void {
  const account = program.command('account').description("the operator's accounts and their API keys");

  addSettings(account.command('create'), isStorageSetting)
    .description('create an account; its API key is shown once')
    .requiredOption('--plan <plan>', 'free or pro')
    .option('--credits <n>', "whole credits granted every month, instead of the plan's")
    .option('--name <name>', 'a name for you; users do not see it', 'account')
    .option('--json', 'print JSON')
    .action(async (values: FlagValues & { plan: string; credits?: string; name: string; json?: boolean }) => {
      const plan = parsePlan(values.plan);
      const monthlyCreditsMicro = values.credits === undefined ? null : parseCredits(values.credits);
      const created = await withStore(loadConfig(process.env, readSettings(values)), (store) =>
        createAccountWithKey(store, { name: values.name, plan, monthlyCreditsMicro }),
      );
      if (values.json) console.log(JSON.stringify({ account_id: created.accountId, api_key: created.apiKey }));
      else console.log(`account ${created.accountId}\napi key ${created.apiKey}   (shown once)`);
    });

  addSettings(account.command('list'), isStorageSetting)
    .description('list the accounts with their remaining credits')
    .option('--json', 'print JSON')
    .action(async (values: FlagValues & { json?: boolean }) => {
      const rows = await withExistingStore(
        loadConfig(process.env, readSettings(values)),
        { readonly: false },
        async (store) => Promise.all((await store.listAccounts()).map((row) => describe(store, row))),
      );
      if (values.json) console.log(JSON.stringify(rows));
      else console.table(rows);
    });
}

async function describe(store: Store, account: Account) {
  const credits = await store.credits(account.id, Date.now());
  return {
    account_id: account.id,
    name: account.name,
    plan: account.plan,
    remaining: microAsCredits(credits.remainingMicro),
    remaining_micro: microAsInteger(credits.remainingMicro),
    total: microAsCredits(credits.totalMicro),
    total_micro: microAsInteger(credits.totalMicro),
    created_at: new Date(account.createdAt).toISOString(),
  };
}

function parsePlan(text: string): Plan {
  if (text === 'free' || text === 'pro') return text;
  throw new UsageError(`--plan: expected free or pro, got ${JSON.stringify(text)}`);
}

function parseCredits(text: string) {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--credits: expected a whole number from 0 to 999999999');
  return creditsToMicro(Number(text));
}

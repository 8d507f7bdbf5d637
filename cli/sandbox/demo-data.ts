import { createControlPlaneClient } from '../../client/index.ts';
import { MICRO_PER_CREDIT } from '../../server/money/microcredits.ts';
import type { Store } from '../../server/store.ts';
import { type AccountRequest, type Beginning, createAccountWithKey } from '../provisioning.ts';
import type { DemoAccount, DemoName } from '../sandbox-file.ts';

export type DemoAccounts = Readonly<Record<DemoName, DemoAccount>>;

/** `exhausted` is granted nothing, so that it stays exhausted when a month turns. */
const requests: Readonly<Record<DemoName, AccountRequest>> = {
  funded: { name: 'funded', plan: 'pro', monthlyCreditsMicro: null },
  exhausted: { name: 'exhausted', plan: 'free', monthlyCreditsMicro: 0n * MICRO_PER_CREDIT },
  other: { name: 'other', plan: 'free', monthlyCreditsMicro: null },
};

/** Three accounts, with a workspace and a workspace key each: made the way a customer's are, over the API. */
export async function createDemoAccounts(store: Store, controlPlaneUrl: string): Promise<DemoAccounts> {
  const demo = (name: DemoName) => createAccountWithWorkspace(store, controlPlaneUrl, requests[name]);
  return { funded: await demo('funded'), exhausted: await demo('exhausted'), other: await demo('other') };
}

/** Whether the store still has all of them, as an earlier sandbox described them. */
export async function demoAccountsExist(store: Store, accounts: DemoAccounts): Promise<boolean> {
  const found = Object.values(accounts).map((row) => store.getWorkspace(row.account_id, row.workspace_id));
  return (await Promise.all(found)).every((row) => row !== undefined);
}

/** `onAccount` is called before the workspace is made. */
export async function createAccountWithWorkspace(
  store: Store,
  baseUrl: string,
  request: AccountRequest,
  beginning: Beginning = {},
  onAccount: (accountId: string) => void = () => {},
): Promise<DemoAccount> {
  const { accountId, apiKey } = await createAccountWithKey(store, request, beginning);
  onAccount(accountId);
  const client = createControlPlaneClient({ baseUrl, apiKey });
  const { data, response } = await client.POST('/workspaces', { body: { name: `${request.name}-bot` } });
  if (data?.workspace_key === undefined) throw new Error(`no workspace: status ${response.status}`);
  return {
    account_id: accountId,
    api_key: apiKey,
    workspace_id: data.vm.id,
    workspace_key: data.workspace_key,
  };
}

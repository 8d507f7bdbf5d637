import { refusal } from '../../../server/http/errors.ts';
import { timestamp } from '../../../server/money/periods.ts';
import { createAccountWithWorkspace } from '../demo-data.ts';
import { type ControlHandlers, type ControlServices, shown } from './services.ts';

type AccountHandlers = Pick<
  ControlHandlers,
  'createSandboxAccount' | 'getSandboxAccount' | 'deleteSandboxAccount' | 'setSandboxBalance' | 'resetSandbox'
>;

/** Accounts for tests: made, shown, given a balance, ended. */
export function accountControls(services: ControlServices): AccountHandlers {
  const { store, clocks, stub, made, controlPlaneUrl, demoAccountIds } = services;
  return {
    createSandboxAccount: async ({ body: { plan, credits_micro, now } }) => {
      const request = {
        name: 'test',
        plan,
        monthlyCreditsMicro: credits_micro === undefined ? null : BigInt(credits_micro),
      };
      const at = now === undefined ? Date.now() : Date.parse(now);
      const credentials = await createAccountWithWorkspace(store, controlPlaneUrl, request, { at }, (accountId) => {
        made.add(accountId);
        if (now !== undefined) clocks.set(accountId, at, true);
      });
      return { status: 201, body: { ...credentials, now: timestamp(clocks.now(credentials.account_id)) } };
    },

    getSandboxAccount: async ({ params }) => {
      const account = await store.getAccount(params.account_id);
      return account === undefined ? refusal('not_found') : { status: 200, body: await shown(services, account) };
    },

    deleteSandboxAccount: async ({ params: { account_id: accountId } }) => {
      if (!made.has(accountId)) return refusal('not_found');
      await end(accountId);
      return { status: 200, body: { message: 'Account ended.' } };
    },

    setSandboxBalance: async ({ params, body }) => {
      const account = await store.getAccount(params.account_id);
      if (account === undefined) return refusal('not_found');
      await setBalance(account.id, BigInt(body.remaining_micro), 'set by the sandbox controls');
      return { status: 200, body: await shown(services, account) };
    },

    resetSandbox: async () => {
      const ended = [...made];
      for (const accountId of ended) await end(accountId);
      for (const accountId of demoAccountIds) {
        const { totalMicro } = await store.credits(accountId, clocks.now(accountId));
        await setBalance(accountId, totalMicro, 'reset by the sandbox controls');
        forget(accountId);
      }
      return { status: 200, body: { accounts_ended: ended.length } };
    },
  };

  async function setBalance(accountId: string, wantedMicro: bigint, note: string): Promise<void> {
    const now = clocks.now(accountId);
    const { remainingMicro } = await store.credits(accountId, now);
    if (wantedMicro !== remainingMicro) await store.adjustCredits(accountId, wantedMicro - remainingMicro, note, now);
  }

  async function end(accountId: string): Promise<void> {
    const now = clocks.now(accountId);
    for (const { id } of await store.listWorkspaces(accountId)) await store.deleteWorkspace(accountId, id, now);
    for (const { id } of await store.listApiKeys(accountId)) await store.deleteApiKey(accountId, id);
    forget(accountId);
    made.delete(accountId);
  }

  function forget(accountId: string): void {
    clocks.forget(accountId);
    stub?.session(accountId).script([]);
  }
}

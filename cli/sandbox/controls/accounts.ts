import { readPointer } from '../../../contract/json-pointer.ts';
import { type Resource, resources } from '../../../generated/resources.ts';
import { refusal } from '../../../server/http/errors.ts';
import { timestamp } from '../../../server/money/periods.ts';
import { mintAccountKey } from '../../provisioning.ts';
import { createAccountWithWorkspace } from '../demo-data.ts';
import { type ControlHandlers, type ControlServices, describeAccount } from './services.ts';

/** Ten years: a month of an account is turned for each that passes. */
const FARTHEST_MS = 315_360_000_000;

type AccountHandlers = Pick<
  ControlHandlers,
  | 'createSandboxAccount'
  | 'getSandboxAccount'
  | 'deleteSandboxAccount'
  | 'setSandboxBalance'
  | 'setSandboxClock'
  | 'resetSandbox'
>;

/** Accounts for tests: made, shown, given a balance and a time, ended. */
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
      return account === undefined
        ? refusal('not_found')
        : { status: 200, body: await describeAccount(services, account) };
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
      return { status: 200, body: await describeAccount(services, account) };
    },

    setSandboxClock: async ({ params, body }) => {
      const account = await store.getAccount(params.account_id);
      if (account === undefined) return refusal('not_found');
      if (body.now !== undefined && body.advance_seconds !== undefined) {
        return outOfRange('/advance_seconds', 'Send advance_seconds or now, not both.');
      }
      const before = clocks.now(account.id);
      const wanted = body.now === undefined ? before + (body.advance_seconds ?? 0) * 1000 : Date.parse(body.now);
      if (wanted < before || wanted > before + FARTHEST_MS) {
        return outOfRange('/now', 'Time goes forward only, by ten years at most.');
      }
      clocks.set(account.id, wanted, body.runs ?? clocks.runs(account.id));
      return { status: 200, body: await describeAccount(services, account) };
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

  /** Deletes what the account has, through the API: whatever the contract lists and deletes. Its keys go last. */
  async function end(accountId: string): Promise<void> {
    const apiKey = await mintAccountKey(store, accountId, 'clean-up');
    for (const resource of ownResources) await deleteAll(controlPlaneUrl, apiKey, resource);
    for (const { id } of await store.listApiKeys(accountId)) await store.deleteApiKey(accountId, id);
    forget(accountId);
    made.delete(accountId);
  }

  function forget(accountId: string): void {
    clocks.forget(accountId);
    stub?.session(accountId).script([]);
  }
}

/** What an account has in the control plane, but for its keys. */
const ownResources = Object.values<Resource>(resources).filter(
  ({ api, name, parent }) => api === 'control-plane' && name !== 'api-keys' && parent === null,
);

async function deleteAll(controlPlaneUrl: string, apiKey: string, resource: Resource): Promise<void> {
  const { list, delete: removal } = resource;
  if ('missing' in list || 'missing' in removal) return;
  const headers = { authorization: `Bearer ${apiKey}` };
  const listed = await fetch(controlPlaneUrl + list.path, { headers });
  const items = readPointer(await listed.json(), list.items);
  for (const item of Array.isArray(items) ? items : []) {
    const path = removal.path.replace(`{${resource.parameter}}`, String(readPointer(item, list.id)));
    const response = await fetch(controlPlaneUrl + path, { method: removal.method, headers });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${removal.operationId} responded ${response.status}`);
  }
}

function outOfRange(pointer: string, message: string) {
  return refusal('invalid_request', { details: [{ in: 'body', pointer, code: 'range', message }] });
}

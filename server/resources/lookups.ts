import type { resources } from '../../generated/resources.ts';
import type { Lookup } from '../http/lookups.ts';
import type { Account } from './accounts/account.ts';
import type { Found } from './operations.ts';
import type { Services } from './services.ts';

/** The resources of the control plane: each needs a lookup, or ids in its paths would not be found. */
type ResourceName = {
  [Name in keyof typeof resources]: (typeof resources)[Name]['api'] extends 'control-plane' ? Name : never;
}[keyof typeof resources];

/** What the ids before it in the path name; nothing for a resource of the account. */
type Outer<Name extends ResourceName> = (typeof resources)[Name]['parent'] extends infer Parent
  ? Parent extends keyof Found
    ? Found[Parent]
    : unknown
  : never;

export type ControlPlaneLookups = { readonly [Name in ResourceName]: Lookup<Account, Found[Name], Outer<Name>> };

/** Whose resource an id in a path is. A resource of another account is not found. */
export function controlPlaneLookups({ store }: Services): ControlPlaneLookups {
  return {
    workspaces: (account, id) => store.getWorkspace(account.id, id),
    'api-keys': async (account, id) => {
      const apiKey = await store.getApiKey(account.id, id);
      return apiKey && { apiKey };
    },
  };
}

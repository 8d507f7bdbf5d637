import type { resources as contractResources } from '../../generated/resources.ts';
import type { Database, Script } from '../database/database.ts';
import type { Lookup } from '../http/authenticate.ts';
import type { Account } from './accounts/sql.ts';
import { accountsSql, type BookingLedger } from './accounts/sql.ts';
import { aiConfigsSql } from './ai-config/sql.ts';
import { aiDefaultsSql } from './ai-defaults/sql.ts';
import { aiUsageSql } from './ai-usage/sql.ts';
import { apiKeysSql, deleteWorkspaceKeys, insertApiKey, lookUpApiKey } from './api-keys/sql.ts';
import { deleteWorkspaceProviderIds, providerIdsSql } from './provider-ids/sql.ts';
import { lookUpWorkspace, type WorkspaceParts, workspacesSql } from './workspaces/sql.ts';

/**
 * What each resource keeps, and how an id of it in a path is looked up. A resource of the contract without a lookup does
 * not compile.
 */
const resources = {
  accounts: { sql: accountsSql },
  workspaces: { sql: workspacesSql, lookUp: lookUpWorkspace },
  'ai-config': { sql: aiConfigsSql },
  'ai-defaults': { sql: aiDefaultsSql },
  'ai-usage': { sql: aiUsageSql },
  'api-keys': { sql: apiKeysSql, lookUp: lookUpApiKey, deleteWithWorkspace: deleteWorkspaceKeys },
  'provider-ids': { sql: providerIdsSql, deleteWithWorkspace: deleteWorkspaceProviderIds },
} satisfies Readonly<Record<ContractResource, Resource & Required<Pick<Resource, 'lookUp'>>>> &
  Readonly<Record<string, Resource>>;

interface Resource {
  sql(database: Database, context: BookingLedger & WorkspaceParts): object;
  lookUp?(store: never): Lookup<Account, object, never>;
  /** Deletes what a workspace has of it, in the transaction that deletes the workspace. */
  deleteWithWorkspace?(workspaceId: string): Script<void>;
}

/** The resources of the control plane that have an id in a path. */
type ContractResource = {
  [Name in keyof typeof contractResources]: (typeof contractResources)[Name]['api'] extends 'control-plane'
    ? Name
    : never;
}[keyof typeof contractResources];

type Resources = typeof resources;

/** The ports of all resources, as one object. A handler is given only its own. */
export type ResourceData = Intersection<ReturnType<Resources[keyof Resources]['sql']>>;

/** What the lookup of each resource adds to the `resources` of a request whose path has its id. */
export type Found = { readonly [Name in ContractResource]: FoundBy<Resources[Name]['lookUp']> };

type FoundBy<LookUp> = LookUp extends (store: never) => Lookup<Account, infer Found, never> ? Found : never;

/** What the ids before it in the path name; nothing for a resource of the account. */
type Outer<Name extends ContractResource> = (typeof contractResources)[Name]['parent'] extends infer Parent
  ? Parent extends keyof Found
    ? Found[Parent]
    : unknown
  : never;

type Lookups = { readonly [Name in ContractResource]: Lookup<Account, Found[Name], Outer<Name>> };

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

const all: readonly Resource[] = Object.values(resources);

function* deleteWithWorkspace(workspaceId: string): Script<void> {
  for (const resource of all) {
    if (resource.deleteWithWorkspace !== undefined) yield* resource.deleteWithWorkspace(workspaceId);
  }
}

export function resourceData(database: Database, ledger: BookingLedger): ResourceData {
  const context = { post: ledger.post, insertApiKey, deleteWithWorkspace };
  return Object.assign({}, ...all.map(({ sql }) => sql(database, context)));
}

/** Whose resource an id in a path is. A resource of another account is not found. */
export function resourceLookups(store: ResourceData): Lookups {
  const withLookup: { readonly [Name in ContractResource]: { lookUp(store: ResourceData): Lookups[Name] } } = resources;
  const entries = Object.entries(withLookup).filter(([, resource]) => 'lookUp' in resource);
  return Object.fromEntries(entries.map(([name, { lookUp }]) => [name, lookUp(store)])) as Lookups;
}

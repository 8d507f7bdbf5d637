import type { Account } from '../resources/accounts/account.ts';
import type { WorkspaceWithAccount } from '../resources/workspaces/workspace.ts';
import { ApiError } from './errors.ts';
import type { Route } from './routes.ts';

/** What the id in a path names, beyond its mere existence. */
export interface Found {
  readonly workspace?: WorkspaceWithAccount;
}

/** Looks up an id. Undefined for unknown, deleted and foreign ids alike: they are not told apart (contract section 1). */
export type Finder = (account: Account, id: string) => Promise<Found | undefined>;

/** By the beginning of a path, up to its id: `/workspaces/{id}`. */
export type Finders = Readonly<Record<string, Finder>>;

type FindResource = (
  route: Route,
  params: Readonly<Record<string, string>>,
  account: Account | undefined,
) => Promise<Found>;

const UP_TO_ID = /^.*?\{([^}]+)\}/;

/**
 * Looks up what the path of a request names. Throws 404 `not_found`. Making it throws where a path has an id and nobody
 * looks it up: such ids would be told apart further down, by the answers to a bad body.
 */
export function createFindResource(finders: Finders, routes: readonly Route[]): FindResource {
  const orphan = routes.find(({ template }) => UP_TO_ID.test(template) && !(prefixOf(template) in finders));
  if (orphan !== undefined) throw new Error(`nobody looks up the id in ${orphan.template}`);
  return async ({ template }, params, account) => {
    const id = params[UP_TO_ID.exec(template)?.[1] ?? ''];
    if (id === undefined || account === undefined) return {};
    const found = await finders[prefixOf(template)]?.(account, id);
    if (found === undefined) throw new ApiError('not_found');
    return found;
  };
}

function prefixOf(template: string): string {
  return UP_TO_ID.exec(template)?.[0] ?? '';
}

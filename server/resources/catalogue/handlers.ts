import type { Handlers } from '../operations.ts';
import type { ServicesWith } from '../services.ts';
import type { Workspaces } from '../workspaces/sql.ts';
import { templates } from './templates.ts';

/** Public, and not limited: the workspaces are counted at most this often. */
const COUNT_EVERY_MS = 10_000;

/**
 * Public: `/capacity`, whether there is room for one more workspace on the node, and `/templates`, what workspaces can be made
 * from.
 */
export function catalogueHandlers({
  store,
  node,
  clock,
}: ServicesWith<Pick<Workspaces, 'countWorkspaces'>>): Pick<Handlers, 'getCapacity' | 'listTemplates'> {
  const countAt = rememberFor(() => store.countWorkspaces(), COUNT_EVERY_MS);
  return {
    getCapacity: async () => {
      const used = await countAt(clock());
      return { status: 200, body: { available: used < node.room, total: node.room, used } };
    },

    listTemplates: async () => ({ status: 200, body: { templates: [...templates] } }),
  };
}

/** Shares one result among all requests within `forMs`; a failure is not remembered. */
function rememberFor<T>(read: () => Promise<T>, forMs: number): (at: number) => Promise<T> {
  let last: { readonly at: number; readonly value: Promise<T> } | undefined;
  return (at) => {
    if (last !== undefined && at - last.at < forMs) return last.value;
    const value = read();
    const mine = { at, value };
    last = mine;
    value.catch(() => {
      if (last === mine) last = undefined;
    });
    return value;
  };
}

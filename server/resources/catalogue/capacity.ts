import type { Handlers } from '../operations.ts';
import type { Services } from '../services.ts';

/** Anybody may ask, as often as they like: the workspaces are counted at most this often. */
const COUNT_EVERY_MS = 10_000;

/** `/capacity`: whether there is room for one more workspace on the node. Public (contract section 1). */
export function capacityHandlers({ store, node, clock }: Services): Pick<Handlers, 'getCapacity'> {
  const countAt = remembered(() => store.countWorkspaces(), COUNT_EVERY_MS);
  return {
    getCapacity: async () => {
      const used = await countAt(clock());
      return { status: 200, body: { available: used < node.room, total: node.room, used } };
    },
  };
}

/** Shares one answer among everybody who asks within `forMs`; a failure is not remembered. */
function remembered<T>(read: () => Promise<T>, forMs: number): (at: number) => Promise<T> {
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

import type { Workspace } from '../../../server/resources/workspaces/sql.ts';
import { brokenStores } from '../../http/properties/broken/stores.ts';
import { textAt, withHeader } from '../message.ts';
import { changing, on } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const CHAT = 'POST /v1/chat/completions';

export const byokRows: readonly BrokenPlatform[] = [
  {
    breaks: 'AIC-031',
    how: 'goes on with the key that it has read, until the mode is managed',
    store(store) {
      const read = new Map<string, Workspace['storedKey']>();
      return {
        updateAiConfig(current, patch, at) {
          if (patch.mode === 'managed') read.delete(current.workspace.id);
          return store.updateAiConfig(current, patch, at);
        },
        async findApiKey(prefix) {
          const found = await store.findApiKey(prefix);
          if (!found?.workspace) return found;
          const { id } = found.workspace;
          const storedKey = read.get(id) ?? found.workspace.storedKey;
          read.set(id, storedKey);
          return { ...found, workspace: { ...found.workspace, storedKey } };
        },
      };
    },
  },
  {
    breaks: 'AIC-032',
    how: 'uses the one stored key for whichever provider is in effect',
    store: (store) => ({
      async findApiKey(prefix) {
        const found = await store.findApiKey(prefix);
        if (!found?.workspace) return found;
        const { storedKey, overrides } = found.workspace;
        if (storedKey === null || overrides.provider === null) return found;
        const adapted = { ...storedKey, provider: overrides.provider };
        return { ...found, workspace: { ...found.workspace, storedKey: adapted } };
      },
    }),
  },
  {
    breaks: 'OAI-041',
    how: 'wants credits for calls with own keys',
    store: brokenStores.wantsCreditsForByok.breakStore,
  },
  { breaks: 'OAI-043', how: 'shows the key that was last put, in errors of the provider', ...showsOwnKey() },
];

/** A front before the control plane that remembers, and one before the proxy that talks. */
function showsOwnKey(): Pick<BrokenPlatform, 'controlPlane' | 'proxy'> {
  let key: string | undefined;
  return {
    controlPlane(sent, forward) {
      key = textAt(sent, '/api_key') ?? key;
      return forward(sent);
    },
    proxy: on(
      CHAT,
      changing((answer) =>
        answer.status === 401 && key !== undefined ? withHeader(answer, 'x-upstream-key', key) : answer,
      ),
    ),
  };
}

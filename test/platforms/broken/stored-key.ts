import { readPointer } from '../../../contract/json-pointer.ts';
import { set, without } from '../json-edits.ts';
import { type FrontRequest, parseJson, readHeader, textAt } from '../message.ts';
import { answering, both, on, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const PUT = 'PUT /workspaces/{id}/ai-config';

export const storedKeyRows: readonly BrokenPlatform[] = [
  {
    breaks: 'AIC-015',
    how: 'repeats the api_key in the answer that it was put with',
    controlPlane: on(PUT, (sent, forward) => answering(set('/api_key', textAt(sent, '/api_key')))(sent, forward)),
  },
  {
    breaks: 'AIC-016',
    how: 'takes no key for the provider in effect, unless the provider is put with it',
    controlPlane: on(PUT, (sent, forward) => {
      const isAlone = readPointer(parseJson(sent), '/mode') === 'byok' && textAt(sent, '/provider') === undefined;
      return isAlone ? sending(without('/api_key'))(sent, forward) : forward(sent);
    }),
  },
  {
    breaks: 'AIC-017',
    how: 'takes an api_key of null for one that was not sent',
    controlPlane: on((sent) => readPointer(parseJson(sent), '/api_key') === null, sending(without('/api_key'))),
  },
  {
    breaks: 'AIC-020',
    how: 'erases the key only with the model, or in PUT mode',
    controlPlane: revivesKeys(),
  },
  { breaks: 'AIC-030', how: 'lends the last key of an account to its other workspaces', controlPlane: lendsKeys() },
];

/** A front that keeps a key which was in use, and puts it again when byok comes back. */
function revivesKeys() {
  const kept = new Map<string, string>();
  const forgets = on('PUT /workspaces/{id}/mode', (sent, forward) => {
    kept.delete(sent.path.replace(/mode$/, 'ai-config'));
    return forward(sent);
  });
  const revives = on(PUT, async (sent, forward) => {
    const isSwitchBack = Object.keys(Object(parseJson(sent))).join() === 'mode' && textAt(sent, '/mode') === 'byok';
    const revived = kept.get(sent.path);
    if (isSwitchBack && revived !== undefined) return sending(set('/api_key', revived))(sent, forward);
    const answer = await forward(sent);
    const key = textAt(sent, '/api_key');
    if (key !== undefined && answer.status === 200) kept.set(sent.path, key);
    if (readPointer(parseJson(sent), '/model') === null) kept.delete(sent.path);
    return answer;
  });
  return both(forgets, revives);
}

/** A front that knows one key an account, whatever workspace it was put for. */
function lendsKeys() {
  const known = new Map<string | undefined, { readonly path: string; readonly key: string }>();
  const findAccount = (sent: FrontRequest) => readHeader(sent, 'authorization');
  return on(PUT, (sent, forward) => {
    const key = textAt(sent, '/api_key');
    if (key !== undefined) known.set(findAccount(sent), { path: sent.path, key });
    const lent = known.get(findAccount(sent));
    const borrows =
      key === undefined && textAt(sent, '/mode') === 'byok' && lent !== undefined && lent.path !== sent.path;
    return borrows ? sending(set('/api_key', lent.key))(sent, forward) : forward(sent);
  });
}

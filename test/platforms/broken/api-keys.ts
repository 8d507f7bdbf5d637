import { readPointer } from '../../../contract/json-pointer.ts';
import { at, each, without } from '../json-edits.ts';
import { textAt } from '../message.ts';
import { answering, on, saying, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const KEYS = '/api-keys';

export const apiKeyRows: readonly BrokenPlatform[] = [
  {
    breaks: 'KEY-001',
    how: 'says that a key was last used when it was made',
    controlPlane: on(
      `GET ${KEYS}`,
      answering(
        at(
          '/api_keys',
          each((row) => ({ last_used_at: readPointer(row, '/created_at'), ...Object(row) })),
        ),
      ),
    ),
  },
  {
    breaks: 'KEY-010',
    how: 'answers 200 where it makes a key of the account',
    controlPlane: on((sent) => isNewKey(sent) && textAt(sent, '/workspace_id') === undefined, saying(200, 201)),
  },
  {
    breaks: 'KEY-012',
    how: 'makes a key of the account where it does not find the workspace',
    controlPlane: on(`POST ${KEYS}`, async (sent, forward) => {
      const answer = await forward(sent);
      if (answer.status !== 404) return answer;
      answer.body.resume();
      return sending(without('/workspace_id'))(sent, forward);
    }),
  },
  {
    breaks: 'KEY-020',
    how: 'answers DELETE of a key without a message',
    controlPlane: on(`DELETE ${KEYS}/{id}`, answering(without('/message'))),
  },
];

function isNewKey({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'POST' && path.endsWith(KEYS);
}

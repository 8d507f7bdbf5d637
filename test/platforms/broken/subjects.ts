import { add, at, without } from '../json-edits.ts';
import { textAt, withHeader } from '../message.ts';
import { answering, on, passing, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const USAGE = 'GET /rig/v1/usage';
const CHAT = 'POST /v1/chat/completions';

export const subjectRows: readonly BrokenPlatform[] = [
  {
    breaks: 'SUB-001',
    how: "leaves credits out of a subject's usage",
    proxy: on(USAGE, answering(without('/credits'))),
  },
  {
    breaks: 'SUB-002',
    how: 'looks back an hour where no window is asked for',
    proxy: on(
      USAGE,
      passing((sent) => (/[?&]window=|usage$/.test(sent.path) ? sent : { ...sent, path: `${sent.path}&window=1h` })),
    ),
  },
  {
    breaks: 'SUB-003',
    how: 'reads a window of one and a half hours',
    proxy: on(
      USAGE,
      passing((sent) => ({ ...sent, path: sent.path.replace('window=1.5h', 'window=90m') })),
    ),
  },
  {
    breaks: 'SUB-004',
    how: 'counts a token too much for a subject that was used',
    proxy: on(
      USAGE,
      answering((json) => (Number(Object(json).requests) > 0 ? add('/input_tokens', 1)(json) : json)),
    ),
  },
  {
    breaks: 'SUB-005',
    how: "prefers the body's user to X-Rigbox-Subject",
    proxy: on(
      CHAT,
      passing((sent) => {
        const user = textAt(sent, '/user');
        return user === undefined ? sent : withHeader(sent, 'x-rigbox-subject', user);
      }),
    ),
  },
  {
    breaks: 'SUB-006',
    how: 'cuts a subject at 255 characters',
    proxy: on(CHAT, sending(at('/user', (user) => (typeof user === 'string' ? user.slice(0, 255) : user)))),
  },
  {
    breaks: 'SUB-007',
    how: "shows every account everybody's subjects",
    store: (store) => ({
      async subjectUsage(accountId, subject, windowSeconds, at) {
        const own = await store.subjectUsage(accountId, subject, windowSeconds, at);
        if (own.requests > 0) return own;
        const accounts = await store.listAccounts();
        const all = await Promise.all(accounts.map(({ id }) => store.subjectUsage(id, subject, windowSeconds, at)));
        return all.find(({ requests }) => requests > 0) ?? own;
      },
    }),
  },
];

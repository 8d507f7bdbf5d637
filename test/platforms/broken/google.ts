import type { FrontRequest } from '../message.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { callsWithOldKey, showsManagedKey } from './provider-keys.ts';
import { lendsToThePoor, storeOn, takesFee, without } from './route-stores.ts';

/** `generateContent` itself: in a route's pattern, `{model}` would stand for the method too. */
const generates = (sent: FrontRequest) => sent.method === 'POST' && sent.path.endsWith(':generateContent');

export const googleRows: readonly BrokenPlatform[] = [
  { breaks: 'GEM-001', how: 'knows v1beta only', ...without('POST /google/v1/*') },
  {
    breaks: 'GEM-002',
    how: 'calls Google with a key that it does not use any more',
    ...callsWithOldKey('google', 'x-goog-api-key'),
  },
  {
    breaks: 'GEM-003',
    how: 'takes a fee for generateContent',
    ...storeOn(generates, takesFee()),
    also: {
      'GEM-004': 'the charge of an answer with thoughts has the fee on top',
      'GEM-008': 'the charge of cached content has the fee on top',
    },
  },
  {
    breaks: 'GEM-005',
    how: 'lends for generateContent to an account that has nothing left and owes nothing',
    ...storeOn(generates, lendsToThePoor),
  },
  { breaks: 'GEM-007', how: 'shows the managed Google key in a header', ...showsManagedKey(generates) },
];

import { at } from '../json-edits.ts';
import { answering, on } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { callsWithOldKey, showsManagedKey } from './provider-keys.ts';
import { buffered, lendsToThePoor, storeOn, takesFee, without } from './route-stores.ts';

const MESSAGES = 'POST /v1/messages';

export const anthropicRows: readonly BrokenPlatform[] = [
  {
    breaks: 'ANT-001',
    how: 'takes the full stop off the end of a message',
    proxy: on(
      buffered(MESSAGES),
      answering(at('/content/0/text', (text) => (typeof text === 'string' ? text.replace(/\.$/, '') : text))),
    ),
  },
  {
    breaks: 'ANT-002',
    how: 'calls Anthropic with a key that it does not use any more',
    ...callsWithOldKey('anthropic', 'x-api-key'),
  },
  {
    breaks: 'ANT-003',
    how: 'takes a fee for buffered messages',
    ...storeOn(buffered(MESSAGES), takesFee()),
    also: { 'ANT-008': 'the charge of cached input has the fee on top' },
  },
  {
    breaks: 'ANT-004',
    how: 'lends for a message to an account that has nothing left and owes nothing',
    ...storeOn(MESSAGES, lendsToThePoor),
  },
  { breaks: 'ANT-006', how: 'shows the managed Anthropic key in a header', ...showsManagedKey(MESSAGES) },
  { breaks: 'ANT-050', how: 'has no native route for messages', ...without('POST /anthropic/v1/messages') },
];

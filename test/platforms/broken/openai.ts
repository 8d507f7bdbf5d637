import { brokenStores } from '../../http/properties/broken/stores.ts';
import { at, set, without } from '../json-edits.ts';
import { parseJson, withHeader } from '../message.ts';
import { answering, changing, eventData, on, passing, sending, streaming } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { callsWithOldKey, showsManagedKey } from './provider-keys.ts';
import { buffered, lendsToThePoor, storeOn, streamed, takesFee, without as withoutRoute } from './route-stores.ts';

const CHAT = 'POST /v1/chat/completions';
const UPSTREAM_CHAT = 'POST /openai/v1/chat/completions';

/** What comes and goes on /v1/chat/completions. */
export const openAiChatRows: readonly BrokenPlatform[] = [
  {
    breaks: 'OAI-001',
    how: 'takes the full stop off the end of an answer',
    proxy: on(
      buffered(CHAT),
      answering(
        at('/choices/0/message/content', (text) => (typeof text === 'string' ? text.replace(/\.$/, '') : text)),
      ),
    ),
  },
  {
    breaks: 'OAI-002',
    how: 'calls OpenAI with a key that it does not use any more',
    ...callsWithOldKey('openai', 'authorization'),
  },
  {
    breaks: 'OAI-004',
    how: 'answers without X-Rigbox-Cost-Credits',
    proxy: on(
      CHAT,
      changing((answer) => withHeader(answer, 'x-rigbox-cost-credits')),
    ),
  },
  {
    breaks: 'OAI-005',
    how: 'charges cached input at the full price',
    provider: on(buffered(UPSTREAM_CHAT), answering(without('/usage/prompt_tokens_details/cached_tokens'))),
    also: { 'OAI-008': 'it looks at the same price in the balance' },
  },
  {
    breaks: 'OAI-007',
    how: 'leaves cost_credits out of the usage of a stream',
    proxy: on(CHAT, streaming(eventData(without('/usage/cost_credits')))),
  },
  {
    breaks: 'OAI-017',
    how: 'sends a call without an output limit as it came',
    provider: on(UPSTREAM_CHAT, sending(without('/max_completion_tokens', '/max_tokens'))),
  },
  {
    breaks: 'OAI-021',
    how: 'shows the managed key in a header of buffered answers',
    ...showsManagedKey(buffered(CHAT), (status) => status === 200),
  },
  {
    breaks: 'OAI-022',
    how: 'shows the managed key in a header of streamed answers',
    ...showsManagedKey(streamed(CHAT), (status) => status === 200),
  },
  {
    breaks: 'OAI-023',
    how: 'shows the managed key in a header of errors',
    ...showsManagedKey(CHAT, (status) => status >= 400),
  },
  {
    breaks: 'OAI-050',
    how: 'has no native route for chat completions',
    ...withoutRoute('POST /openai/v1/chat/completions'),
  },
];

/** What is reserved, forwarded and charged. */
export const openAiMeteringRows: readonly BrokenPlatform[] = [
  {
    breaks: 'OAI-006',
    how: 'bills two thousand microcredits at least, and tells of less',
    ...storeOn(
      buffered(CHAT),
      takesFee((costMicro) => (costMicro < 2_000n ? 2_000n - costMicro : 0n)),
    ),
  },
  {
    breaks: 'OAI-010',
    how: 'does not ask for usage where its caller does not',
    ...asksOnlyForCallers(),
  },
  {
    breaks: 'OAI-012',
    how: 'lends to an account that has nothing left and owes nothing',
    ...storeOn(CHAT, lendsToThePoor),
  },
  {
    breaks: 'OAI-014',
    how: 'reserves nine tenths of the upper bound',
    store: (store) => ({
      admit: (admission) => store.admit({ ...admission, amountMicro: (admission.amountMicro * 9n) / 10n }),
    }),
  },
  {
    breaks: 'OAI-015',
    how: 'looks at the balance first and reserves later',
    store: brokenStores.checksThenReserves.breakStore,
    also: { 'OAI-019': 'it is the same race between two workspaces' },
  },
  {
    breaks: 'OAI-016',
    how: 'calls the cheapest model where it does not know the price',
    proxy: on(CHAT, async (sent, forward) => {
      const answer = await forward(sent);
      if (answer.status !== 400 || !String(Object(parseJson(sent)).model).startsWith('unpriced')) return answer;
      answer.body.resume();
      return sending(set('/model', 'gpt-4o-mini'))(sent, forward);
    }),
  },
  {
    breaks: 'OAI-018',
    how: 'charges no more than was reserved',
    ...storeOn(CHAT, brokenStores.chargesHoldAtMost.breakStore),
    also: { 'OAI-009': 'the cost that the provider reports is above the hold there' },
  },
  {
    breaks: 'OAI-020',
    how: 'keeps the hold of a call that OpenAI refused',
    ...storeOn(CHAT, brokenStores.keepsEveryHold.breakStore),
  },
];

/** A front before the proxy that sees who asks, and one before the provider that asks for no more. */
function asksOnlyForCallers(): Pick<BrokenPlatform, 'proxy' | 'provider'> {
  let asks = true;
  return {
    proxy: on(
      CHAT,
      passing((sent) => {
        asks = Object(parseJson(sent)).stream_options !== undefined;
        return sent;
      }),
    ),
    provider: on(UPSTREAM_CHAT, (sent, forward) =>
      asks ? forward(sent) : sending(without('/stream_options'))(sent, forward),
    ),
  };
}

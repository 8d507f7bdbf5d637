import type { Store } from '../../../server/store.ts';
import type { Caller } from '../../harness/proxy.ts';

/** Chat completions, the call that most scenarios make. */
export const CHAT = '/v1/chat/completions';
export const chat = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hello there' }],
  max_tokens: 100,
} as const;

/** Longer than the timeouts of these tests, which undici keeps to the second. */
export const LATE_MS = 3_000;

/** One call of each API shape, as a stream where `streamed`. */
export function callsOfAllShapes(streamed: boolean) {
  const { messages } = chat;
  const stream = streamed && { stream: true };
  const action = streamed ? 'streamGenerateContent?alt=sse' : 'generateContent';
  return [
    { provider: 'openai', path: CHAT, body: { ...chat, ...stream } },
    { provider: 'openai', path: '/v1/responses', body: { model: 'gpt-4o-mini', input: 'Hello there', ...stream } },
    {
      provider: 'anthropic',
      path: '/v1/messages',
      body: { model: 'claude-haiku-4-5', max_tokens: 100, messages, ...stream },
    },
    {
      provider: 'google',
      path: `/v1beta/models/gemini-2.5-flash:${action}`,
      body: { contents: [{ parts: [{ text: 'Hello there' }] }] },
    },
  ] as const;
}

export async function readCharges(store: Store, caller: Caller) {
  return (await store.ledger(caller.accountId)).filter((entry) => entry.kind === 'charge');
}

import { type Check, check } from '../check.ts';
import { stubbed } from '../steps/ai-calls.ts';
import { wantSameOnNativeRoute } from '../steps/native-routes.ts';
import { chat, completion, embedding, response } from '../steps/route-bodies.ts';
import { INPUT_ONLY } from './openai-routes.ts';

const needs = stubbed('openai');

/** Contract section 4: the provider-native routes of OpenAI. */
export const openAiNativeChecks: readonly Check[] = [
  check('OAI-050', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/chat/completions', chat)),
  check('OAI-051', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/completions', completion)),
  check('OAI-052', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/responses', response)),
  check('OAI-053', needs, (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/embeddings', embedding, INPUT_ONLY)),
];

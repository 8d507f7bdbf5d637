import { type Check, check } from '../../runner/check.ts';
import { stubbed } from '../steps/ai-calls.ts';
import { wantSameOnNativeRoute } from '../steps/native-routes.ts';

/** Contract section 4: the provider-native routes of OpenAI. */
export const openAiNativeChecks: readonly Check[] = [
  check('OAI-050', stubbed('openai'), (t) => wantSameOnNativeRoute(t, 'openai', '/openai/v1/chat/completions')),
];

import { wantStatus } from '../../http/want.ts';
import { aiCall } from '../../platform/ai-call.ts';
import { type Check, check } from '../check.ts';
import { wantManagedKeyHidden } from '../steps/key-secrecy.ts';
import { stubbed } from '../steps/metering.ts';
import { wantNothingForwarded } from '../steps/refusals.ts';

const needs = [...stubbed('openai'), 'provider-key:openai'] as const;

/** Who may call, and what the caller never sees. */
export const checks: readonly Check[] = [
  check('OAI-021', needs, (t) => wantManagedKeyHidden(t, 'openai', ['buffered'])),
  check('OAI-022', needs, (t) => wantManagedKeyHidden(t, 'openai', ['streamed', 'broken stream'])),
  check('OAI-023', needs, (t) => wantManagedKeyHidden(t, 'openai', ['refusal', 'failure', 'refused stream'])),

  check('OAI-025', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const { path, body } = aiCall('openai', { model: t.model('openai').name, prompt: t.marker });
    const headers = [['authorization', `Bearer ${t.config.accounts.funded.apiKey}`]] as const;
    const answered = await t.anonymousProxy.post(path, body, { headers });
    wantStatus(answered, 401);
    await wantNothingForwarded(stub, answered);
  }),
];

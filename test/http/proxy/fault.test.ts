import { describe, expect, it } from 'vitest';
import { PLENTY, useTestProxy } from '../../harness/proxy.ts';

const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 };

describe('a fault of the proxy itself, behind the admission', () => {
  // No URL can be made of it, which shows only when the call is forwarded.
  const harness = useTestProxy({ providers: { openai: { baseUrl: 'nowhere', apiKey: 'sk-nobody' } } });

  it('leaves the hold uncertain with its reason, not held for ever, and answers 500', async () => {
    const caller = await harness.caller();
    const response = await harness.post('/v1/chat/completions', caller, body);
    expect(response.status).toBe(500);
    const [hold, ...others] = await harness.store.openHolds();
    expect(others).toEqual([]);
    expect(hold).toMatchObject({ accountId: caller.accountId, state: 'uncertain', reason: 'proxy_fault' });
    expect(await caller.remainingMicro()).toBe(PLENTY - (hold?.amountMicro ?? 0n));
    expect((await harness.reported())[0]).toMatchObject({ outcome: 'uncertain', reason: 'proxy_fault' });
  });
});

import { describe, expect, it } from 'vitest';
import { createPriceSource } from '../../../server/proxy/index.ts';
import { useTestProxy } from '../../harness/proxy.ts';

const prices = createPriceSource({ overrides: { 'no-search-price': { provider: 'anthropic', input: 1, output: 5 } } });
const hello = [{ role: 'user', content: 'Hello' }];
const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];

describe('searches that the provider runs', () => {
  const harness = useTestProxy({ prices });
  const body = {
    max_tokens: 9,
    messages: hello,
    tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 }],
  };

  it('are refused where their price is not known, and nothing is forwarded', async () => {
    const refused = await harness.post('/v1/messages', await harness.caller(), { ...body, model: 'no-search-price' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('unsupported_parameter')]);
    expect(harness.stub.calls).toEqual([]);
  });

  it('are charged where it is', async () => {
    const caller = await harness.caller();
    harness.stub.script({ respond: { usage: { inputTokens: 1, outputTokens: 1, webSearchRequests: 2 } } });
    const answered = await harness.post('/v1/messages', caller, { ...body, model: 'claude-haiku-4-5' });
    expect(Number(answered.headers.get('x-rigbox-cost-micro'))).toBeGreaterThanOrEqual(2_000_000);
  });
});

describe('the subject in the body', () => {
  const harness = useTestProxy();

  it.each([
    ['/v1/chat/completions', { model: 'gpt-4o-mini', messages: hello }],
    ['/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 9, messages: hello }],
    ['/v1beta/models/gemini-2.5-flash:generateContent', { contents }],
  ])('is counted at %s', async (path, body) => {
    const caller = await harness.caller();
    await (await harness.post(path, caller, { ...body, user: 'ada' })).text();
    const headers = { authorization: `Bearer ${caller.key}` };
    const usage = await fetch(`${harness.url}/rig/v1/usage?subject=ada`, { headers });
    expect(await usage.json()).toMatchObject({ subject: 'ada', requests: 1 });
  });
});

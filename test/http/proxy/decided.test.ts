import { describe, expect, it } from 'vitest';
import { createPriceSource } from '../../../server/proxy/index.ts';
import { useStage } from '../../harness/proxy.ts';

const prices = createPriceSource({ overrides: { 'no-search-price': { provider: 'anthropic', input: 1, output: 5 } } });
const hello = [{ role: 'user', content: 'Hello' }];
const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];

describe('searches that the provider runs', () => {
  const stage = useStage({ prices });
  const body = {
    max_tokens: 9,
    messages: hello,
    tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 }],
  };

  it('are refused where their price is not known, and nothing is forwarded', async () => {
    const refused = await stage.post('/v1/messages', await stage.caller(), { ...body, model: 'no-search-price' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('unsupported_parameter')]);
    expect(stage.stub.calls).toEqual([]);
  });

  it('are charged where it is', async () => {
    const caller = await stage.caller();
    stage.stub.script({ respond: { usage: { inputTokens: 1, outputTokens: 1, webSearchRequests: 2 } } });
    const answered = await stage.post('/v1/messages', caller, { ...body, model: 'claude-haiku-4-5' });
    expect(Number(answered.headers.get('x-rigbox-cost-micro'))).toBeGreaterThanOrEqual(2_000_000);
  });
});

describe('the subject in the body', () => {
  const stage = useStage();

  it.each([
    ['/v1/chat/completions', { model: 'gpt-4o-mini', messages: hello }],
    ['/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 9, messages: hello }],
    ['/v1beta/models/gemini-2.5-flash:generateContent', { contents }],
  ])('is counted at %s', async (path, body) => {
    const caller = await stage.caller();
    await (await stage.post(path, caller, { ...body, user: 'ada' })).text();
    const headers = { authorization: `Bearer ${caller.key}` };
    const usage = await fetch(`${stage.url}/rig/v1/usage?subject=ada`, { headers });
    expect(await usage.json()).toMatchObject({ subject: 'ada', requests: 1 });
  });
});

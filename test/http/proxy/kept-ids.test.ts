import { describe, expect, it } from 'vitest';
import { type Caller, OWN_KEY, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const RESPONSES = '/v1/responses';
const ask = { model: 'gpt-4o-mini', input: 'Hello', max_output_tokens: 16 };

describe('what a provider keeps under the key of the platform', () => {
  const harness = useTestProxy();
  const firstId = async (response: Response) => /"id": ?"(resp[^"]+)"/.exec(await response.text())?.[1] ?? '';
  const store = async (caller: Caller, more: object = {}) =>
    firstId(await harness.post(RESPONSES, caller, { ...ask, ...more }));
  const continueFrom = (caller: Caller, id: string) =>
    harness.post(RESPONSES, caller, { ...ask, previous_response_id: id });

  it.each([false, true])('is usable by the workspace that got it, and by no other: streamed %s', async (stream) => {
    const [victim, attacker] = [await harness.caller(), await harness.caller()];
    const id = await store(victim, { stream });
    harness.stub.reset();
    const refused = await continueFrom(attacker, id);
    const unknown = await continueFrom(attacker, 'resp_nobody_got_it');
    expect([refused.status, unknown.status]).toEqual([404, 404]);
    const body = await refused.json();
    expect(body).toEqual(await unknown.json());
    expect(body).toMatchObject({ error: { code: 'unknown_id', param: 'previous_response_id' } });
    expect(harness.stub.calls).toEqual([]);
    expect(await attacker.remainingMicro()).toBe(PLENTY);
    expect((await continueFrom(victim, id)).status).toBe(200);
  });

  it('is usable item by item', async () => {
    const [victim, attacker] = [await harness.caller(), await harness.caller()];
    const { output } = (await (await harness.post(RESPONSES, victim, ask)).json()) as { output: [{ id: string }] };
    const again = { ...ask, input: [{ type: 'item_reference', id: output[0].id }] };
    expect((await harness.post(RESPONSES, attacker, again)).status).toBe(404);
    expect((await harness.post(RESPONSES, victim, again)).status).toBe(200);
  });

  it('is known with the tokens of the call that made it, before that response ends', async () => {
    const victim = await harness.caller();
    harness.stub.script({ respond: { usage: { inputTokens: 70, outputTokens: 5 } } });
    const id = await store(victim);
    const kept = await harness.store.findProviderIds('openai', [id]);
    expect(kept.get(id)).toEqual({ workspaceId: victim.workspaceId, contextTokens: 75 });
  });

  it('is nothing where the response is not stored', async () => {
    const victim = await harness.caller();
    const id = await store(victim, { store: false });
    expect((await continueFrom(victim, id)).status).toBe(404);
  });

  it('is of no concern to a workspace with a key of its own, and its ids to no other', async () => {
    const own = await harness.caller(PLENTY, { mode: 'byok', byokKey: OWN_KEY });
    const id = await store(own);
    expect((await continueFrom(own, id)).status).toBe(200);
    expect((await continueFrom(await harness.caller(), id)).status).toBe(404);
  });

  it.each([
    ['/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 9, messages: [], container: 'c' }, 'not_found_error'],
    ['/v1/messages/count_tokens', { model: 'claude-haiku-4-5', messages: [], container: 'c' }, 'not_found_error'],
    [
      '/v1beta/models/gemini-2.5-flash:generateContent',
      { contents: [], cachedContent: 'cachedContents/c' },
      'NOT_FOUND',
    ],
    ['/v1beta/models/gemini-2.5-flash:countTokens', { contents: [], cachedContent: 'a\0b' }, 'NOT_FOUND'],
  ])('is not found in the words of the API at %s', async (path, body, word) => {
    const refused = await harness.post(path, await harness.caller(), body);
    expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining(word)]);
    expect(harness.stub.calls).toEqual([]);
  });

  it('is named by a few thousand ids at most', async () => {
    const input = Array.from({ length: 5_001 }, () => ({ type: 'item_reference', id: 'i' }));
    expect((await harness.post(RESPONSES, await harness.caller(), { ...ask, input })).status).toBe(400);
  });
});

describe('ids of a provider', () => {
  const harness = useTestProxy({ keptIds: undefined });

  it('are refused where nothing remembers whose they are', async () => {
    const refused = await harness.post(RESPONSES, await harness.caller(), { ...ask, previous_response_id: 'resp_1' });
    expect(refused.status).toBe(404);
    expect(harness.stub.calls).toEqual([]);
  });
});

describe('where ids cannot be read or written', () => {
  const fail = () => Promise.reject(new Error('no database'));
  const harness = useTestProxy({ keptIds: { keep: fail, find: fail } });

  it('calls that name one are refused, and others are answered and charged', async () => {
    const caller = await harness.caller();
    const refused = await harness.post(RESPONSES, caller, { ...ask, previous_response_id: 'resp_1' });
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('metering_unavailable')]);
    expect((await harness.post(RESPONSES, caller, ask)).status).toBe(200);
    expect(await caller.remainingMicro()).toBeLessThan(PLENTY);
  });
});

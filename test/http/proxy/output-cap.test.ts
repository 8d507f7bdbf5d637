import { describe, expect, it } from 'vitest';
import { useTestProxy } from '../../harness/proxy.ts';

const hello = [{ role: 'user', content: 'Hello' }];
const CAP = 100_000;
/** A call of each API whose output limit costs far more than its input. */
type Call = readonly [api: string, path: string, body: object, limit: string, headers: Record<string, string>];
const CALLS: readonly Call[] = [
  [
    'chat completions',
    '/v1/chat/completions',
    { model: 'gpt-4o', messages: hello, max_completion_tokens: CAP },
    'max_completion_tokens',
    {},
  ],
  ['responses', '/v1/responses', { model: 'gpt-4o', input: 'Hello', max_output_tokens: CAP }, 'max_output_tokens', {}],
  ['messages', '/v1/messages', { model: 'claude-haiku-4-5', messages: hello, max_tokens: CAP }, 'max_tokens', {}],
  [
    'Gemini',
    '/v1beta/models/gemini-2.5-pro:generateContent',
    { contents: [{ parts: [{ text: 'Hello' }] }], generationConfig: { maxOutputTokens: CAP } },
    'generationConfig.maxOutputTokens',
    {},
  ],
  [
    "OpenRouter's SDK",
    '/v1/chat/completions',
    { model: 'gpt-4o', messages: hello, max_tokens: CAP },
    'max_tokens',
    { 'user-agent': 'speakeasy-sdk/typescript 1.3.0 @openrouter/sdk' },
  ],
];
/** Enough for the input and some 2,000 to 6,000 tokens of the answer. */
const SOME = 4_000_000n;

describe('a 402', () => {
  const harness = useTestProxy();

  it.each(CALLS)(
    'says to a caller of %s what was needed, what is left, and what would fit',
    async (_api, path, body, limit, headers) => {
      const caller = await harness.caller(SOME);
      const refused = await harness.post(path, caller, body, headers);
      const text = await refused.text();
      expect(refused.status, text).toBe(402);
      const error = JSON.parse(text).error;
      const [, needed, fitting] =
        /^The account has too few credits left for this call\. It may cost up to ([\d.]+) credits, and 4 are left\. With [\w.]+ of at most (\d+) it would fit\.$/.exec(
          error.message,
        ) ?? [];
      expect(error.message).toContain(`With ${limit} of at most`);
      const details = error.details?.[0]?.metadata ?? error.details ?? error.metadata.details;
      expect(details).toEqual({
        required_credits: needed,
        remaining_credits: '4',
        fitting_output_tokens: Number(fitting),
      });
      expect(harness.stub.calls).toEqual([]);

      // What it says is true: the shorter number makes room for a token or two.
      const again = (tokens: number) =>
        harness.post(path, caller, JSON.stringify(body).replace(String(CAP), String(tokens)), headers);
      expect((await again(Number(fitting) + 5)).status).toBe(402);
      expect((await again(Number(fitting))).status).toBe(200);
    },
  );

  it('promises nothing where the input alone is too dear', async () => {
    const caller = await harness.caller(0n);
    await harness.store.adjustCredits(caller.accountId, -7n, 'spent', Date.now());
    const refused = await harness.post('/v1/messages', caller, {
      model: 'claude-haiku-4-5',
      messages: hello,
      max_tokens: 2_000,
    });
    expect(await refused.json()).toMatchObject({
      message: expect.stringMatching(/up to [\d.]+ credits, and -0\.000007 are left\.$/),
      error: { details: { remaining_credits: '-0.000007' } },
    });
  });

  it('names amounts that no account has', async () => {
    const caller = await harness.caller(0n);
    const body = { model: 'gpt-4o', messages: hello, max_completion_tokens: 100_000_000, n: 100_000_000 };
    const refused = await harness.post('/v1/chat/completions', caller, body);
    expect(refused.status).toBe(402);
    expect(await refused.text()).toMatch(/"required_credits":"\d{13,}/);
  });
});

describe('where the operator wants output limits to fit', () => {
  const harness = useTestProxy({ fitOutputCap: true });

  it.each(CALLS)(
    'a call of %s is forwarded with the limit that the credits cover',
    async (_api, path, body, _limit, headers) => {
      const caller = await harness.caller(SOME);
      const text = JSON.stringify(body, null, 1);
      const response = await harness.post(path, caller, text, headers);
      expect(response.status, await response.clone().text()).toBe(200);
      const cap = response.headers.get('x-rigbox-output-cap') ?? '';
      expect(Number(cap)).toBeGreaterThanOrEqual(1_024);
      const [outcome] = await harness.reported();
      expect(outcome).toMatchObject({ outcome: 'settled', outputCap: Number(cap) });
      expect(outcome?.holdMicro).toBeLessThanOrEqual(SOME);
      expect(SOME - (outcome?.holdMicro ?? 0n)).toBeLessThan(20_000n);
      expect(harness.log.join()).toContain('outputCap');
      // But for the limit it is what the call of a rich account is.
      await harness.post(path, await harness.caller(), text, headers);
      const [fitted, asked] = harness.stub.calls.map(({ bodyText }) => bodyText);
      expect(fitted).toBe(asked?.replace(String(CAP), cap));
    },
  );

  it('a stream says so too, and a limit of the proxy fits as well', async () => {
    const caller = await harness.caller(10_000_000n);
    const body = { model: 'gpt-4o', messages: hello, stream: true };
    const response = await harness.post('/v1/chat/completions', caller, body);
    await response.text();
    const cap = Number(response.headers.get('x-rigbox-output-cap'));
    expect(cap).toBeLessThan(16_384);
    expect(harness.stub.calls[0]?.body).toMatchObject({ max_completion_tokens: cap });
  });

  it('both names of a limit stay below it', async () => {
    const caller = await harness.caller(SOME);
    const body = { model: 'gpt-4o', messages: hello, max_completion_tokens: CAP, max_tokens: 50 };
    const cap = Number((await harness.post('/v1/chat/completions', caller, body)).headers.get('x-rigbox-output-cap'));
    expect(harness.stub.calls[0]?.body).toMatchObject({ max_completion_tokens: cap, max_tokens: 50 });
  });

  it.each([
    ['leaves too little for an answer', { max_tokens: CAP }, 500_000n],
    [
      'is below the budget for thinking',
      { max_tokens: CAP, thinking: { type: 'enabled', budget_tokens: 50_000 } },
      SOME,
    ],
  ])('a limit that %s is refused', async (_case, more, credits) => {
    const caller = await harness.caller(credits);
    const body = { model: 'claude-haiku-4-5', messages: hello, ...more };
    const refused = await harness.post('/v1/messages', caller, body);
    expect(refused.status).toBe(402);
    expect(refused.headers.get('x-rigbox-output-cap')).toBeNull();
    expect(harness.stub.calls).toEqual([]);
  });

  it('a call that is covered is forwarded as it is', async () => {
    const caller = await harness.caller();
    const response = await harness.post('/v1/messages', caller, {
      model: 'claude-haiku-4-5',
      messages: hello,
      max_tokens: CAP,
    });
    expect(response.headers.get('x-rigbox-output-cap')).toBeNull();
    expect(harness.stub.calls[0]?.body).toMatchObject({ max_tokens: CAP });
  });

  it('many calls at once never hold more than there is', async () => {
    const caller = await harness.caller(SOME);
    const body = { model: 'gpt-4o', messages: hello, max_completion_tokens: CAP };
    const responses = await Promise.all(
      Array.from({ length: 30 }, () => harness.post('/v1/chat/completions', caller, body)),
    );
    const statuses = responses.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 402]));
    const outcomes = await harness.reported(30);
    const settled = outcomes.filter(({ outcome }) => outcome === 'settled');
    expect(settled).toHaveLength(statuses.filter((status) => status === 200).length);
    const spent = settled.reduce((sum, { costMicro = 0n }) => sum + costMicro, 0n);
    expect(await caller.remainingMicro()).toBe(SOME - spent);
    expect(settled.every(({ holdMicro = 0n, costMicro = 0n }) => costMicro <= holdMicro)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { type Caller, OWN_KEY, PLATFORM_KEYS, PLENTY, useTestProxy } from '../../harness/proxy.ts';

const harness = useTestProxy();
const hello = [{ role: 'user', content: 'Hello' }];

const chat = { model: 'gpt-4o-mini', messages: hello };

/** Everything that a caller sees of a response. */
async function seen(response: Response): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return [...headers, await response.text()].join('\n');
}

function expectNowhere(secret: string, text: string) {
  expect(text).not.toContain(secret);
  expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
}

describe("the platform's key", () => {
  it('leaves the rest of an answer as it is', async () => {
    harness.stub.script({ respond: { text: `before ${PLATFORM_KEYS.openai} after`, chunks: 1 } });
    const response = await harness.post('/v1/chat/completions', await harness.caller(), { ...chat, stream: true });
    expect(await seen(response)).toMatch(/before \*{10,} after/);
  });
});

describe("the workspace's own key", () => {
  const own = (): Promise<Caller> => harness.caller(PLENTY, { mode: 'byok', byokKey: OWN_KEY });

  it.each([false, true])('that the provider repeats reaches no caller, streamed %s', async (stream) => {
    harness.stub.script({ respond: { text: `Your key is ${OWN_KEY}!`, chunks: 1, chunking: { bytes: 13 } } });
    const body = { ...chat, stream };
    expectNowhere(OWN_KEY, await seen(await harness.post('/v1/chat/completions', await own(), body)));
  });

  it('that the provider refuses is told apart from a wrong workspace key, and not shown in part', async () => {
    harness.stub.script({
      respond: { error: { status: 401, message: `Incorrect API key: ${OWN_KEY.slice(0, 8)}***` } },
    });
    const response = await harness.post('/v1/chat/completions', await own(), chat);
    expect(response.status).toBe(401);
    const text = await response.text();
    expect(text).toContain('provider_key_refused');
    expect(text).not.toContain(OWN_KEY.slice(0, 8));
  });
});

describe('towards the provider', () => {
  it('the headers that its API knows are passed on', async () => {
    const headers = { 'anthropic-version': '2023-01-01', 'anthropic-beta': 'some-beta', traceparent: '00-ab-cd-01' };
    await harness.post(
      '/v1/messages',
      await harness.caller(),
      { model: 'claude-haiku-4-5', max_tokens: 90, messages: hello },
      headers,
    );
    expect(harness.stub.calls[0]?.headers).toMatchObject(headers);
  });
});

describe("of the provider's headers", () => {
  it('the caller sees nothing about the account that is called', async () => {
    harness.stub.script({
      respond: {
        error: {
          status: 429,
          message: 'Rate limit reached for organization org-A1b2C3d4E5 on tokens.',
          headers: {
            'set-cookie': 'cf=1',
            'openai-organization': 'org-A1b2C3d4E5',
            'x-ratelimit-remaining-requests': '17',
            'openai-processing-ms': '12',
          },
        },
      },
    });
    const response = await harness.post('/v1/chat/completions', await harness.caller(), chat);
    expect(response.headers.get('openai-processing-ms')).toBe('12');
    const text = await seen(response);
    for (const secret of ['cf=1', 'org-A1b2C3d4E5', 'x-ratelimit']) expect(text).not.toContain(secret);
  });
});

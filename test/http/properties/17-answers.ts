import OpenAI from 'openai';
import { expect } from 'vitest';
import type { Bench, PropertyProxy } from './bench.ts';
import { dropsRetryAfter, dropsShouldRetry, speaksOpenAiOnly, takesPovertyForHaste } from './broken/answers.ts';
import { CHAT, callsOfAllShapes, chat, LATE_MS } from './calls.ts';
import { prove } from './prove.ts';

prove(17, "answers 402 in the called API's envelope, 429 with Retry-After, the uncertain with x-should-retry: false", {
  holds,
  broken: [
    { build: takesPovertyForHaste, red: 'status without credits' },
    { build: speaksOpenAiOnly, red: 'body without credits at /v1/messages' },
    { build: dropsRetryAfter, red: 'Retry-After' },
    { build: dropsShouldRetry, red: 'calls that the SDK makes of one that may have been billed' },
  ],
});

const ENVELOPES = {
  openai: { error: { code: 'insufficient_credits', type: 'rigbox_gateway_error', param: null } },
  anthropic: { type: 'error', error: { type: 'billing_error' }, message: expect.any(String) },
  google: { error: { code: 402, status: 'RESOURCE_EXHAUSTED', details: [{ reason: 'insufficient_credits' }] } },
};

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open({ timeouts: { firstByteMs: 1_000 } });
  const poor = await harness.caller(0n);
  for (const { provider, path, body } of [...callsOfAllShapes(false), ...callsOfAllShapes(true)]) {
    const response = await harness.post(path, poor, body);
    expect(response.status, `status without credits at ${path}`).toBe(402);
    expect(await response.json(), `body without credits at ${path}`).toMatchObject(ENVELOPES[provider]);
  }
  expect(harness.stub.calls.length, 'calls forwarded').toBe(0);

  const caller = await harness.caller();
  const headers = { 'x-rigbox-subject': 'somebody', 'x-rigbox-subject-rate': '1req;window=30s' };
  await harness.post(CHAT, caller, chat, headers);
  for (const { path, body } of callsOfAllShapes(false)) {
    const response = await harness.post(path, caller, body, headers);
    expect(response.status, `status over the rate at ${path}`).toBe(429);
    expect(response.headers.get('retry-after') ?? 'none', `Retry-After at ${path}`).toMatch(/^(?:[12]\d|30)$/);
  }
  await isNotRepeated(harness);
}

async function isNotRepeated(harness: PropertyProxy): Promise<void> {
  const { key } = await harness.caller();
  harness.stub.reset();
  harness.stub.script({ times: 3, respond: { disconnect: 'before-headers' } });
  const client = new OpenAI({ baseURL: `${harness.url}/v1`, apiKey: key, maxRetries: 2 });
  const call = client.chat.completions.create({ model: chat.model, messages: [...chat.messages] });
  await expect(call).rejects.toMatchObject({ status: 502 });
  expect(harness.stub.calls.length, 'calls that the SDK makes of one that may have been billed').toBe(1);

  const shapes = callsOfAllShapes(false);
  harness.stub.reset();
  harness.stub.script({ times: shapes.length, respond: { delayMs: { beforeHeaders: LATE_MS } } });
  const late = await harness.caller();
  const answers = await Promise.all(shapes.map(({ path, body }) => harness.post(path, late, body)));
  expect(
    answers.map(({ status }) => status),
    'statuses after a timeout',
  ).toEqual(shapes.map(() => 504));
  const advice = answers.map(({ headers }) => headers.get('x-should-retry'));
  expect(advice, 'x-should-retry after a timeout').toEqual(shapes.map(() => 'false'));
}

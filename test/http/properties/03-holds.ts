import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { Bench } from './bench.ts';
import { forgetsAnswers, guessesTokens, holdsAtLowestTier, holdsAtPlainRate, injectsNoCap } from './broken/bounds.ts';
import { CHAT } from './calls.ts';
import { prove } from './prove.ts';
import { startProvider } from './provider.ts';

/** More than any model here answers without a limit. */
const UNLIMITED_TOKENS = 128_000;
const RICH = 10_000_000_000_000n;

prove(3, 'holds the worst case: full input, output cap times n, dearest tier; a missing cap is put in', {
  holds,
  broken: [
    { build: injectsNoCap, red: 'no cap of the caller' },
    { build: forgetsAnswers, red: 'four answers' },
    { build: guessesTokens, red: 'a token for every byte' },
    { build: holdsAtLowestTier, red: 'input of the dearer tier' },
    { build: holdsAtPlainRate, red: 'input that is all written to the cache' },
  ],
});

/** Calls to a provider that takes what it can get: what it costs must not exceed what was held. */
async function holds(bench: Bench): Promise<void> {
  const url = await startProvider(bench, async (request, response) => {
    const answer = JSON.stringify(await consume(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  const harness = await bench.open({
    providers: {
      openai: { baseUrl: `${url}/v1`, apiKey: 'sk-platform' },
      anthropic: { baseUrl: url, apiKey: 'sk-platform' },
      google: { baseUrl: url, apiKey: 'sk-platform' },
    },
  });
  const caller = await harness.caller(RICH);

  async function expectCovered(what: string, path: string, body: object): Promise<void> {
    harness.outcomes.length = 0;
    const { status } = await harness.post(path, caller, body);
    const [{ costMicro, holdMicro = 0n } = {}] = await harness.reported();
    expect(status, what).toBe(200);
    expect(costMicro, `${what}: the cost, as high as the hold of ${holdMicro}`).toBeLessThanOrEqual(holdMicro);
  }
  const chat = (content: string) => ({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] });
  await expectCovered('no cap of the caller', CHAT, chat('Go on and on.'));
  await expectCovered('four answers', CHAT, { ...chat('Be brief.'), max_tokens: 500, n: 4 });
  // Rare characters: every byte of them is a token.
  await expectCovered('a token for every byte', CHAT, { ...chat('\u{13080}'.repeat(5_000)), max_tokens: 1 });
  await expectCovered('input of the dearer tier', '/v1beta/models/gemini-2.5-pro:generateContent', {
    contents: [{ parts: [{ text: 'x'.repeat(250_000) }] }],
    generationConfig: { maxOutputTokens: 10 },
  });
  await expectCovered('input that is all written to the cache', '/v1/messages', {
    model: 'claude-haiku-4-5',
    max_tokens: 1,
    messages: [{ role: 'user', content: 'x'.repeat(5_000) }],
  });
}

interface Asked {
  readonly model?: string;
  readonly messages?: readonly { readonly content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly n?: number;
  readonly contents?: readonly { readonly parts: readonly { readonly text: string }[] }[];
  readonly generationConfig?: { readonly maxOutputTokens?: number };
}

/** An answer that used as much as the call allows. */
async function consume(request: IncomingMessage): Promise<object> {
  const asked = (await json(request)) as Asked;
  const texts = [
    ...(asked.messages ?? []).map(({ content }) => content),
    ...(asked.contents ?? []).flatMap(({ parts }) => parts.map(({ text }) => text)),
  ];
  const input = Buffer.byteLength(texts.join(''));
  const { max_tokens, max_completion_tokens, generationConfig } = asked;
  const output =
    (max_completion_tokens ?? max_tokens ?? generationConfig?.maxOutputTokens ?? UNLIMITED_TOKENS) * (asked.n ?? 1);
  const ephemeral = { ephemeral_1h_input_tokens: input };
  if (request.url === '/v1/messages') {
    const written = { cache_creation_input_tokens: input, cache_creation: ephemeral };
    return { usage: { input_tokens: 0, ...written, output_tokens: output } };
  }
  if (asked.contents !== undefined) {
    return { usageMetadata: { promptTokenCount: input, candidatesTokenCount: output } };
  }
  return { usage: { prompt_tokens: input, completion_tokens: output } };
}

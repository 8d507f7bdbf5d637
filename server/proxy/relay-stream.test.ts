import { describe, expect, it } from 'vitest';
import { chatCompletions, openAiEnvelope } from './apis/openai.ts';
import type { Caller } from './caller.ts';
import type { Forwarding } from './forwarding.ts';
import { relayStream } from './relay-stream.ts';
import { createScrubber } from './scrub.ts';
import type { Piece, UpstreamResponse } from './upstream.ts';

const KEY = 'sk-proj-7f+3/Qa9ZtLm2Xv8';

/** A response whose pieces are there at once, or each only when it is waited for. */
function upstream(chunks: readonly Buffer[], isSlow = false): UpstreamResponse {
  const pieces: Piece[] = chunks.map((bytes) => ({ kind: 'bytes', bytes }));
  const take = () => pieces.shift() ?? ({ kind: 'end' } as const);
  return {
    kind: 'opened',
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    poll: () => (isSlow ? undefined : take()),
    next: async () => take(),
    abandon: () => {},
  };
}

/** What the caller gets, in order: `head`, `flush`, writes and `end`. */
async function relay(response: UpstreamResponse, cost?: bigint): Promise<readonly string[]> {
  const log: string[] = [];
  const caller: Partial<Caller> = {
    isGone: () => false,
    start: () => void log.push('head'),
    flush: () => void log.push('flush'),
    write: (bytes) => {
      if (bytes.length > 0) log.push(bytes.toString());
      return undefined;
    },
    end: () => void log.push('end'),
  };
  const reading = chatCompletions.read({ model: 'm', stream: true, stream_options: { include_usage: true } }, {});
  if (reading.kind !== 'facts') throw new Error(reading.message);
  const forwarding = {
    context: { caller, envelope: openAiEnvelope, record: {}, requestId: 'req_1' },
    operation: chatCompletions,
    quote: { facts: reading.facts, provider: 'openai' },
    isOwnKey: false,
    scrubber: createScrubber(KEY),
  } as unknown as Forwarding;
  const forwarded = await relayStream(forwarding, response);
  log.push('settle');
  if (forwarded.kind === 'complete') await forwarded.deliver(cost);
  else await forwarded.deliver();
  return log;
}

const content = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}],"usage":null}\n\n`;
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5}}\n\n';
const DONE = 'data: [DONE]\n\n';

describe('a key in one event of a stream', () => {
  it.each([
    ['plain', KEY],
    ['JSON-escaped', KEY.replaceAll('/', '\\/')],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['URL-encoded', encodeURIComponent(KEY)],
  ])('%s is masked wherever the event is cut', async (_form, written) => {
    const stream = Buffer.from(content('a') + content(`It is ${written}.`) + content('b') + USAGE + DONE);
    for (let cut = 1; cut < stream.length; cut += 1) {
      const log = await relay(upstream([stream.subarray(0, cut), stream.subarray(cut)]));
      const text = log.slice(1).join('');
      expect(text).not.toContain(written);
      expect(text).toContain(content(`It is ${'*'.repeat(written.length)}.`));
    }
  });

  it('is masked behind the end of the response, cut anywhere', async () => {
    const behind = `: ${KEY}\n\n`;
    for (let cut = 1; cut < behind.length; cut += 1) {
      const chunks = [content('a') + USAGE + DONE + behind.slice(0, cut), behind.slice(cut)];
      const log = await relay(upstream(chunks.map((chunk) => Buffer.from(chunk))));
      expect(log.join('')).not.toContain(KEY);
    }
  });
});

describe('a stream', () => {
  const cost = '"cost_micro":7,"cost_credits":0.000007}}\n\n';

  it('is sent on uncut up to the usage, whose event and end wait until the call is settled', async () => {
    const log = await relay(upstream([Buffer.from(content('a') + content('b') + USAGE + DONE)]), 7n);
    expect(log).toEqual([
      'head',
      content('a') + content('b'),
      'settle',
      USAGE.replace('}}\n\n', `,${cost}`) + DONE,
      'end',
    ]);
  });

  it('has its head sent before the proxy waits for the first event', async () => {
    const log = await relay(upstream([Buffer.from(content('a')), Buffer.from(USAGE + DONE)], true));
    expect(log.slice(0, 4)).toEqual(['head', 'flush', content('a'), 'flush']);
  });

  it('whose bytes come one by one is the same to the caller', async () => {
    const stream = Buffer.from(content('a') + content('ü') + USAGE + DONE);
    const whole = await relay(upstream([stream]), 7n);
    const single = await relay(upstream(Array.from(stream, (byte) => Buffer.from([byte]))), 7n);
    const text = (log: readonly string[]) => log.filter((entry) => entry !== 'settle').join('');
    expect(text(single)).toBe(text(whole));
  });

  it('that ends before its usage ends with an error, and its cost is not known', async () => {
    const log = await relay(upstream([Buffer.from(content('a'))]));
    expect(log.slice(0, 3)).toEqual(['head', content('a'), 'settle']);
    expect(log[3]).toContain('"code":"provider_broken"');
  });
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect } from 'vitest';
import { expectedMicro } from '../../harness/cost.ts';
import { PLENTY } from '../../harness/proxy.ts';
import type { Bench } from './bench.ts';
import { writesEventsAnew } from './broken/events.ts';
import { asksForNoUsage, hidesEmptyChunks, showsUsageChunk } from './broken/usage-chunks.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';
import { startProvider } from './provider.ts';

prove(15, 'hides the usage chunk that its caller did not ask for, and changes no other byte', {
  holds,
  broken: [
    { build: showsUsageChunk, red: 'a stream without the usage chunk' },
    { build: hidesEmptyChunks, red: 'a stream without the usage chunk' },
    { build: writesEventsAnew, red: 'a stream without the usage chunk' },
    { build: asksForNoUsage, red: 'what the stream is charged' },
  ],
});

const USAGE_CHUNK = 'data: {"id": "c1", "choices":[], "usage":{"prompt_tokens":40,"completion_tokens":7}}\n\n';

/** Nothing here is written as anybody else would write it. */
const CHAT_EVENTS = [
  ': OPENROUTER PROCESSING\n\n',
  'data: {"id":"c1","choices":[],"prompt_filter_results":[{"prompt_index":0}]}\n\n',
  'data:{ "choices" : [ {"index":0,"delta":{"content":"\\u00e9 \u00e9 \\/"}} ],"usage":null }\r\n\r\n',
  'id: 7\nretry: 3000\ndata: {"choices":[{"index":0,"delta":{"content":"1.0e2","n":1.0e2},"finish_reason":"stop"}]}\n\n',
];
const DONE = 'data: [DONE]\n\n';

const MESSAGE_STREAM = [
  'event: message_start\ndata: {"type": "message_start", "message":{"usage":{"input_tokens":40,"output_tokens":1}}}\n\n',
  'event: ping\ndata: {"type": "ping"}\n\n',
  'event: content_block_delta\r\ndata: {"type":"content_block_delta","delta":{"text":"\\u00e9"}}\r\n\r\n',
  'event: message_delta\ndata: {"delta":{"stop_reason":"end_turn"}, "usage":{"output_tokens":7}}\n\n',
  'event: message_stop\ndata: {"type": "message_stop"}\n\n',
].join('');

async function holds(bench: Bench): Promise<void> {
  const url = await startProvider(bench, answer);
  const harness = await bench.open({
    providers: {
      openai: { baseUrl: `${url}/v1`, apiKey: 'sk-platform' },
      anthropic: { baseUrl: url, apiKey: 'sk-platform' },
    },
  });
  const tokens = { inputTokens: 40, outputTokens: 7 };

  const caller = await harness.caller();
  const stream = await (await harness.post(CHAT, caller, { ...chat, stream: true })).text();
  expect(stream, 'a stream without the usage chunk').toBe([...CHAT_EVENTS, DONE].join(''));
  const chargedMicro = PLENTY - (await caller.remainingMicro());
  expect(chargedMicro, 'what the stream is charged').toBe(expectedMicro('gpt-4o-mini', tokens));

  const asking = { ...chat, stream: true, stream_options: { include_usage: true } };
  const asked = await (await harness.post(CHAT, caller, asking)).text();
  const cost = Number(chargedMicro);
  const told = USAGE_CHUNK.replace('7}}', `7,"cost_micro":${cost},"cost_credits":${cost / 1e6}}}`);
  expect(asked, 'a stream with the usage chunk that was asked for').toBe([...CHAT_EVENTS, told, DONE].join(''));

  const messages = { ...chat, model: 'claude-haiku-4-5', stream: true };
  expect(await (await harness.post('/v1/messages', caller, messages)).text(), 'a stream of messages').toBe(
    MESSAGE_STREAM,
  );
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = (await json(request)) as { readonly stream_options?: { readonly include_usage?: boolean } };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.url === '/v1/messages') return void response.end(MESSAGE_STREAM);
  const usage = asked.stream_options?.include_usage ? [USAGE_CHUNK] : [];
  response.end([...CHAT_EVENTS, ...usage, DONE].join(''));
}

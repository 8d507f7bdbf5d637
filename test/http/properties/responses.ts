import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import fc from 'fast-check';
import OpenAI from 'openai';
import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Reported } from '../../../server/proxy/apis/operation.ts';
import type * as Routes from '../../../server/proxy/apis/routes.ts';
import { chargeTables, createCharges } from '../../../server/proxy/charges/index.ts';
import type * as Sse from '../../../server/proxy/sse.ts';
import { expectedMicro } from '../../harness/cost.ts';
import { OWN_KEY, PLATFORM_KEYS, PLENTY } from '../../harness/proxy.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import { dropsRetryAfter, dropsShouldRetry, speaksOpenAiOnly, takesPovertyForHaste } from './broken/answers.ts';
import {
  logsCalls,
  passesCallersHeaders,
  passesCallersQuery,
  passesProvidersHeaders,
  scrubsNothing,
  takesKeyFromBody,
} from './broken/secrets.ts';
import {
  asksForNoUsage,
  hidesEmptyChunks,
  knowsLineFeedsOnly,
  readsChunkByChunk,
  readsCommentsAsData,
  showsUsageChunk,
  wantsFinalNewline,
  writesEventsAnew,
} from './broken/streams.ts';
import { withStore } from './build.ts';
import { CHAT, callsOfAllShapes, chat, LATE_MS } from './calls.ts';
import { prove } from './prove.ts';
import { startProvider } from './provider.ts';

// What is read from providers, and what reaches whom: properties 13 to 17.

const RUNS = 120;
const EVENT_LIMIT_BYTES = 1_000_000;
const usage = { inputTokens: 811, outputTokens: 99, cachedInputTokens: 200 };

/** How a stream that says the same can look on the wire. */
const manner = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  comment: fc.constantFrom('', ': keep-alive', ':', ': data: {"usage":null}'),
  hasFinalNewline: fc.boolean(),
  /** Where it is cut, in thousandths of its length; ends of events are among them by chance only. */
  cuts: fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 12 }),
  isCutEverywhere: fc.boolean(),
});
type Manner = typeof manner extends fc.Arbitrary<infer Value> ? Value : never;

prove(13, 'reads the same usage at every byte split, with CRLF, with comments, without a final newline', {
  broken: [
    { build: readsChunkByChunk, red: 'usage of a stream' },
    { build: knowsLineFeedsOnly, red: 'usage of a stream' },
    { build: readsCommentsAsData, red: 'usage of a stream' },
    { build: wantsFinalNewline, red: 'usage of a stream' },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const shapes = callsOfAllShapes(true);
    for (const { path, body, provider } of shapes) {
      const text = await readStream(harness, path, body);
      const read = await usageReader(bench, path, body, provider);
      const property = fc.property(manner, (how) => {
        const reported = read(pieces(text, how));
        expect(reported?.consumption, `usage of a stream from ${path}`).toMatchObject(usage);
      });
      fc.assert(property, { numRuns: RUNS, seed: 20_260_418 });
    }
    await readsOverSockets(harness);
  },
});

/** A stream as the provider sends it, with the usage that is scripted. */
async function readStream(harness: PropertyProxy, path: string, body: object): Promise<string> {
  const { stub } = harness;
  const origins = [stub.openaiBaseUrl.replace(/\/v1$/, ''), stub.anthropicBaseUrl, stub.googleBaseUrl];
  const origin = origins[path.startsWith('/v1beta') ? 2 : path === '/v1/messages' ? 1 : 0];
  stub.script({ respond: { usage, text: 'Zwölf Boxkämpfer, und mehr.', chunks: 5 } });
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { authorization: 'Bearer k', 'x-api-key': 'k', 'x-goog-api-key': 'k', 'content-type': 'application/json' },
    body: JSON.stringify(path.endsWith('/completions') ? { ...body, stream_options: { include_usage: true } } : body),
  });
  expect(response.status).toBe(200);
  return response.text();
}

/** Splitter and reader of this build, put together as the proxy does it. */
async function usageReader(bench: Bench, path: string, body: object, provider: 'openai' | 'anthropic' | 'google') {
  const { createEventSplitter } = await bench.load<typeof Sse>('server/proxy/sse.ts');
  const { findRoute } = await bench.load<typeof Routes>('server/proxy/apis/routes.ts');
  const route = findRoute('POST', path.split('?')[0] ?? '', {});
  if (route?.kind !== 'operation') throw new Error(`no operation at ${path}`);
  const reading = route.operation.read({ ...body }, route.parts);
  if (reading.kind !== 'facts') throw new Error(reading.message);
  const { facts } = reading;
  return (stream: readonly Buffer[]): Reported | undefined => {
    const reader = route.operation.readStream(facts, provider);
    const splitter = createEventSplitter(EVENT_LIMIT_BYTES);
    for (const piece of stream) for (const event of splitter.push(piece)) reader.read(event);
    const last = splitter.end();
    if (last !== undefined) reader.read(last);
    return reader.isFinal() ? reader.reported() : undefined;
  };
}

function pieces(text: string, { lineEnd, comment, hasFinalNewline, cuts, isCutEverywhere }: Manner): readonly Buffer[] {
  const events = text.trimEnd().split('\n\n');
  const commented = events.map((event) => (comment === '' ? event : `${comment}\n${event}`));
  const whole = commented.join('\n\n') + (hasFinalNewline ? '\n\n' : '');
  const bytes = Buffer.from(whole.replaceAll('\n', lineEnd));
  if (isCutEverywhere) return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  const places = [0, ...cuts.map((cut) => Math.floor((cut * bytes.length) / 1_000)), bytes.length].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

/** The same through the whole proxy, as far as sockets leave pieces as they are. */
async function readsOverSockets(harness: PropertyProxy): Promise<void> {
  const models = { openai: 'gpt-4o-mini', anthropic: 'claude-haiku-4-5', google: 'gemini-2.5-flash' } as const;
  for (const chunking of ['byte', 'crlf', 'comments', 'no-final-newline'] as const) {
    for (const { provider, path, body } of callsOfAllShapes(true)) {
      harness.outcomes.length = 0;
      harness.stub.script({ respond: { usage, chunking } });
      await (await harness.post(path, await harness.caller(), body)).text();
      const [{ costMicro } = {}] = await harness.reported();
      expect(costMicro, `cost of ${path} sent as ${chunking}`).toBe(expectedMicro(models[provider], usage));
    }
  }
}

/** What a caller may have on it, and no provider is to see. */
const CALLERS_OWN = {
  cookie: 'session=canary-cookie',
  'proxy-authorization': 'Basic canary-basic',
  'x-forwarded-for': 'canary-address',
  'openai-organization': 'org-canary',
  'idempotency-key': 'canary-idempotency',
  'x-rigbox-subject': 'canary-subject',
};
const KEY_IN_BODY = 'sk-canary-in-the-body';
/** An operator lets the field pass that would be refused, so that the call reaches the provider. */
const chargesWithKey = createCharges({
  additions: chargeTables.map(({ provider, operations: [operation = ''] }) => {
    return { provider, operation, shape: 'request', field: 'api_key', verdict: 'free', clause: 'none' };
  }),
});

/** A provider that repeats the key it was called with. */
const ECHOES: readonly ((key: string) => ScriptRule['respond'])[] = [
  (key) => ({ text: `Your key is ${key}, is it not?` }),
  (key) => ({ text: `It is ${Buffer.from(key).toString('base64')}.` }),
  (key) => ({ text: `?key=${encodeURIComponent(key)}`, chunks: 1 }),
  (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: 'byte' }),
  (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: { bytes: 13 } }),
  (key) => ({ error: { status: 400, message: `What is ${key}?`, headers: { 'x-echo': key, 'retry-after': key } } }),
  (key) => ({ error: { status: 401, message: `Incorrect API key provided: ${key}` } }),
  (key) => ({ errorMidStream: { afterChunks: 1, message: `No: ${key}` } }),
];

/** A stream that is one JSON list. */
const LIST_OF_GEMINI = {
  provider: 'google',
  path: '/v1/models/gemini-2.5-flash:streamGenerateContent',
  body: { contents: [{ parts: [{ text: 'Hello there' }] }] },
} as const;

prove(14, "sends no credential of its caller to the provider, and the provider's key to no other party", {
  broken: [
    { build: passesCallersHeaders, red: "what the provider got of the caller's" },
    { build: passesCallersQuery, red: "what the provider got of the caller's" },
    { build: takesKeyFromBody, red: 'the key that the provider was called with' },
    { build: passesProvidersHeaders, red: "what the caller got of the provider's" },
    { build: scrubsNothing, red: "what the caller got of the provider's" },
    { build: logsCalls, red: 'keys in log, report and database' },
  ],
  async holds(bench) {
    const harness = await bench.open({ charges: chargesWithKey });
    for (const call of [...callsOfAllShapes(false), ...callsOfAllShapes(true), LIST_OF_GEMINI]) {
      for (const echo of ECHOES) await expectDiscretion(harness, call, echo(PLATFORM_KEYS[call.provider]));
    }
    const reports = JSON.stringify(harness.outcomes, (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    const kept = [harness.log.join('\n'), reports, filesBeside(harness.databasePath)].join('\n');
    const leaked = Object.values(PLATFORM_KEYS).filter((key) => kept.includes(key));
    expect(leaked, 'keys in log, report and database').toEqual([]);
  },
});

async function expectDiscretion(
  harness: PropertyProxy,
  { provider, path, body }: ReturnType<typeof callsOfAllShapes>[number] | typeof LIST_OF_GEMINI,
  respond: ScriptRule['respond'],
): Promise<void> {
  harness.stub.reset();
  harness.stub.script({ respond });
  const caller = await harness.caller();
  const headers = { ...CALLERS_OWN, 'x-api-key': caller.key, 'x-goog-api-key': caller.key };
  const query = `${path.includes('?') ? '&' : '?'}key=${caller.key}`;
  const response = await harness.post(path + query, caller, { ...body, api_key: KEY_IN_BODY }, headers);
  const answer = await everythingIn(response);

  const [call] = harness.stub.calls;
  const got = JSON.stringify([call?.headers, call?.path]);
  const leakedToProvider = [...Object.values(CALLERS_OWN), caller.key, 'key='].filter((text) => got.includes(text));
  expect(leakedToProvider, "what the provider got of the caller's").toEqual([]);
  expect(call?.credential, 'the key that the provider was called with').toBe(PLATFORM_KEYS[provider]);
  const leakedToCaller = spellings(PLATFORM_KEYS[provider]).filter((key) => answer.includes(key));
  expect(leakedToCaller, "what the caller got of the provider's").toEqual([]);
}

function spellings(key: string): readonly string[] {
  return [key, Buffer.from(key).toString('base64').replace(/=+$/, '')];
}

/** Head and body of a response. */
async function everythingIn(response: Response): Promise<string> {
  const headers = Array.from(response.headers, ([name, value]) => `${name}: ${value}`);
  return [...headers, await response.text()].join('\n');
}

function filesBeside(databasePath: string): string {
  const folder = dirname(databasePath);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
}

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

prove(15, 'hides the usage chunk that its caller did not ask for, and changes no other byte', {
  broken: [
    { build: showsUsageChunk, red: 'a stream without the usage chunk' },
    { build: hidesEmptyChunks, red: 'a stream without the usage chunk' },
    { build: writesEventsAnew, red: 'a stream without the usage chunk' },
    { build: asksForNoUsage, red: 'what the stream is charged' },
  ],
  async holds(bench) {
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
  },
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = (await json(request)) as { readonly stream_options?: { readonly include_usage?: boolean } };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.url === '/v1/messages') return void response.end(MESSAGE_STREAM);
  const usage = asked.stream_options?.include_usage ? [USAGE_CHUNK] : [];
  response.end([...CHAT_EVENTS, ...usage, DONE].join(''));
}

prove(16, 'charges nothing for calls with own keys, and still obeys subject limits and counts tokens', {
  broken: [
    { build: withStore('wantsCreditsForByok'), red: 'status without credits' },
    { build: withStore('chargesByok'), red: 'what is left of nothing' },
    { build: withStore('skipsByok'), red: 'usage of the account' },
    { build: withStore('forgetsByokSubjects'), red: 'status over the limit of the subject' },
  ],
  async holds(bench) {
    const harness = await bench.open();
    const caller = await harness.caller(0n, { mode: 'byok', byokKey: OWN_KEY });
    const usage = { inputTokens: 700, outputTokens: 30 };
    const headers = { 'x-rigbox-subject': 'somebody', 'x-rigbox-subject-rate': '2req;window=1h' };
    harness.stub.script({ times: 3, respond: { usage } });
    const call = () => harness.post(CHAT, caller, chat, headers);

    const first = await call();
    expect(first.status, 'status without credits').toBe(200);
    expect(first.headers.get('x-rigbox-cost-micro'), 'the cost that is shown').toBe('0');
    expect(
      harness.stub.calls.map(({ credential }) => credential),
      'keys that the provider saw',
    ).toEqual([OWN_KEY]);
    expect(await caller.remainingMicro(), 'what is left of nothing').toBe(0n);
    const { daily } = await harness.store.usageOverview(caller.accountId, '2000-01-01');
    expect(daily, 'usage of the account').toMatchObject([{ requests: 1, ...usage, costMicro: 0n }]);
    const ofSubject = await harness.store.subjectUsage(caller.accountId, 'somebody', 3_600, Date.now());
    expect(ofSubject, 'usage of the subject').toMatchObject({ requests: 1, ...usage });

    expect((await call()).status, 'status within the limit of the subject').toBe(200);
    expect((await call()).status, 'status over the limit of the subject').toBe(429);
    expect(harness.stub.calls.length, 'calls forwarded').toBe(2);
  },
});

const ENVELOPES = {
  openai: { error: { code: 'insufficient_credits', type: 'rigbox_gateway_error', param: null } },
  anthropic: { type: 'error', error: { type: 'billing_error' }, message: expect.any(String) },
  google: { error: { code: 402, status: 'RESOURCE_EXHAUSTED', details: [{ reason: 'insufficient_credits' }] } },
};

prove(17, "answers 402 in the called API's envelope, 429 with Retry-After, the uncertain with x-should-retry: false", {
  broken: [
    { build: takesPovertyForHaste, red: 'status without credits' },
    { build: speaksOpenAiOnly, red: 'body without credits at /v1/messages' },
    { build: dropsRetryAfter, red: 'Retry-After' },
    { build: dropsShouldRetry, red: 'calls that the SDK makes of one that may have been billed' },
  ],
  async holds(bench) {
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
  },
});

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

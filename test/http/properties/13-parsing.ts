import fc from 'fast-check';
import { expect } from 'vitest';
import type { Reported } from '../../../server/proxy/apis/operation.ts';
import type * as Routes from '../../../server/proxy/apis/routes.ts';
import type * as Sse from '../../../server/proxy/sse.ts';
import { expectedMicro } from '../../harness/cost.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import { knowsLineFeedsOnly, readsChunkByChunk, readsCommentsAsData, wantsFinalNewline } from './broken/events.ts';
import { callsOfAllShapes } from './calls.ts';
import { prove } from './prove.ts';

const RUNS = 120;
const EVENT_LIMIT_BYTES = 1_000_000;
const usage = { inputTokens: 811, outputTokens: 99, cachedInputTokens: 200 };

prove(13, 'reads the same usage at every byte split, with CRLF, with comments, without a final newline', {
  holds,
  broken: [
    { build: readsChunkByChunk, red: 'usage of a stream' },
    { build: knowsLineFeedsOnly, red: 'usage of a stream' },
    { build: readsCommentsAsData, red: 'usage of a stream' },
    { build: wantsFinalNewline, red: 'usage of a stream' },
  ],
});

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

async function holds(bench: Bench): Promise<void> {
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
}

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

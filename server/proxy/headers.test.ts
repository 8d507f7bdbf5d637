import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { streamGenerateContent } from './apis/gemini.ts';
import { readTraceId, requestHeaders, requestQuery } from './headers.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const request = new IncomingMessage(new Socket());
request.method = 'POST';
request.headers = { traceparent, tracestate: 'vendor=1,other=2', baggage: 'user=ada@example.org', b3: '0' };

describe('the headers of a trace', () => {
  it.each([
    ['openai', 'native'],
    ['openrouter', 'openai-compatible'],
    ['anthropic', 'native'],
    ['google', 'native'],
    ['google', 'openai-compatible'],
  ] as const)('go to %s (%s) as the caller sent them', (provider, dialect) => {
    const headers = requestHeaders(request, provider, { path: '/', dialect }, 'sk-platform');
    expect(headers).toMatchObject({ traceparent, tracestate: 'vendor=1,other=2' });
  });

  it('go without the baggage, in which applications carry what is private', () => {
    const headers = requestHeaders(request, 'openai', { path: '/', dialect: 'native' }, 'sk-platform');
    expect(JSON.stringify(headers)).not.toMatch(/baggage|ada@/);
  });
});

it('asks the provider for an encoding in which the usage can be read, whatever the caller accepts', () => {
  const asking = new IncomingMessage(new Socket());
  asking.headers = { 'accept-encoding': 'gzip, br' };
  const headers = requestHeaders(asking, 'openai', { path: '/', dialect: 'native' }, 'sk-platform');
  expect(headers['accept-encoding']).toBe('identity');
});

it.each([
  ['/x?alt=sse&key=k', '?alt=sse'],
  ['/x?alt=json%3Benum-encoding%3Dint', ''],
  ['/x?alt=proto', ''],
])('forwards of the query of %s what leaves the usage readable', (url, query) => {
  expect(requestQuery(url, streamGenerateContent)).toBe(query);
});

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('readTraceId', () => {
  it.each([
    ['a sampled call', `00-${trace}-${parent}-01`],
    ['a call that is not sampled', `00-${trace}-${parent}-00`],
    ['a later version with more behind', `01-${trace}-${parent}-01-what-comes-next`],
  ])('finds the trace of %s', (_what, header) => {
    expect(readTraceId(header)).toBe(trace);
  });

  it.each([
    ['no header', undefined],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${parent}-01`],
    ['a parent of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
    ['the version that is none', `ff-${trace}-${parent}-01`],
    ['capitals', `00-${trace.toUpperCase()}-${parent}-01`],
    ['two headers', `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
    ['a line that would forge the log', `00-${trace}-${parent}-01\n{"level":"error"}`],
    ['anything else', 'rb_not-a-trace'],
  ])('finds none in %s', (_what, header) => {
    expect(readTraceId(header)).toBeUndefined();
  });
});

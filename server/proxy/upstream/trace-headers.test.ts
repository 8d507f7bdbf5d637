import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requestHeaders } from './headers.ts';

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

import { expect, it } from 'vitest';
import { settleCall } from './outcome.ts';

const answered = (
  status: number,
  body: { data?: object; error?: unknown } = {},
  headers: Record<string, string> = {},
) => Promise.resolve({ ...body, response: new Response(null, { status, headers }) });
const asIs = <Value>(value: Value) => value;

it('reads a good answer', async () => {
  expect(await settleCall(answered(200, { data: { left: 1 } }), asIs)).toEqual({ kind: 'ok', value: { left: 1 } });
});

it('has no answer where the network has none', async () => {
  expect(await settleCall(Promise.reject(new TypeError('Failed to fetch')), asIs)).toEqual({ kind: 'offline' });
});

it.each([
  ['12', 12_000],
  ['0', 0],
  ['soon', 15_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('waits as Retry-After: %s says', async (retryAfter, retryAfterMs) => {
  const outcome = await settleCall(answered(429, {}, { 'retry-after': retryAfter }), asIs);
  expect(outcome).toEqual({ kind: 'rate_limited', retryAfterMs });
});

it('repeats the words of a refusal, and finds its own for an answer that has none', async () => {
  const error = { error: { code: 'invalid_request', message: 'The request is not valid.' } };
  expect(await settleCall(answered(400, { error }), asIs)).toEqual({
    kind: 'refused',
    status: 400,
    code: 'invalid_request',
    message: 'The request is not valid.',
  });
  expect(await settleCall(answered(502, { error: '<html>' }), asIs)).toMatchObject({
    message: 'The platform responded with 502.',
  });
});

it('refuses to show what it cannot read', async () => {
  const unreadable = () => {
    throw new RangeError('not an exact integer');
  };
  expect(await settleCall(answered(200, { data: {} }), unreadable)).toMatchObject({
    kind: 'refused',
    code: 'unreadable',
  });
});

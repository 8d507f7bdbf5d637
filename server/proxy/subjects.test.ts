import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { parseWindow, readSubject, subjectName, subjectRefusal } from './subjects.ts';

const read = (headers: Record<string, string | string[]>, user?: string) =>
  readSubject(
    {
      headersDistinct: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`x-rigbox-subject${name}`, [value].flat()]),
      ),
    } as unknown as IncomingMessage,
    user,
  );

describe('a subject', () => {
  it.each([
    ['of the header', { '': ' ann ' }, 'bob', 'ann'],
    ['of the body', {}, ' bob', 'bob'],
    ['of the body when the header is empty', { '': '  ' }, 'bob', 'bob'],
    ['of the header in UTF-8', { '': Buffer.from(' Žofie 🐎').toString('latin1') }, undefined, 'Žofie 🐎'],
    ['of the header in Latin-1', { '': 'Zo\xeb' }, undefined, 'Zoë'],
    ['of neither', { '': '' }, ' ', undefined],
  ])('%s counts', (_case, headers, user, want) => {
    expect(read(headers, user)).toMatchObject({ kind: 'subject', ...(want ? { subject: { name: want } } : {}) });
    if (want === undefined) expect(read(headers, user)).toEqual({ kind: 'subject', subject: undefined });
  });

  it('is cut at 256 characters, however long they are', () => {
    expect(subjectName('x'.repeat(1_000))).toHaveLength(256);
    expect([...(subjectName('🐎'.repeat(1_000)) ?? '')]).toHaveLength(256);
  });
});

describe('limits', () => {
  it.each([
    [
      { '-budget': '5;period=7d' },
      [{ purpose: 'budget', windowSeconds: 604_800, unit: 'credits', amountMicro: 5_000_000n }],
    ],
    [
      { '-budget': ' 0.25 ; period = 90 ' },
      [{ purpose: 'budget', windowSeconds: 90, unit: 'credits', amountMicro: 250_000n }],
    ],
    [{ '-rate': '100req;window=1h' }, [{ purpose: 'rate', windowSeconds: 3_600, unit: 'requests', amount: 100 }]],
    [
      { '-rate': ['1req;window=1s', '2;window=2m,3req;window=3h'] },
      [
        { purpose: 'rate', windowSeconds: 1, unit: 'requests', amount: 1 },
        { purpose: 'rate', windowSeconds: 120, unit: 'credits', amountMicro: 2_000_000n },
        { purpose: 'rate', windowSeconds: 10_800, unit: 'requests', amount: 3 },
      ],
    ],
  ])('%j are read', (headers, limits) => {
    expect(read({ '': 'ann', ...headers })).toEqual({ kind: 'subject', subject: { name: 'ann', limits } });
  });

  it.each([
    { '-budget': ['1;period=1d', '2;period=2d'] },
    { '-budget': '1;period=1d,2;period=2d' },
    { '-budget': '5' },
    { '-budget': '5;window=1d' },
    { '-budget': '-5;period=1d' },
    { '-budget': '5;period=0' },
    { '-budget': '5;period=1w' },
    { '-budget': '5;period=1d;more' },
    { '-budget': '1.5req;period=1d' },
    { '-budget': '0.0000001;period=1d' },
    { '-rate': '5;period=1d' },
    { '-rate': '' },
    { '-rate': '5;window=1h,' },
  ])('%j are malformed', (headers) => {
    expect(read({ '': 'ann', ...headers })).toMatchObject({ kind: 'refused', code: 'subject_limit_malformed' });
  });

  it('without a subject are ignored, malformed or not', () => {
    expect(read({ '-budget': 'nonsense' })).toEqual({ kind: 'subject', subject: undefined });
  });
});

describe('a window', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['5h', 18_000],
    ['7d', 604_800],
    ['86400', 86_400],
    ['36525d', 3_155_760_000],
    ['36526d', undefined],
    ['999999999d', undefined],
    ['0', undefined],
    ['0d', undefined],
    ['', undefined],
    ['1.5h', undefined],
    ['-1', undefined],
    ['1 h', undefined],
  ])('of %j', (text, want) => {
    expect(parseWindow(text)).toBe(want);
  });
});

it('says to a refused caller when to retry, in whole seconds', () => {
  const limit = { purpose: 'rate', windowSeconds: 60, unit: 'credits', amountMicro: 1_500_000n } as const;
  const refusal = subjectRefusal('ann', { limit, used: 1_250_000n, resetsAt: 61_001 }, 60_000);
  expect(refusal).toMatchObject({
    code: 'subject_rate_limited',
    headers: { 'retry-after': '2' },
    details: {
      reason: 'rate_limited',
      subject: 'ann',
      limit: { kind: 'credits', amount: 1.5, window_seconds: 60 },
      used: 1.25,
      resets_at: '1970-01-01T00:01:01.001Z',
      retry_after: 2,
    },
  });
});

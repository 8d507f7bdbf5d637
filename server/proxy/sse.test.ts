import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEvent } from './apis/operation.ts';
import { createEventSplitter, EventTooLarge, joinBuffers } from './sse.ts';

function split(chunks: readonly Buffer[], limit = 1_000): { events: StreamEvent[]; bytes: string } {
  const splitter = createEventSplitter(limit);
  const events = chunks.flatMap((chunk) => [...splitter.push(chunk)]);
  const last = splitter.end();
  if (last !== undefined) events.push(last);
  return { events, bytes: Buffer.concat(events.map(({ raw }) => raw)).toString() };
}

/** What a reader of the stream sees: events with data. */
const said = (events: readonly StreamEvent[]) =>
  events.filter(({ data }) => data !== '').map(({ name, data }) => [name, data]);

describe('a stream of events', () => {
  const cases: readonly [string, string, [string, string][]][] = [
    [
      'with line feeds',
      'data: a\n\ndata: b\n\n',
      [
        ['', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'with CRLF',
      'event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n',
      [
        ['x', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'with CR alone',
      'data: a\r\rdata: b\r\r',
      [
        ['', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'with a mixture',
      'data: a\r\n\ndata: b\n\r\ndata: c\r\r\n',
      [
        ['', 'a'],
        ['', 'b'],
        ['', 'c'],
      ],
    ],
    ['with comments', ': hello\n\n: again\ndata: a\n\n:\n\n', [['', 'a']]],
    ['with several data lines', 'data: a\ndata:b\ndata\n\n', [['', 'a\nb\n']]],
    ['with a byte order mark', '\uFEFFdata: a\n\n', [['', 'a']]],
    [
      'without the final line end',
      'data: a\n\ndata: b',
      [
        ['', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'without the final blank line',
      'data: a\n\ndata: b\n',
      [
        ['', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'with blank lines to spare',
      '\n\ndata: a\n\n\n\ndata: b\n\n\n',
      [
        ['', 'a'],
        ['', 'b'],
      ],
    ],
    ['with letters of several bytes', 'data: žluť 🐎\n\n', [['', 'žluť 🐎']]],
    ['that is empty', '', []],
  ];

  it.each(cases)('%s says the same at every single cut', (_case, text, want) => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { events, bytes: joined } = split([bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(said(events)).toEqual(want);
      expect(joined).toBe(text);
    }
  });

  it.each(cases)('%s says the same byte by byte', (_case, text, want) => {
    const bytes = Buffer.from(text);
    const { events, bytes: joined } = split([...bytes].map((byte) => Buffer.of(byte)));
    expect(said(events)).toEqual(want);
    expect(joined).toBe(text);
  });

  it('of any bytes says the same however it is cut', () => {
    const piece = fc.constantFrom(
      'data: x',
      'data:',
      'event: e',
      ': c',
      '\n',
      '\r',
      '\r\n',
      '\n\n',
      'id: 1',
      '🐎',
      '\uFEFF',
    );
    const cuts = fc.array(fc.nat({ max: 12 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), cuts, (pieces, lengths) => {
        const bytes = Buffer.from(pieces.join(''));
        const chunks: Buffer[] = [];
        let at = 0;
        for (const length of [...lengths, bytes.length]) {
          chunks.push(bytes.subarray(at, at + length));
          at += length;
        }
        const whole = split([bytes]);
        const parts = split(chunks);
        expect(said(parts.events)).toEqual(said(whole.events));
        expect(parts.bytes).toBe(bytes.toString());
      }),
      { numRuns: 500 },
    );
  });

  it('is given up when an event goes on for ever', () => {
    const splitter = createEventSplitter(20);
    splitter.push(Buffer.from('data: 0123456789'));
    expect(() => splitter.push(Buffer.from('0123456789'))).toThrow(EventTooLarge);
  });

  it('may have any number of events in one chunk', () => {
    const text = 'data: 0123456789\n\n'.repeat(100);
    expect(split([Buffer.from(text)], 20).events.length).toBe(100);
  });

  it.each([
    ['whole events', [], 'data: a\n\n', -1, 9],
    ['several', [], 'data: a\n\n: c\ndata: b\n\n', -1, 22],
    ['a part of one', [], 'data: a\n', -1, 0],
    ['one and a part', [], 'data: a\n\ndata: b', -1, 9],
    ['what stands before the event to be read', [], 'data: a\n\ndata: b\n\ndata: c\n\n', 15, 9],
    ['nothing where the first event is to be read', [], 'data: a\n\n', 6, 0],
    ['nothing where a byte of the first event is to be read', [], '\n\n', 1, 0],
    ['blank lines behind an event', [], 'data: a\n\n\ndata: b\n\n', 16, 10],
    ['no events with carriage returns', [], 'data: a\r\n\r\n', -1, 0],
    ['not the end of one that began before', ['data:'], ' a\n\n', -1, 0],
    ['no line feed whose carriage return came before', ['data: a\r\n\r'], '\n\n', -1, 0],
  ])('takes uncut: %s', (_case, before, chunk, until, bytes) => {
    const splitter = createEventSplitter(1_000);
    for (const part of before) splitter.push(Buffer.from(part));
    expect(splitter.skim(chunk, until)).toBe(bytes);
  });

  it('goes on behind what it took uncut as if it had cut it', () => {
    const splitter = createEventSplitter(1_000);
    expect(splitter.skim('data: a\n\ndata: b', -1)).toBe(9);
    expect(splitter.push(Buffer.from('data: b'))).toEqual([]);
    expect(splitter.push(Buffer.from('\n\n')).map(({ data }) => data)).toEqual(['b']);
    expect(splitter.end()).toBeUndefined();
  });
});

const whole = Buffer.from('0123456789');

describe('buffers', () => {
  it.each([
    ['side by side', [whole.subarray(2, 4), whole.subarray(4, 5), whole.subarray(5, 9)], '2345678'],
    ['with a gap', [whole.subarray(0, 2), whole.subarray(3, 5)], '0134'],
    ['the other way round', [whole.subarray(5, 7), whole.subarray(3, 5)], '5634'],
    ['from elsewhere in between', [whole.subarray(0, 2), Buffer.from('x'), whole.subarray(2, 4)], '01x23'],
    ['that are empty', [whole.subarray(4, 4), whole.subarray(4, 6), Buffer.alloc(0)], '45'],
    ['that are none', [], ''],
  ])('%s are one', (_case, buffers, want) => {
    expect(joinBuffers(buffers).toString()).toBe(want);
  });

  it('side by side are not copied', () => {
    const joined = joinBuffers([whole.subarray(1, 3), whole.subarray(3, 6)]);
    expect([joined.buffer, joined.byteOffset]).toEqual([whole.buffer, whole.byteOffset + 1]);
  });
});

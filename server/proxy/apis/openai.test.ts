import { describe, expect, it } from 'vitest';
import { createEventSplitter } from '../sse.ts';
import { chatCompletions, readChatStream } from './openai.ts';
import type { StreamReader } from './operation.ts';

const USAGE = '{"prompt_tokens":9,"completion_tokens":5}';

function readWire(wire: string, asked: object = {}): StreamReader {
  const reading = chatCompletions.read({ stream: true, stream_options: { include_usage: true }, ...asked }, {});
  if (reading.kind !== 'facts') throw new Error(reading.message);
  const reader = readChatStream(reading.facts, 'openai');
  for (const event of createEventSplitter(10_000).push(Buffer.from(wire))) reader.read(event);
  return reader;
}

function tokensTold(wire: string): number | undefined {
  return readWire(wire).reported()?.consumption.inputTokens;
}

describe('the usage of a chat stream', () => {
  it.each([
    ['alone', `data: {"choices":[],"usage":${USAGE}}\n\n`],
    ['with spaces', `data: { "choices" : [], "usage" : ${USAGE} }\n\n`],
    ['after chunks that have none', `data: {"choices":[{}],"usage":null}\n\ndata: {"choices":[],"usage":${USAGE}}\n\n`],
    ['below a comment that says there is none', `: {"usage":null}\ndata: {"choices":[],"usage":${USAGE}}\n\n`],
    ['beside a detail that has none', `data: {"choices":[],"detail":{"usage":null},"usage":${USAGE}}\n\n`],
  ])('is read where it stands %s', (_where, wire) => {
    expect(tokensTold(wire)).toBe(9);
  });

  it('is unknown where every chunk says that it has none', () => {
    expect(
      tokensTold('data: {"choices":[{}],"usage":null}\n\ndata: {"choices":[{}],"usage": null}\n\n'),
    ).toBeUndefined();
  });
});

describe('the final count of a chat stream whose chunks all restate it', () => {
  const chunk = (index: number, finish: string | null) =>
    `data: {"choices":[{"index":${index},"delta":{},"finish_reason":${JSON.stringify(finish)}}],"usage":${USAGE}}\n\n`;

  it.each([
    ['one of one has ended', {}, [chunk(0, 'stop')], true, true],
    ['none has ended', {}, [chunk(0, null)], false, false],
    ['one of two has ended', { n: 2 }, [chunk(0, null), chunk(1, null), chunk(0, 'stop')], false, false],
    ['both have ended', { n: 2 }, [chunk(0, 'stop'), chunk(1, null), chunk(1, 'stop')], true, true],
    ['the only one of two that came has ended', { n: 2 }, [chunk(0, 'stop')], false, true],
    ['the chunk of its own came', { n: 2 }, [`data: {"choices":[],"usage":${USAGE}}\n\n`], true, true],
  ])('where %s: known in a break, known at a clean end', (_where, asked, chunks, isFinal, isWhole) => {
    const reader = readWire(chunks.join(''), asked);
    expect([reader.isFinal(), reader.isWhole()]).toEqual([isFinal, isWhole]);
  });
});

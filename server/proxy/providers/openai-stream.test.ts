import { describe, expect, it } from 'vitest';
import { createEventSplitter } from '../bytes/sse.ts';
import { readChatStream } from './openai-stream.ts';

const USAGE = '{"prompt_tokens":9,"completion_tokens":5}';

function tokensTold(wire: string): number | undefined {
  const reader = readChatStream(true, 'openai');
  for (const event of createEventSplitter(10_000).push(Buffer.from(wire))) reader.read(event);
  return reader.reported()?.consumption.inputTokens;
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

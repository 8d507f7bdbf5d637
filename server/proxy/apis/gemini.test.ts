import { describe, expect, it } from 'vitest';
import { createEventSplitter } from '../sse.ts';
import { streamGenerateContent } from './gemini.ts';
import type { StreamReader } from './operation.ts';

function readChunks(chunks: readonly object[], candidateCount: number): StreamReader {
  const reading = streamGenerateContent.read({ generationConfig: { candidateCount } }, {});
  if (reading.kind !== 'facts') throw new Error(reading.message);
  const reader = streamGenerateContent.readStream(reading.facts, 'google');
  const wire = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  for (const event of createEventSplitter(10_000).push(Buffer.from(wire))) reader.read(event);
  return reader;
}

const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 5 };
const chunk = (index: number, finishReason?: string) => ({
  candidates: [{ index, content: { parts: [{ text: 'a' }] }, ...(finishReason && { finishReason }) }],
  usageMetadata,
});

describe('the final count of a Gemini stream', () => {
  it.each([
    ['one of one has ended', 1, [chunk(0), chunk(0, 'STOP')], true, true],
    ['none has ended', 1, [chunk(0)], false, false],
    ['one of two has ended', 2, [chunk(0), chunk(1), chunk(0, 'STOP')], false, false],
    ['both have ended', 2, [chunk(0, 'STOP'), chunk(1), chunk(1, 'MAX_TOKENS')], true, true],
    ['the only one of two that came has ended', 2, [chunk(0, 'STOP')], false, true],
    [
      'a candidate without an index has ended',
      1,
      [{ candidates: [{ finishReason: 'STOP' }], usageMetadata }],
      true,
      true,
    ],
    ['the prompt was refused', 2, [{ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata }], true, true],
    ['an error tells it', 2, [chunk(0), { error: { code: 500 }, usageMetadata }], true, true],
    ['an error does not tell it', 1, [chunk(0), { error: { code: 500 } }], false, false],
    ['nothing was counted', 1, [{ candidates: [{ finishReason: 'STOP' }] }], false, false],
  ])('where %s: known in a break, known at a clean end', (_where, candidates, chunks, isFinal, isWhole) => {
    const reader = readChunks(chunks, candidates);
    expect([reader.isFinal(), reader.isWhole()]).toEqual([isFinal, isWhole]);
  });
});

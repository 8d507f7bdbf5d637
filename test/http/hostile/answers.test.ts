import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reported } from '../../../server/proxy/apis/operation.ts';
import { createEventSplitter } from '../../../server/proxy/sse.ts';
import { check, object, route, seed } from './draw.ts';

const COUNTS = `prompt_tokens completion_tokens input_tokens output_tokens cached_tokens cache_read_input_tokens
  promptTokenCount candidatesTokenCount thoughtsTokenCount cachedContentTokenCount`.split(/\s+/);
const count = fc.oneof(fc.nat(), fc.nat(), fc.constantFrom<unknown>(-1, 0.5, 1e300, 2 ** 53, null, '7', [], {}));
const usage = fc.dictionary(fc.constantFrom(...COUNTS), count, { minKeys: 4 });
/** Something with a usage in it where the APIs have theirs. */
const telling = fc.tuple(object, usage).map(([given, told]) => ({
  ...given,
  usage: told,
  usageMetadata: told,
  response: { usage: told },
  message: { usage: told },
}));

const streamedRoute = route.filter(({ operation }) => !/embed/i.test(operation.name));

/** What is no count is NaN, so that nobody takes it for one. */
function expectSound(reported: Reported | undefined): void {
  for (const count of Object.values(reported?.consumption ?? {})) {
    expect(Number.isNaN(count) || (Number.isInteger(count) && count >= 0), `a count of ${count}`).toBe(true);
  }
}

describe(`whatever comes back (seed ${seed})`, () => {
  it("as a provider's answer tells sound counts, or none", () => {
    const text = fc.oneof(
      telling.map((given) => JSON.stringify(given)),
      object.map((given) => JSON.stringify(given)),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    const property = fc.property(route, text, ({ operation }, answer) => {
      expectSound(operation.readResponse(answer, operation.provider ?? 'openai'));
    });
    fc.assert(property, check);
  });

  it("as a provider's stream tells sound counts, or none, and loses no byte", () => {
    const line = fc.oneof(
      telling.map((given) => `data: ${JSON.stringify(given)}`),
      object.map((given) => `data: ${JSON.stringify(given)}`),
      fc.constantFrom(
        '',
        '',
        ':',
        'data',
        'data:',
        'data: [DONE]',
        'event: error',
        'event: message_delta',
        'id: 1',
        '\ufeff',
      ),
      fc.string().map((text) => `data: ${text}`),
    );
    const end = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
    const stream = fc.array(fc.tuple(line, end), { maxLength: 20 }).map((lines) => lines.flat().join(''));
    const property = fc.property(
      streamedRoute,
      stream,
      fc.array(fc.nat(200), { maxLength: 10 }),
      ({ operation, parts }, text, sizes) => {
        const provider = operation.provider ?? 'openai';
        const reading = operation.read(
          { model: 'gpt-4o-mini', stream: true, messages: [{}], max_tokens: 9, input: 'x', prompt: 'x' },
          parts,
        );
        if (reading.kind !== 'facts') return;
        const reader = operation.readStream(reading.facts, provider);
        const splitter = createEventSplitter(1_000_000);
        const bytes = Buffer.from(text);
        const raw: Buffer[] = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          for (const event of splitter.push(bytes.subarray(at, at + size))) {
            raw.push(event.raw);
            reader.read(event);
          }
          at += size;
        }
        const last = splitter.end();
        if (last !== undefined) raw.push(last.raw);
        expect(Buffer.concat(raw)).toEqual(bytes);
        expectSound(reader.reported());
      },
    );
    fc.assert(property, check);
  });
});

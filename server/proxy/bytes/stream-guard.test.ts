import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamGuard } from './stream-guard.ts';

const SECRET = 'sk-sk-secret-42';
const event = (content: string, index = 0) =>
  Buffer.from(`data: ${JSON.stringify({ id: 'c-1', choices: [{ index, delta: { content } }] })}\n\n`);

function guard(events: readonly Buffer[]): { sentAtOnce: readonly number[]; text: string } {
  const stream = createStreamGuard([SECRET]);
  const passed = events.map((bytes) => stream.pass([bytes]));
  const all = Buffer.concat([...passed.flat(), ...stream.end()]).toString();
  const text = [...all.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join('');
  return { sentAtOnce: passed.map((buffers) => buffers.length), text };
}

describe('a secret', () => {
  it.each([
    ['in one event', ['It is sk-sk-secret-42.']],
    ['in two', ['It is sk-sk-se', 'cret-42.']],
    ['letter by letter', [...'It is sk-sk-secret-42.']],
    ['behind a false start', ['It is sk-sk-', 'sk-secret', '-42.']],
    ['twice', ['sk-sk-sec', 'ret-42sk-sk', '-secret-42']],
  ])('spelled %s is not in what goes on', (_case, pieces) => {
    const { text } = guard(pieces.map((piece) => event(piece)));
    expect(text).not.toContain(SECRET);
    expect(text.length).toBe(pieces.join('').length);
    expect(text).not.toContain('secret');
  });

  it('that is not completed goes on, after all', () => {
    const pieces = ['It is sk-sk-secr', 'ecy itself', '.'];
    expect(guard(pieces.map((piece) => event(piece)))).toEqual({ sentAtOnce: [0, 2, 1], text: pieces.join('') });
    expect(guard([event('sk-sk-secret')]).text).toBe('sk-sk-secret');
  });

  it('of which a few letters came by chance holds nothing back', () => {
    expect(guard([event('the task-'), event('force')]).sentAtOnce).toEqual([1, 1]);
  });

  it('spelled in the answers to one call side by side is not in what goes on', () => {
    const one = ['sk-sk-', 'secret', '-42'];
    const events = one.flatMap((piece) => [event(piece, 0), event(piece.toUpperCase(), 1)]);
    expect(guard(events).text).not.toMatch(/secret.*-42/);
  });

  it('is held back no longer than it is spelled on', () => {
    const stream = createStreamGuard([SECRET]);
    expect(stream.pass([Buffer.from('data: {"name":"sk-sk-se"}\n\n')])).toEqual([]);
    const sent = Array.from({ length: 40 }, () => stream.pass([event('quite another text')])).flat();
    expect(sent.length).toBe(41);
  });

  it('spelled within one batch of events is not in what goes on', () => {
    const stream = createStreamGuard([SECRET]);
    const passed = stream.pass([event('It is sk-sk-'), event('secret'), event('-42.'), event('So.')]);
    expect(passed.length).toBe(4);
    expect(Buffer.concat(passed).toString()).not.toMatch(/secret|-42/);
  });

  it('cut anywhere is not in what goes on, and other text is unchanged', () => {
    const noise = fc.constantFrom('a', 's', 'sk-', 'sk-sk-', SECRET.slice(0, 9), 'secret', ' ');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise, fc.constant(SECRET))),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (parts, cuts) => {
          const text = parts.join('');
          const pieces: string[] = [];
          let at = 0;
          for (const length of cuts) {
            pieces.push(text.slice(at, at + length));
            at += length;
          }
          pieces.push(text.slice(at));
          const result = guard(pieces.map((piece) => event(piece))).text;
          expect(result).not.toContain(SECRET);
          expect(result.length).toBe(text.length);
          if (!text.includes(SECRET)) expect(result).toBe(text);
        },
      ),
    );
  });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { recordingLogger } from './fixtures/log-lines.ts';
import { inPieces, scrub } from './log.ts';

describe('the logger', () => {
  it('redacts a field that holds a secret by its name, however deep, whatever the value looks like', () => {
    const { logger, text, lines } = recordingLogger();
    const value = 'nothing "like" a key \\';
    const deep = { b: { c: { workspace_key: value } } };
    logger.info(
      { api_key: value, a: { Authorization: value, deep, cookie: ['x]', value], token: 420_042_420_042 } },
      'seen',
    );
    expect(text()).not.toContain('nothing');
    expect(text()).not.toContain('420042420042');
    const redacted = '[redacted]';
    expect(lines()).toMatchObject([
      {
        api_key: redacted,
        a: {
          Authorization: redacted,
          deep: { b: { c: { workspace_key: redacted } } },
          cookie: redacted,
          token: redacted,
        },
        msg: 'seen',
      },
    ]);
  });

  it('leaves fields alone whose names only contain such a name', () => {
    const { logger, lines } = recordingLogger();
    logger.info({ monkey: 'a', output_tokens: 3, key_preview: 'rb_…1' }, 'seen');
    expect(lines()).toMatchObject([{ monkey: 'a', output_tokens: 3, key_preview: 'rb_…1' }]);
  });

  it.each([
    ['a platform key', 'rb_5fXk2mQ9', 'rb_[redacted]'],
    ['an OpenAI key', 'sk-proj-abc_DEF-123', 'sk-[redacted]'],
    ['a Google key', 'AIzaSyD-9_x', 'AIza[redacted]'],
    ['a bearer credential of any form', 'Bearer opaque.value/1==', 'Bearer[redacted]'],
  ])('writes no %s, wherever it stands', (_, secret, replacement) => {
    const { logger, text } = recordingLogger();
    logger.error(
      { note: `before ${secret} after`, list: [secret], [secret]: 1, err: new Error(`for ${secret}`) },
      secret,
    );
    expect(text()).not.toContain(secret);
    expect(text()).toContain(`before ${replacement} after`);
  });

  it('writes no secret of its child loggers', () => {
    const { logger, text } = recordingLogger();
    logger.child({ who: 'rb_5fXk2mQ9' }).info('seen');
    expect(text()).not.toContain('rb_5fXk2mQ9');
  });

  it('writes one JSON object a line, with level and time', () => {
    const { logger, lines } = recordingLogger();
    logger.warn({ a: 1 }, 'seen');
    expect(lines()).toEqual([{ level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), a: 1, msg: 'seen' }]);
  });

  it('leaves words alone that only begin like a key', () => {
    expect(scrub('orb_eater risk-free task-runner')).toBe('orb_eater risk-free task-runner');
  });
});

const ONE = '{"level":"info","msg":"one"}\n';
const TWO = '{"level":"info","msg":"two"}\n';

function recorded() {
  const pieces: string[] = [];
  return { pieces, output: inPieces({ write: (piece) => void pieces.push(piece) }) };
}

describe('the output of a log', () => {
  it('writes lines together, in their order, and each of them once', async () => {
    const { pieces, output } = recorded();
    output.write(ONE);
    output.write(TWO);
    await expect.poll(() => pieces).toEqual([ONE + TWO]);
    output.write(ONE);
    await expect.poll(() => pieces).toEqual([ONE + TWO, ONE]);
  });

  it('writes a warning at once, with what waits before it', () => {
    const { pieces, output } = recorded();
    output.write(ONE);
    output.write('{"level":"warn"}\n');
    expect(pieces).toEqual([`${ONE}{"level":"warn"}\n`]);
  });

  it('writes no more at once than a pipe takes as one piece, counted in bytes, but for a line that is longer', async () => {
    const { pieces, output } = recorded();
    const [half, long] = [ONE + 'ä'.repeat(1_000), ONE + 'x'.repeat(5_000)];
    for (const line of [half, half, half, long, half]) output.write(line);
    await expect.poll(() => pieces).toEqual([half + half, half, long, half]);
  });

  it.each([
    ['exits', 'process.exit(0)'],
    ['fails', "throw new Error('broken')"],
  ])('loses nothing that was said in the turn in which the process %s', async (_case, end) => {
    const script = `
      const { createLogger } = await import(${JSON.stringify(new URL('log.ts', import.meta.url).href)});
      createLogger({ level: 'info' }).info('last words');
      ${end};`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const { stdout } = await run.catch((failed: { stdout: string }) => failed);
    expect(JSON.parse(stdout)).toMatchObject({ msg: 'last words' });
  });
});

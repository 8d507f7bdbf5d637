import { describe, expect, it } from 'vitest';
import { recordingLogger } from './fixtures/log-lines.ts';
import { scrub } from './log.ts';

describe('the logger', () => {
  it('redacts a field that holds a secret by its name, three levels down, whatever the value looks like', () => {
    const { logger, text } = recordingLogger();
    const value = 'nothing like a key';
    logger.info({ api_key: value, a: { authorization: value, b: { workspace_key: value } } }, 'seen');
    expect(text()).not.toContain(value);
    expect(text().match(/\[redacted\]/g)).toHaveLength(3);
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

import { describe, expect, it } from 'vitest';
import type { Progress } from '../conformance/index.ts';
import { createProgress } from './progress.ts';

const ESCAPE = '\u001b';
const result = (done: number, verdict: Progress['verdict'], level: Progress['level'] = 'MUST'): Progress => ({
  id: `TST-00${done}`,
  level,
  sentence: `The platform keeps TST-00${done}.`,
  verdict,
  done,
  total: 3,
});
const results = [result(1, 'pass'), result(2, 'fail'), result(3, 'pass')];

/** What stands on the stream after these results, with the line that is written over still there. */
function shown(given: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv, progresses = results): string {
  const written: string[] = [];
  const progress = createProgress({ write: (text: string) => written.push(text), ...given }, env);
  for (const each of progresses) progress.show(each);
  return written.join('');
}

describe('progress of a conformance run', () => {
  it.each([
    ['a file', {}, {}],
    ['a terminal in CI', { isTTY: true }, { CI: 'true' }],
    ['a terminal that can do nothing', { isTTY: true }, { TERM: 'dumb' }],
  ])('is a plain line for each result on %s', (_, stream, env) => {
    const text = shown(stream, env);
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    expect(text).toMatch(/^pass +TST-001 +MUST +The platform keeps TST-001\.$/m);
    expect(text).not.toContain(ESCAPE);
  });

  it('is one line on a terminal, written over, with what failed above it', () => {
    const lines = shown({ isTTY: true, columns: 80 }, {}).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('TST-002');
    expect(lines[1]?.split('\r').at(-1)).toBe(`${ESCAPE}[2K3/3  2 pass, 1 fail  TST-003`);
  });

  it('has colour on a terminal, and none with NO_COLOR', () => {
    const colours = new RegExp(`${ESCAPE}\\[\\d+m`);
    expect(shown({ isTTY: true }, {})).toMatch(colours);
    expect(shown({ isTTY: true }, { NO_COLOR: '1' })).not.toMatch(colours);
  });

  it('never wraps: what does not fit into the width is cut', () => {
    const last = shown({ isTTY: true, columns: 12 }, {}).split('\n').at(-1)?.split('[2K').at(-1) ?? '';
    expect(last.length).toBeLessThan(12);
  });

  it('leaves an empty line for what is printed next', () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text: string) => written.push(text), isTTY: true }, {});
    progress.show(result(1, 'pass'));
    progress.end();
    expect(written.at(-1)).toBe(`\r${ESCAPE}[2K`);
  });
});

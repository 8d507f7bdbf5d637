import { execFile } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inPieces } from './log-output.ts';

function recorded() {
  const pieces: string[] = [];
  return { pieces, output: inPieces({ write: (piece) => void pieces.push(piece) }) };
}

describe('the output of a log', () => {
  it('writes the lines of one turn together, in their order, and each of them once', async () => {
    const { pieces, output } = recorded();
    output.write('one\n');
    output.write('two\n');
    await nextTurn();
    output.write('three\n');
    await nextTurn();
    expect(pieces).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('writes no more at once than a pipe takes as one piece, counted in bytes, but for a line that is longer', async () => {
    const { pieces, output } = recorded();
    const [half, long] = ['ä'.repeat(1_000), 'x'.repeat(5_000)];
    for (const line of [half, half, half, long, half]) output.write(line);
    await nextTurn();
    expect(pieces).toEqual([half + half, half, long, half]);
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
